"""How a design stands in its place, in a line or two: does it hold together, is it open yet, what must come first."""

from remit.catalogue.schema import Condition
from remit.consistency.verdict import Verdict


def standing_lines(verdict: Verdict) -> list[str]:
    """Return short lines for print beside a design: rules broken, warnings, and whether it is open here."""
    lines = [f"breaks {f.rule.id} ({f.rule.kind}): {f.rule.why}" for f in verdict.broken]
    lines += [f"warning {f.rule.id}: {f.rule.why}" for f in verdict.softened]
    if verdict.missing:
        names = "; ".join(f"{c.name} ({months(c)})" for c in verdict.missing)
        lines.append(f"not open yet, must be granted first: {names}")
    elif verdict.is_open:
        lines.append("open here")
    return lines


def months(condition: Condition) -> str:
    """Return how long a condition takes to be granted."""
    first, last = condition.lead_months
    return f"{first:g} to {last:g} months"


def condition_words(condition: Condition, *, is_granted: bool) -> str:
    """Return a condition in a sentence, and whether this place has it."""
    state = "Granted here, or already in use." if is_granted else f"Not granted yet; {months(condition)}."
    return f"{condition.name}: {condition.plain} {state}"
