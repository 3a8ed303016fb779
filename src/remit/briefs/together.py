"""Together: the groups of uncertain numbers that a brief ties, read and checked."""

import math
from collections.abc import Mapping, Sequence

from remit.briefs.brief import Brief, Tied
from remit.briefs.schema import TogetherIn
from remit.ground.document import Document, Path
from remit.ground.faults import Fault, nearest
from remit.ground.quantity import Choice, Quantity
from remit.ground.reading import provenance_faults

LATER = ("effects", "roles", "change")  # names that floors above know: checked when the question is posed
LEAST_PIVOT = 1e-9  # below it a number of the group is no more than a mixture of the others

Rows = Sequence[Sequence[float]]


def read_tied(given: TogetherIn, line: int) -> Tied:
    """Return a group as written with the rank correlation of each name with each; what does not fit is left out.

    Args:
        given: The group as the brief writes it.
        line: Where it stands.
    """
    names = given.names
    either = {frozenset((a, b)): float(rho) for a, b, rho in _pairs(given) if a != b}
    matrix = tuple(
        tuple(1.0 if i == j else either.get(frozenset((a, b)), 0.0) for j, b in enumerate(names))
        for i, a in enumerate(names)
    )
    return Tied(tuple(names), matrix, given.source or "", given.assumption or "", line)


def _pairs(given: TogetherIn) -> list[tuple[str, str, float]]:
    if isinstance(given.rank_correlation, list):
        return [(a, b, rho) for a, b, rho in given.rank_correlation]
    names, rho = given.names, given.rank_correlation
    return [(a, b, rho) for i, a in enumerate(names) for b in names[i + 1 :]]


def lower_factor(rank_correlation: Rows) -> list[list[float]] | None:
    """Return the Cholesky factor of the normal correlations behind rank correlations; None if there are no such.

    Spearman's rho of two normal numbers whose correlation is r is 6 / pi * asin(r / 2).
    Source: Pearson 1907, "On further methods of determining correlation".

    >>> lower_factor([[1.0, 0.0], [0.0, 1.0]])
    [[1.0, 0.0], [0.0, 1.0]]
    >>> lower_factor([[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]]) is None
    True
    """
    size = len(rank_correlation)
    factor = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            normal = 1.0 if i == j else 2.0 * math.sin(math.pi * rank_correlation[i][j] / 6.0)
            rest = normal - sum(factor[i][k] * factor[j][k] for k in range(j))
            if i > j:
                factor[i][j] = rest / factor[j][j]
            elif rest < LEAST_PIVOT:
                return None
            else:
                factor[i][i] = math.sqrt(rest)
    return factor


def check_together(brief: Brief, doc: Document) -> list[Fault]:
    """Return everything wrong with what a brief ties, as far as the brief alone can tell."""
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    given = doc.values.get("together") or []
    known: dict[str, Quantity | Choice] = {**brief.numbers, **brief.choices}
    for i, group in enumerate(brief.together):
        path: Path = ("together", i)
        faults += provenance_faults(group.source, group.assumption, doc, path, list(brief.sources))
        for j, name in enumerate(group.names):
            place = doc.place((*path, "names", j))
            if name in seen:
                where = "in the same group" if seen[name] == i else f"in group {seen[name] + 1} and here"
                faults.append(Fault("BRF021", place, f'"{name}" stands {where}'))
            seen.setdefault(name, i)
            if name in known or name.split(".")[0] not in LATER:
                faults += [Fault(code, place, what, fix) for code, what, fix in name_faults(name, known)]
        found = _correlation_faults(TogetherIn.model_validate(given[i]), doc, path)
        if not found and len(set(group.names)) == len(group.names):
            found = possible_faults(group, doc, path)
        faults += found
    return faults


def name_faults(name: str, known: Mapping[str, Quantity | Choice]) -> list[tuple[str, str, str]]:
    """Return code, what and fix of what is wrong with tying a name.

    Args:
        name: What a group names.
        known: All that there is, by name.
    """
    if name not in known:
        uncertain = [k for k, q in known.items() if q.is_uncertain and isinstance(q, Quantity)]
        return [("BRF014", f'no number "{name}"', nearest(name, uncertain))]
    if isinstance(known[name], Choice):
        return [("BRF019", f'"{name}"', "")]
    return [] if known[name].is_uncertain else [("BRF018", f'"{name}"', "")]


def possible_faults(group: Tied, doc: Document, path: Path) -> list[Fault]:
    """Return a fault if no numbers at all can have a group's correlations."""
    if lower_factor(group.rank_correlation) is not None:
        return []
    what = f"no {len(group.names)} numbers can go together like this"
    return [Fault("BRF022", doc.place((*path, "rank_correlation")), what)]


def _correlation_faults(given: TogetherIn, doc: Document, path: Path) -> list[Fault]:
    """Return what is wrong with the numbers and pairs of a group."""
    at: Path = (*path, "rank_correlation")
    if not isinstance(given.rank_correlation, list):
        return _range_faults(given.rank_correlation, doc, at)
    faults: list[Fault] = []
    seen: set[frozenset[str]] = set()
    for i, (a, b, rho) in enumerate(given.rank_correlation):
        faults += _range_faults(rho, doc, (*at, i))
        for name in dict.fromkeys((a, b)):
            if name not in given.names:
                what = f'"{name}" is not in this group'
                faults.append(Fault("BRF023", doc.place((*at, i)), what, nearest(name, given.names)))
        if a == b or frozenset((a, b)) in seen:
            what = f'"{a}" is paired with itself' if a == b else f'"{a}" and "{b}" are paired twice'
            faults.append(Fault("BRF023", doc.place((*at, i)), what))
        seen.add(frozenset((a, b)))
    return faults


def _range_faults(rho: float, doc: Document, path: Path) -> list[Fault]:
    return [] if -1.0 < rho < 1.0 else [Fault("BRF020", doc.place(path), f"a rank correlation of {rho:g}")]
