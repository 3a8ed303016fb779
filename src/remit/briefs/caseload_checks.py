"""What the numbers of a brief of the caseload family must satisfy together."""

from collections.abc import Sequence

from remit.briefs.brief import Brief
from remit.briefs.patterns import BANDS, PATTERNS
from remit.ground.document import Document, Path
from remit.ground.faults import Fault

NEAR = 1e-6
SHARES_OF_ONE = (  # of which there cannot be more than all
    ("clients", ("declining_share", "recovering_share")),
    ("fate", ("stay_residential_share", "stay_death_share", "back_declining_share", "back_recovering_share")),
)
AGES = ("risk_under_18", "risk_18_64", "risk_65_plus")


def check_patterns(brief: Brief, doc: Document) -> list[Fault]:
    """Return a fault for each pattern of the day whose bands, and each set whose shares, do not add up to 1."""
    faults = []
    for head in PATTERNS:
        names = brief.named_under(head)
        for i, name in enumerate(names):
            sums = [f"{head}.{name}.{band}" for band in BANDS]
            faults += _not_one(sums, f'the bands of "{name}"', brief, doc, (head, "rows", i))
        faults += _not_one(
            [f"{head}.{n}.share" for n in names], f"the shares under {head}", brief, doc, (head,)
        )
    return faults


def _not_one(names: Sequence[str], what: str, brief: Brief, doc: Document, path: Path) -> list[Fault]:
    if not names or any(name not in brief.numbers for name in names):
        return []  # told as missing already
    place = doc.place(path)
    total = sum(brief.numbers[name].value for name in names)
    if abs(total - 1.0) > NEAR:
        return [Fault("BRF012", place, f"{what} add up to {total:g}, and must come to 1")]
    return []


def check_fates(brief: Brief, doc: Document) -> list[Fault]:
    """Return a fault where shares of the same people may come to more than all of them."""
    faults = []
    for head, keys in SHARES_OF_ONE:
        total = sum(brief.numbers[f"{head}.{key}"].high for key in keys)
        if total > 1.0 + NEAR:
            what = f"{', '.join(keys)} may come to {total:g}"
            faults.append(Fault("BRF012", doc.place((head,)), what))
    return faults


def check_zones(brief: Brief, doc: Document) -> list[Fault]:
    """Return a fault for each zone that is not part of the place."""
    return [
        Fault("BRF024", doc.place(("place", "zones", "rows", i)), f'"{zone.name}"')
        for i, zone in enumerate(brief.locality.zones)
        if not zone.is_inside
    ]


def check_people(brief: Brief, doc: Document) -> list[Fault]:
    """Return a fault where nobody can need help, or the pool may be larger than its ceiling."""
    faults = []
    if all(brief.numbers[f"demand.{age}"].low <= 0.0 for age in AGES):
        faults.append(
            Fault("BRF006", doc.place(("demand",)), "every age has risk 0: the need would arise nowhere")
        )
    pool, ceiling = brief.numbers.get("carers.pool"), brief.numbers.get("carers.ceiling")
    if pool is not None and ceiling is not None and max(pool.high, pool.value) > ceiling.low:
        what = f"a pool of up to {pool.high:g} under a ceiling of {ceiling.low:g}"
        faults.append(Fault("MEC008", doc.place(("carers", "ceiling")), what))
    return faults
