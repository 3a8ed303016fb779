"""What a search found: the front in words, table and picture; each design by how it differs from today."""

from remit.report.charts import Table
from remit.report.figures import many
from remit.report.search_answer import Chosen, SearchAnswer

WHY = {
    "whole": "Every consistent design was tried in every future.",
    "budget": "It ended because the trials allowed are spent.",
    "patience": "It ended because no new design had come onto the front for some generations.",
    "generations": "It ended after the most generations.",
    "exhausted": "It ended because no new consistent design was found to try.",
}
ASSUMED = (
    "A search finds what the settings' effects favour, and many of these are assumptions: see remit catalogue and "
    "remit trace before believing a design."
)


def search_lines(answer: SearchAnswer) -> list[str]:
    """Return how the search went and what it came to, in plain words."""
    found = answer.found
    for_what = " and ".join(_goal(o.outcome.name.lower(), o.aim) for o in answer.objectives)
    count, tried = many(len(answer.chosen), "design"), len(found.archive)
    n_chosen, n_fresh = len(found.scenarios), len(answer.confirmed.scenarios)
    lines = [
        f"{count} of {tried:,} tried cannot be bettered in {for_what} at once, in the {n_chosen:,} futures they were "
        f"chosen in. {WHY[found.why]}",
        f"The numbers below are from {n_fresh:,} fresh futures, for whoever is the best "
        "of many is lucky too. Each change that brought nothing was undone.",
        answer.confirmed.findings[0].replace("scenarios", "futures"),
        *_alike(answer),
        ASSUMED,
    ]
    if answer.held_as_today:
        names = ", ".join(v.replace("_", " ") for v in answer.held_as_today)
        lines.append(
            f"Held as today, for their own cost is not in the model: {names}. Let one go with --free."
        )
    if found.why == "budget":
        lines.append(
            f"{found.evaluations:,} trials were made; --trials allows more, and what was made is kept."
        )
    return lines


def _alike(answer: SearchAnswer) -> list[str]:
    """Return which designs cannot be told apart, by their letters."""
    groups: dict[int, list[str]] = {}
    for number, one in enumerate(answer.chosen):
        if one.group is not None:
            groups.setdefault(one.group, []).append(letter(number))
    told = [" and ".join([", ".join(g[:-1]), g[-1]]) for g in groups.values() if len(g) > 1]
    return [f"Not to be told apart in any objective: {'; '.join(told)}."] if told else []


def letter(number: int) -> str:
    """Return the letter by which a design of the front is called.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    return (letter(number // 26 - 1) if number >= 26 else "") + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number % 26]


def _goal(name: str, aim: str) -> str:
    return {
        "mean": name,
        "tenth": f"{name} in the worst future of ten",
        "worst": f"{name} in the worst future",
    }[aim]


def chosen_lines(answer: SearchAnswer) -> list[str]:
    """Return each design of the front: its numbers, how it differs from today, what it needs."""
    lines = []
    for number, one in enumerate(answer.chosen):
        told = ", ".join(_value(answer, one, i) for i in range(len(one.values)))
        mark = " (another clearly beats it in the fresh futures)" if one.is_beaten else ""
        lines.append(f"{letter(number)}  {title(one)}: {told}{mark}")
        lines += [f"     {change}" for change in one.changes if not one.is_known] or [
            "     as written in the brief" if one.changes else "     nothing changes"
        ]
        if one.conditions:
            lines.append(f"     needs {', '.join(c.name.lower() for c in one.conditions)}")
    if answer.known:
        lines.append("For comparison, designs of the brief that are not on the front, in the same futures:")
    for one in answer.known:
        told = ", ".join(_value(answer, one, i) for i in range(len(one.values)))
        lines.append(f"   {title(one)}: {told}")
    return lines


def title(one: Chosen) -> str:
    """Return what a design is: its name in the brief, or how much it changes."""
    if one.is_known:
        return one.name.replace("_", " ")
    return f"{many(len(one.changes), 'change')} from today"


def _value(answer: SearchAnswer, one: Chosen, i: int) -> str:
    spec = answer.objectives[i].outcome
    digits = spec.decimals
    error = one.errors[i]
    plus = "" if error != error else f" \u00b1 {2.0 * error:,.{digits}f}"
    return f"{spec.name.lower()} {one.values[i]:+,.{digits}f}{plus} {spec.unit}"


def front_table(answer: SearchAnswer) -> Table:
    """Return the front as a table: differences to today with twice their standard error."""
    objectives = answer.objectives
    head = (
        "",
        "Design",
        *(f"{o.outcome.name}, {o.outcome.unit}" for o in objectives),
        "Changes",
        "Needs",
        "Alike",
    )
    groups = answer.confirmed.groups
    rows = []
    for number, one in enumerate(answer.chosen):
        cells = (_cell(answer, one, i) for i in range(len(objectives)))
        alike = one.group is not None and len(groups[one.group]) > 1
        rows.append(
            (
                letter(number),
                title(one),
                *cells,
                "; ".join(one.changes) or "none",
                ", ".join(c.name.lower() for c in one.conditions) or "nothing more",
                f"group {one.group + 1}" if alike and one.group is not None else "",
            )
        )
    return Table(head, tuple(rows))


def _cell(answer: SearchAnswer, one: Chosen, i: int) -> str:
    digits = answer.objectives[i].outcome.decimals
    error = one.errors[i]
    told = f"{one.values[i]:+,.{digits}f}"
    return told if error != error else f"{told} \u00b1 {2.0 * error:,.{digits}f}"


def search_plain(answer: SearchAnswer) -> dict[str, object]:
    """Return the same as plain values."""
    objectives = answer.objectives
    return {
        "objectives": [{"outcome": o.outcome.id, "unit": o.outcome.unit, "aim": o.aim} for o in objectives],
        "why": answer.found.why,
        "trials": answer.found.evaluations,
        "designs_tried": len(answer.found.archive),
        "futures": {
            "chosen_in": len(answer.found.scenarios),
            "confirmed_in": len(answer.confirmed.scenarios),
        },
        "front": [
            {
                "name": one.name,
                "is_known": one.is_known,
                "differences": dict(zip((o.outcome.id for o in objectives), one.values, strict=True)),
                "standard_errors": dict(zip((o.outcome.id for o in objectives), one.errors, strict=True)),
                "changes": list(one.changes),
                "needs": [c.id for c in one.conditions],
                "is_on_front": one.is_on_front,
                "is_beaten": one.is_beaten,
                "group": one.group,
            }
            for one in answer.chosen
        ],
        "findings": list(answer.confirmed.findings),
    }
