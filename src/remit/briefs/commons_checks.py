"""What the numbers of a brief of the commons family must satisfy together."""

import math

from remit.briefs.brief import Brief, Change
from remit.briefs.estate import PAYER_OF
from remit.ground.document import Document, Path
from remit.ground.faults import Fault, nearest
from remit.ground.quantity import Quantity

MOST_GROWTH = math.log(10.0)  # a year: tenfold
FEWEST_IN_REACH = 1.0
LEAST_REACH_M = 100.0
YEAR_MINUTES = 525_600.0


def check_estate(brief: Brief, doc: Document) -> list[Fault]:
    """Return a fault for each asset in no zone or of no kind, and each stream of income that effects do not know."""
    if brief.measures != "estate":
        return []
    zones = [z.id for z in brief.locality.zones]
    kinds = list(brief.named_under("asset_kinds"))
    faults = []
    for i, asset in enumerate(brief.assets):
        place = doc.place(("assets", "rows", i))
        if asset.zone not in zones:
            faults.append(Fault("BRF014", place, f'no zone "{asset.zone}"', nearest(asset.zone, zones)))
        if asset.kind not in kinds:
            faults.append(
                Fault("BRF014", place, f'no kind of asset "{asset.kind}"', nearest(asset.kind, kinds))
            )
    faults += [
        Fault(
            "BRF014",
            doc.place(("streams", name)),
            f'no stream of income "{name}"',
            nearest(name, list(PAYER_OF)),
        )
        for name in brief.named_under("streams")
        if name not in PAYER_OF
    ]
    if not brief.assets:
        faults.append(Fault("COM001", doc.place(("assets",)), "no assets"))
    return faults


def check_dates(brief: Brief, doc: Document) -> list[Fault]:
    """Return a fault for each dated change of uptake in a brief that has none: of an estate, or of projects."""
    if brief.measures == "adoption":
        return []
    dated: list[Path] = [("changes", i) for i, c in enumerate(brief.changes) if _moves_uptake(c)]
    dated += [("surprises", s.id) for s in brief.surprises if any(_moves_uptake(c) for c in s.changes)]
    what = "an estate and projects have no dated changes; put such shocks into spreads"
    return [Fault("MEC007", doc.place(path), what) for path in dated]


def _moves_uptake(change: Change) -> bool:
    return any(name.startswith("uptake.") for name, _ in change.multiply)


def check_returns(brief: Brief, doc: Document) -> list[Fault]:
    """Return a fault where returns or growth compound to nonsense over the run."""
    faults = []
    years = brief.days / 364.0
    for head, key in _GROWING:
        for name in _named(brief, head, key):
            q = brief.numbers[name]
            total = max(abs(q.low), abs(q.high)) * years
            if total > MOST_GROWTH:
                what = f"{_reach(q)} a year over {years:g} years is {math.exp(min(total, 50.0)):,.0f}-fold"
                faults.append(Fault("COM002", doc.place(tuple(name.split("."))), what))
    return faults


_GROWING = (
    ("economy", "inflation_per_year"),
    ("economy", "wage_growth_per_year"),
    ("endowment", "return_per_year"),
    ("streams", "growth_per_year"),
)


def _named(brief: Brief, head: str, key: str) -> list[str]:
    return [n for n in brief.given if n.startswith(f"{head}.") and n.endswith(f".{key}")]


def _reach(q: Quantity) -> str:
    return f"{100.0 * q.low:.3g} to {100.0 * q.high:.3g} %"


