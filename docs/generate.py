"""Write the reference pages from the catalogue, the code tables and the command line: python docs/generate.py."""

import math
from pathlib import Path

from remit.briefs.vocabulary import FAMILIES, NumberSpec, stated_unit, vocabulary
from remit.catalogue.catalogue import load_catalogue
from remit.catalogue.changes import load_changes
from remit.ground.codes import CODES
from remit.ground.deflator import GDP_DEFLATOR, SOURCE
from remit.ground.quantity import Quantity
from remit.ground.units import UNITS
from remit.mechanism.caseload.statutory import laws, minimum_price
from remit.mechanism.change import load_change_effects
from remit.mechanism.effect import LEVEL, ROUTES_OF, load_effects
from remit.pilots.designs import DESIGNS
from remit.pilots.numbers import NUMBERS
from remit.report.catalogue_text import PROVENANCE
from remit.report.design_text import grade_of
from remit.report.rules_text import rule_page
from remit.simulate.outcomes import OUTCOMES_OF, outcomes_of

STARS = {
    "response": "`kinds.*` stands for each kind of request, `curves.*` for each curve.",
    "caseload": "`client_days.*` and `carer_days.*` stand for each pattern of the day of clients and of carers.",
    "commons": "`streams.*` stands for each stream of income that a brief has, `asset_kinds.*` for each kind of asset.",
}
ABOUT = {
    "reports": "response service that is about reports, not lives",
    "meals": "caseload service of meals",
    "estate": "commons service that keeps an estate",
    "projects": "commons service of local projects",
    "adoption": "commons service that people take up",
}
HOUR = (
    "Pounds an hour with a client, at the legal minimum wage of each financial year, built up as the United Kingdom "
    "Homecare Association did in February 2014 (15.19 in all). Travel, holiday, training and mileage keep their "
    "proportion to pay of 2014, running costs and profit their share of the price; National Insurance and pension "
    "follow the law of the year. Wages marked recalled were typed from memory: check them on GOV.UK. No run uses this "
    "table; a brief states its own pay and on-costs (`remit trace BRIEF DESIGN price.client_gbp_per_hour`).\n\n"
)
NOTE = "<!-- written by docs/generate.py; do not edit -->\n\n"


def pages() -> dict[str, str]:
    """Return every reference page by file name."""
    return {
        "catalogue.md": NOTE + _catalogue(),
        **{_page("effects", family): NOTE + _effects(family) for family in FAMILIES},
        **{_page("numbers", family): NOTE + _numbers(family) for family in FAMILIES},
        **{_page("outcomes", family): NOTE + _outcomes(family) for family in OUTCOMES_OF},
        "hour.md": NOTE + _hour(),
        "units.md": NOTE + _units(),
        "faults.md": NOTE + _faults(),
        "sources.md": NOTE + _sources(),
        "rules.md": NOTE + _rules(),
        "changes.md": NOTE + _changes(),
        "pilots.md": NOTE + _pilots(),
        **{f"rules/{name}.md": NOTE + page for name, page in _rule_pages().items()},
    }


def _page(name: str, family: str) -> str:
    return f"{name}.md" if family == FAMILIES[0] else f"{name}-{family}.md"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return (
        "\n".join(lines + ["| " + " | ".join(c.replace("|", "/") for c in row) + " |" for row in rows]) + "\n"
    )


def _catalogue() -> str:
    catalogue = load_catalogue()
    text = "# The catalogue\n\nThe 24 settings, with where each comes from.\n\n"
    for v in catalogue.variables.values():
        text += f"## {v.name} (`{v.id}`)\n\n{v.asks} *{PROVENANCE[v.provenance]}.*\n\n"
        if v.kind == "level":
            text += f"A number from {v.min:g} to {v.max:g}: {v.unit}. Bands: "
            text += ", ".join(f"{b} from {least:g}" for b, least in v.bands.items()) + ".\n\n"
        else:
            text += _table(["option", "meaning"], [[f"`{o}`", w] for o, w in v.options.items()]) + "\n"
    text += "# Archetypes\n\n"
    rows = [[f"`{a.id}`", a.gist, a.status, a.confidence] for a in catalogue.archetypes.values()]
    text += _table(["archetype", "gist", "status", "confidence that it is Copeland's"], rows)
    text += "\n# Roles of the public body\n\n"
    rows = [
        [f"`{r.id}`", r.does, f"{r.cost_k[0]:g} to {r.cost_k[1]:g}", PROVENANCE[r.provenance]]
        for r in catalogue.roles.values()
    ]
    text += _table(
        ["role", "what it does", "thousand pounds a year (2025, planning range)", "provenance"], rows
    )
    text += "\n# Conditions\n\n"
    rows = [
        [f"`{c.id}`", c.plain, f"{c.lead_months[0]:g} to {c.lead_months[1]:g}"]
        for c in catalogue.conditions.values()
    ]
    text += _table(["condition", "in plain words", "months"], rows)
    for title, rules in (("Rules", catalogue.rules), ("Tensions", catalogue.tensions)):
        text += f"\n# {title}\n\n"
        rows = [[r.id, r.kind, r.why, ", ".join(r.sources)] for r in rules.values()]
        text += _table(["id", "kind", "why", "sources"], rows)
    return text


