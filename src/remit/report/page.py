"""The report: one HTML file that needs no network, escaped throughout."""

from dataclasses import dataclass

from remit.appraisal.payers import extra_per_life
from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY
from remit.ensemble.comparison import Compared, compare
from remit.ground.units import CANONICAL, UNITS, find_unit
from remit.mechanism.cost import role_quantities
from remit.mechanism.effect import load_effects
from remit.report.answer import Answer
from remit.report.brief_text import number_line, written
from remit.report.figures import DAGGER, change, error_figure, figure, interval, unit_of
from remit.report.pictures import pictures
from remit.report.sentences import gains_by_fifth, not_knowing, verdicts
from remit.report.settings_text import change_lines
from remit.report.sides import sides_of
from remit.report.standing import condition_words
from remit.report.template import fill
from remit.simulate.outcome import Outcome

TOLD_IN = {"hours a year": "hour", "weeks": "week"}  # outcomes that are not told in the canonical unit
FIFTHS = ("1 (most deprived)", "2", "3", "4", "5 (least deprived)")


@dataclass(frozen=True)
class PageTable:
    """A table of the page: caption, heads, rows; the first cell of a row is its head."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def render_page(answer: Answer, command: str) -> str:
    """Return the report of a comparison as one self-contained page."""
    brief, every = answer.brief, answer.outcomes.every
    return fill(
        "page.html",
        brief=brief,
        answer=answer,
        sentences=verdicts(answer),
        not_knowing=not_knowing(answer),
        summary=_summary(answer),
        outcome_tables=[_outcome_table(answer, o) for o in every if _is_worth_showing(answer, o)],
        quiet=[o.name for o in every if not _is_worth_showing(answer, o)],
        fifths=_fifths(answer),
        per_life=_per_life(answer),
        gains=[g for d in answer.designs if d != TODAY for g in [gains_by_fifth(answer, d)] if g],
        pictures=pictures(answer),
        held=_held_against(answer),
        designs=_designs(answer),
        numbers=[number_line(brief.numbers[n], brief) for n in sorted(brief.given)],
        assumed=_assumed(answer),
        choices=list(brief.choices.values()),
        outcomes=every,
        findings=list(answer.findings),
        sides=sides_of(answer),
        command=command,
        dagger=DAGGER,
    )


def _is_worth_showing(answer: Answer, outcome: Outcome) -> bool:
    values = [answer.row(d, outcome.id).value for d in answer.designs]
    return any(v not in (0.0,) and v == v for v in values)


def _marked(answer: Answer, design: str, outcome: Outcome) -> str:
    row = answer.row(design, outcome.id)
    is_known = row.difference == row.difference
    mark = (
        DAGGER
        if is_known and row.difference != 0.0 and answer.rests_on_assumption(design, outcome.id)
        else ""
    )
    return change(row.difference, outcome) + mark


def _summary(answer: Answer) -> PageTable:
    shown = [answer.outcomes.by_id[o] for o in answer.outcomes.summary]
    rows = []
    for design in answer.designs.values():
        cells = []
        for outcome in shown:
            row = answer.row(design.id, outcome.id)
            if design.id == TODAY:
                cells.append(figure(row.value, outcome))
            else:
                cells.append(
                    f"{_marked(answer, design.id, outcome)} ({interval(row.low, row.high, outcome)})"
                )
        rows.append((design.title, *cells))
    return PageTable(
        "Today's service, and each design against it",
        ("", *(f"{o.name} ({unit_of(o)})" for o in shown)),
        tuple(rows),
        f"Average over futures, in brackets what nine futures in ten show. {DAGGER} rests on an assumption.",
    )


def _outcome_table(answer: Answer, outcome: Outcome) -> PageTable:
    rows = []
    for design in answer.designs.values():
        row = answer.row(design.id, outcome.id)
        spread = f"{figure(row.value_low, outcome)} to {figure(row.value_high, outcome)}"
        if design.id == TODAY:
            rows.append((design.title, figure(row.value, outcome), spread, "", "", "", ""))
            continue
        error = error_figure(row.monte_carlo_error, outcome)
        rows.append(
            (
                design.title,
                figure(row.value, outcome),
                spread,
                _marked(answer, design.id, outcome),
                interval(row.low, row.high, outcome),
                error,
                _better(row, outcome),
            )
        )
    head = (
        "",
        "Value",
        "Its range over futures",
        "Against today",
        "Nine futures in ten",
        "Computing error",
        "Better in",
    )
    return PageTable(f"{outcome.name} ({unit_of(outcome)})", head, tuple(rows), outcome.meaning)


def _better(row: Compared, outcome: Outcome) -> str:
    """Return in how many futures a design is better; ties are not."""
    if row.is_same:
        return "the same"
    if outcome.better == "none" or row.n_scenarios == 0:
        return ""
    share = row.share_higher if outcome.better == "up" else row.share_lower
    return f"{100.0 * share:.0f} % of futures" if share == share else ""


def _fifths(answer: Answer) -> list[PageTable]:
    tables = []
    kept = {kind for kind, _ in answer.results.groups}
    for outcome in (o for o in answer.outcomes.every if o.by_group):
        for kind, words in (("own_fifth", "fifths of this place"), ("national_fifth", "national fifths")):
            if kind not in kept:
                continue
            rows = []
            for design in answer.designs.values():
                cells = []
                for name in "12345":
                    row = answer.fifth(design.id, outcome.id, kind, name)
                    if row is None or row.value != row.value:
                        cells.append("not told" if answer.has_people(kind, name) else "nobody")
                    elif design.id == TODAY:
                        cells.append(figure(row.value, outcome))
                    else:
                        cells.append(
                            f"{change(row.difference, outcome)} ({interval(row.low, row.high, outcome)})"
                        )
                rows.append((design.title, *cells))
            caption = f"{outcome.name} by deprivation, {words} ({unit_of(outcome)})"
            tables.append(PageTable(caption, ("", *FIFTHS), tuple(rows)))
    return tables


def _per_life(answer: Answer) -> PageTable | None:
    """Return extra public money beside extra lives, and their ratio where the gain is settled; None without lives."""
    if "lives" not in answer.results.columns:
        return None
    rows, headline, cost = [], answer.headline, answer.outcomes.by_id["cost_public"]
    for design in answer.designs.values():
        if design.id == TODAY:
            continue
        lives, money = answer.row(design.id, headline.id), answer.row(design.id, "cost_public")
        ratio = extra_per_life(answer.results, design.id, TODAY)
        is_sound = lives.is_settled and lives.is_computed_enough and ratio == ratio and money.difference > 0.0
        rows.append(
            (
                design.title,
                change(money.difference, cost),
                change(lives.difference, headline),
                f"£{figure(ratio, cost)}" if is_sound else "not said: the gain is not settled",
            )
        )
    return PageTable(
        "Public money for each extra life",
        ("", "Extra pounds a year", "Extra lives a year", "Pounds for each extra life"),
        tuple(rows),
        "A ratio of averages over all futures, those without a gain too. It values no life and leaves out what "
        "else a crew more does for everyone who waits.",
    )


def _held_against(answer: Answer) -> PageTable | None:
    """Return simulated results, mostly today's, beside published ones: held against, not tuned to."""
    if not answer.brief.published:
        return None
    rows = []
    columns = answer.results.columns
    for p in answer.brief.published:
        ours, unit, value = "not simulated", find_unit(p.unit), p.value
        words = unit.words if unit else p.unit
        if p.compare in columns and p.design in answer.designs:
            row = compare(answer.results, p.design, p.compare)
            ours = f"{written(row.value)} ({written(row.value_low)} to {written(row.value_high)})"
            ours += "" if p.design == TODAY else f", {answer.designs[p.design].title}"
            # published figures are shown in the outcome's own unit
            told = UNITS.get(TOLD_IN.get(_unit_told(p.compare, answer), ""))
            value *= (unit.factor if unit else 1.0) / (told.factor if told else 1.0)
            words = _unit_told(p.compare, answer) or (CANONICAL[unit.dimension] if unit else words)
        fitted = "Fitted to it, so no test of the model." if p.is_fitted else ""
        note = " ".join(x for x in (fitted, p.note, f"[{p.source}]") if x)
        rows.append((p.what, written(value), ours, words.replace("_", " "), note))
    return PageTable(
        "Held against published results",
        (
            "Result",
            "Published",
            "Simulated, today's service if none is named (nine futures in ten)",
            "Unit",
            "Note",
        ),
        tuple(rows),
    )