def check_spending(brief: Brief, doc: Document) -> list[Fault]:
    """Return a fault where an endowment is to spend more than it can ever earn, saying when it runs dry."""
    if "endowment.spend_share" not in brief.given or brief.measures != "estate":
        return []
    spend = brief.numbers["endowment.spend_share"].low
    best = brief.numbers["endowment.return_per_year"].high - brief.numbers["endowment.fee_per_year"].low
    rule = brief.numbers["endowment.rule"].value
    above = "above prices"
    if rule == 0.0:  # a sum in pounds of the day, and so is what it is paid from
        best += brief.numbers["economy.inflation_per_year"].high
        above = "in pounds of the day"
    key = "spend_share"
    floor = brief.numbers["endowment.floor_share"].low
    if rule == 2.0 and floor > spend:
        spend, rule, key = floor, 1.0, "floor_share"  # a floor is a share of the fund, year by year
    if spend <= max(best, 0.0) + 1e-12:
        return []
    what = (
        f"at least {100.0 * spend:.3g} % a year from a fund that earns {100.0 * best:.3g} % {above} at best: "
        f"it is down to a tenth after about {_lasts(spend, best, rule):.0f} years"
    )
    return [Fault("COM003", doc.place(("endowment", key)), what)]


def check_tapers(brief: Brief, doc: Document) -> list[Fault]:
    """Return a fault for each stream of income that is to run down over longer than it lasts."""
    faults = []
    for name in brief.named_under("streams"):
        base = f"streams.{name}."
        lasts = brief.numbers[base + "end_years"].high - brief.numbers[base + "start_years"].low
        taper = brief.numbers[base + "taper_years"].low
        if taper > lasts + 1.0:
            what = f"it runs down over {taper / YEAR_MINUTES:g} years and lasts {lasts / YEAR_MINUTES:g}"
            faults.append(Fault("QTY006", doc.place(("streams", name, "taper_years")), what))
    return faults


def _lasts(spend: float, best: float, rule: float) -> float:
    """Return years until a tenth of the fund is left, at best."""
    if rule == 1.0:
        return math.log(10.0) / (spend - best)
    fund, years = 1.0, 0.0
    while fund > 0.1 and years < 1000.0:
        fund = (fund - spend) * math.exp(best)
        years += 1.0
    return years


def check_projects(brief: Brief, doc: Document) -> list[Fault]:
    """Return a fault for campaigns with nobody in reach, and for a match pot larger than pledges could use."""
    if brief.measures != "projects":
        return []
    faults = []
    numbers = brief.numbers
    people = brief.locality.population
    strangers = numbers["crowd.pledges"].high > 0.0 and numbers["crowd.reach_km"].high >= LEAST_REACH_M
    friends = numbers["projects.network_people"].high * numbers["crowd.friends_share"].high > 0.0
    if people < FEWEST_IN_REACH or ("crowd.pledges" in brief.given and not strangers and not friends):
        faults.append(Fault("COM004", doc.place(("crowd", "pledges")), "nobody who could pledge is in reach"))
    ideas = numbers["projects.ideas"].high * people / 100_000.0
    usable = ideas * min(numbers["projects.cost_gbp"].high, numbers["projects.cost_most_gbp"].high)
    share = min(1.0, numbers["match.share"].high * max(1.0, numbers["match.deprived_factor"].high))
    pot = numbers["pot.gbp_per_year"].low
    if "match.share" in brief.given and pot > usable * share > 0.0:
        most = f"£{usable * share:,.0f}"
        what = f"a pot of £{pot:,.0f} a year; if every idea reached its goal, matches would come to {most}"
        faults.append(Fault("COM005", doc.place(("pot", "gbp_per_year")), what))
    for low, high in _ENDS:
        if numbers[low].low > numbers[high].high:
            place = doc.place(tuple(low.split(".")))
            faults.append(
                Fault(
                    "QTY006",
                    place,
                    f"{low} of {numbers[low].low:g} lies above {high} of {numbers[high].high:g}",
                )
            )
    return faults


_ENDS = (
    ("projects.cost_least_gbp", "projects.cost_most_gbp"),
    ("crowd.gift_least_gbp", "crowd.gift_most_gbp"),
    ("offer.size_least_gbp", "offer.size_most_gbp"),
)