def _effects(family: str) -> str:
    catalogue, effects = load_catalogue(), load_effects(family)
    text = f"# What each setting does in a {family} service\n\nRelative to today. † is an assumption.\n\n"
    rows = []
    for v in catalogue.variables.values():
        for option in list(v.options) or [LEVEL]:
            for e in effects.by_option.get((v.id, option), ()):
                if e.amount is None:
                    refused = "" if e.route in ROUTES_OF[family] else "refused: this family does not have it"
                    rows.append([v.id, option, "routing", effects.words_of(e), refused])
                    continue
                said = (
                    f"{e.amount.source}: {e.amount.note}"
                    if e.amount.source
                    else f"† {e.amount.assumption} {e.amount.note}"
                )
                rows.append([v.id, option, f"`{e.parameter}`", effects.words_of(e), said.strip(": ")])
            if (v.id, option) in effects.none:
                rows.append([v.id, option, "nothing", "", effects.none[v.id, option]])
    return text + _table(["variable", "option", "parameter", "what it does", "source or reason"], rows)


def _numbers(family: str) -> str:
    text = f"# Numbers of a {family} brief\n\n{STARS[family]}\n\n"
    rows = [
        [
            f"`{s.pattern}`",
            s.dimension,
            *_in_stated_unit(s),
            s.meaning + (" (dated)" if s.is_dated else ""),
        ]
        for s in vocabulary(family).values()
    ]
    return text + _table(["number", "dimension", "stated in", "if not given", "bounds", "meaning"], rows)


def _in_stated_unit(spec: NumberSpec) -> list[str]:
    unit = None if spec.dimension in ("factor", "count") else stated_unit(spec)
    factor = unit.factor if unit else 1.0
    default = "must be given" if spec.default is None else f"{spec.default / factor:g}"
    name = "" if unit is None else f"`{unit.name}`"
    return [name, default, f"{spec.least / factor:g} to {spec.most / factor:g}"]


def _outcomes(family: str) -> str:
    rows = [[f"`{o.id}`", o.name, o.unit, o.better, o.meaning] for o in outcomes_of(family).every]
    about = ABOUT.get(family, f"{family} service")
    return f"# Outcomes of a {about}\n\n" + _table(["outcome", "name", "unit", "better", "meaning"], rows)


def _hour() -> str:
    years = {year: minimum_price(law) for year, law in laws().items()}
    parts = list(next(iter(years.values())))
    rows = [
        [str(year), *(f"{found[p]:.2f}" for p in parts), laws()[year].source] for year, found in years.items()
    ]
    text = "# What an hour of home care costs by the trade body's method\n\n" + HOUR
    return text + _table(["year", *parts, "source of the wage"], rows)


def _units() -> str:
    rows = [[f"`{u.name}`", u.dimension, u.words, f"{u.factor:g}"] for u in UNITS.values()]
    text = "# Units\n\nThe closed vocabulary. The factor converts to the canonical unit of the dimension.\n\n"
    text += _table(["unit", "dimension", "in words", "factor"], rows)
    text += f"\n## Price years\n\n{SOURCE}.\n\n"
    return text + _table(
        ["financial year", "index"], [[f"{y}-{(y + 1) % 100:02d}", f"{i:g}"] for y, i in GDP_DEFLATOR.items()]
    )


def _faults() -> str:
    text = "# Faults\n\nEvery fault names its place; all of an input are told at once. Exit code 2 (ENS002: 3).\n\n"
    return text + _table(
        ["code", "what", "why it matters", "what to do"], [[c, *m] for c, m in CODES.items()]
    )