def _unit_told(column: str, answer: Answer) -> str:
    """Return the unit in which a column is told; none for one that is no outcome."""
    outcome = answer.outcomes.by_id.get(column.partition("@")[0])
    return outcome.unit if outcome else ""


@dataclass(frozen=True)
class DesignPart:
    """What the page says of one design."""

    title: str
    why: str
    changes: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    tensions: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    is_not_open: bool = False


def _designs(answer: Answer) -> list[DesignPart]:
    catalogue = load_catalogue()
    effects = load_effects(answer.brief.family)
    today = answer.designs[TODAY]
    parts = []
    for design in answer.designs.values():
        verdict = answer.verdicts.get(design.id)
        changes = tuple(change_lines(design, today, catalogue, effects))
        if verdict is None:
            parts.append(DesignPart(design.title, design.why, changes))
            continue
        conditions = [condition_words(c, is_granted=False) for c in verdict.missing]
        conditions += [condition_words(c, is_granted=True) for c in verdict.granted]
        parts.append(
            DesignPart(
                design.title,
                design.why,
                changes,
                tuple(conditions) if design.id != TODAY else (),
                tuple(t.rule.why for t in (*verdict.softened, *verdict.tensions)),
                tuple(f"{f.rule.id} ({f.rule.kind}): {f.rule.why}" for f in verdict.broken),
                bool(verdict.missing),
            )
        )
    return parts


def _assumed(answer: Answer) -> list[str]:
    """Return the assumed sizes of effects and the costs of roles on which only these designs depend."""
    question = {q.name: q for q in load_effects(answer.brief.family).quantities}
    question |= {q.name: q for q in role_quantities(load_catalogue(), answer.brief.price_year).values()}
    names = dict.fromkeys(
        n for found in (answer.assumed, answer.assumed_costs) for own in found.values() for n in own
    )
    return [number_line(question[n], answer.brief) for n in names if n in question]