def _rules() -> str:
    catalogue = load_catalogue()
    text = "# Rules and tensions\n\nEach is a claim with a page of its own. `remit catalogue rules` prints them.\n\n"
    for title, rules in (("Rules", catalogue.rules), ("Tensions", catalogue.tensions)):
        rows = [[f"[{r.id}](rules/{r.id}.md)", r.kind, grade_of(r, catalogue), r.why] for r in rules.values()]
        text += f"## {title}\n\n" + _table(["id", "kind", "grade", "why"], rows) + "\n"
    return text.rstrip("\n") + "\n"


def _rule_pages() -> dict[str, str]:
    catalogue = load_catalogue()
    pages = {r.id: rule_page(r, catalogue, is_hard=True) for r in catalogue.rules.values()}
    return pages | {r.id: rule_page(r, catalogue, is_hard=False) for r in catalogue.tensions.values()}


def _changes() -> str:
    changes, catalogue = load_changes(), load_catalogue()
    rows = [
        [
            f"`{v}`",
            str(c.difficulty),
            "{} to {}".format(*c.months),
            "{:g} to {:g}".format(*c.cost_k),
            c.undo,
            c.why,
        ]
        for v, c in changes.by_variable.items()
    ]
    text = "# What changing a setting takes\n\nAll of it is ours: planning assumptions for one service of a mid-sized "
    text += "authority, to be replaced by a place's own record.\n\n"
    text += _table(
        ["setting", "difficulty (1 to 5)", "months", "thousand pounds (2025)", "undo", "why"], rows
    )
    text += "\n# Conditions: time and cost\n\n"
    rows = [
        [f"`{c.id}`", "{:g} to {:g}".format(*c.lead_months), "{:g} to {:g}".format(*c.cost_k), c.plain]
        for c in catalogue.conditions.values()
    ]
    text += _table(["condition", "months", "thousand pounds (2025)", "in plain words"], rows)
    text += "\n# What being in the middle of a change does to a response service\n\n"
    rows = [
        [f"`{q.name}`", _in_months(q) or f"{q.value:g} ({q.low:g} to {q.high:g}) {q.unit}", q.assumption]
        for q in (*load_change_effects("response").quantities, changes.settling_months, changes.double_share)
    ]
    return text + _table(["number", "value", "assumption"], rows)


def _pilots() -> str:
    text = "# Kinds of pilot\n\nWhat each suits, needs and falls for. `remit pilot power` works out their power.\n\n"
    for kind in DESIGNS.values():
        text += f"## `{kind.id}`: {kind.name}\n\n{kind.suits}\n\n"
        needs = [
            f"{outcome}: " + (", ".join(f"`{n}`" for n in kind.needed(outcome)) or "nothing")
            for outcome, _ in kind.by_kind
        ]
        rows = [
            ["must be assumed, by kind of outcome", "; ".join(needs)],
            ["may be assumed", ", ".join(f"`{n}`" for n in kind.may)],
            ["formula", kind.formula],
            ["variance", kind.variance],
            ["estimator", kind.estimator],
            ["pitfalls", kind.pitfalls],
            ["fewest", kind.fewest],
            ["sources", kind.sources],
        ]
        text += _table(["", ""], rows) + "\n"
    text += "# Numbers under `assume`\n\nBounds and defaults are in the canonical unit of the dimension.\n\n"
    rows = [
        [
            f"`{n.name}`",
            n.dimension,
            f"`{n.unit}`" if n.unit else "the outcome's",
            "" if math.isnan(n.default) else f"{n.default:g}",
            f"{n.least:g} to {n.most:g}",
            n.meaning,
        ]
        for n in NUMBERS.values()
    ]
    return text + _table(["number", "dimension", "stated in", "if not given", "bounds", "meaning"], rows)


def _in_months(q: Quantity) -> str:
    if not q.name.endswith("months"):
        return ""
    value, low, high = (x / 43_800.0 for x in (q.value, q.low, q.high))
    return f"{value:g} ({low:g} to {high:g}) months"


def _sources() -> str:
    rows = [[f"`{k}`", s.cite, s.grade, s.status] for k, s in load_catalogue().sources.items()]
    text = "# Sources of the catalogue\n\nStatus *recall*: known from the literature, not read again.\n\n"
    return text + _table(["source", "citation", "grade", "status"], rows)


if __name__ == "__main__":
    folder = Path(__file__).parent / "reference"
    for name, page in pages().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(page)
