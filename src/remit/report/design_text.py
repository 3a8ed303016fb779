"""Designs in words: verdicts, clashes, repairs, differences, ideas and counts."""

import textwrap
from collections.abc import Sequence

from remit.catalogue.catalogue import Catalogue
from remit.catalogue.schema import Condition, Rule
from remit.consistency.count import Estimate
from remit.consistency.explain import Clash
from remit.consistency.ideas import Idea
from remit.consistency.nearest import Near
from remit.consistency.space import Choice
from remit.consistency.verdict import Finding, Verdict
from remit.design.design import Design, in_words

TENSION_KINDS = {
    "logical": "by the meaning of the words",
    "normative": "a matter of law, duty or accepted ethics",
    "empirical": "known from experience",
}
KINDS = {
    "logical": "cannot be, by the meaning of the words",
    "normative": "barred by law, duty or accepted ethics",
    "empirical": "has not been seen to work",
}
WIDTH = 100


def wrapped(text: str, indent: str = "") -> list[str]:
    """Return a sentence as lines, later ones indented."""
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ") or [indent]


def verdict_lines(verdict: Verdict, catalogue: Catalogue) -> list[str]:
    """Return the verdict on a design: what breaks it, what to watch, what must be granted first."""
    n = len(verdict.broken)
    if n:
        head = f"does not hold together: {n} rule{'s' if n > 1 else ''} broken"
    elif verdict.missing:
        head = (
            f"holds together; not open yet: {_count(len(verdict.missing), 'condition')} to be granted first"
        )
    else:
        head = "holds together, and is open here"
    lines = [f"{verdict.design.title}: {head}."]
    for title, findings in (
        ("Broken rules", verdict.broken),
        ("Empirical rules that are only warnings here", verdict.softened),
        ("Tensions: allowed, and known to pull apart", verdict.tensions),
    ):
        if findings:
            lines += ["", f"{title}:"]
            for finding in findings:
                lines += finding_lines(finding, catalogue, is_hard=findings is verdict.broken)
    if verdict.missing or verdict.granted:
        lines += ["", "Conditions it needs:"]
        lines += [line for c in verdict.missing for line in condition_lines(c, is_granted=False)]
        lines += [line for c in verdict.granted for line in condition_lines(c, is_granted=True)]
    return lines


def finding_lines(finding: Finding, catalogue: Catalogue, *, is_hard: bool = True) -> list[str]:
    """Return a rule that speaks of a design, with the settings that make it so."""
    lines = wrapped(f"{finding.rule.id}  {finding.rule.why}", "  ")
    lines += wrapped(f"because {' + '.join(finding.settings)}", "       ")
    return lines + wrapped(f"[{claim(finding.rule, catalogue, is_hard=is_hard)}]", "       ")


def claim(rule: Rule, catalogue: Catalogue, *, is_hard: bool = True) -> str:
    """Return what kind of claim a rule is, on whose word, how good, and what would lift it."""
    kinds = KINDS if is_hard else TENSION_KINDS
    said = f"{kinds[rule.kind]}; {', '.join(rule.sources)}"
    grade = grade_of(rule, catalogue)
    if grade:
        said += f", grade {grade}"
    if rule.relax and rule.relax != "no":
        said += f"; lifted by: {rule.relax}"
    return said


def grade_of(rule: Rule, catalogue: Catalogue) -> str:
    """Return the best grade among a rule's sources: A law or definition .. D own reasoning."""
    grades = [catalogue.sources[s].grade for s in rule.sources if s in catalogue.sources]
    return min(grades, default="")


def condition_lines(condition: Condition, *, is_granted: bool) -> list[str]:
    """Return a condition, whether this place has it, and how long it takes if not."""
    if is_granted:
        return wrapped(f"has   {condition.name} ({condition.id})", "  ")
    low, high = condition.lead_months
    said = f"needs {condition.name} ({condition.id}): {low:g} to {high:g} months. {condition.plain}"
    return wrapped(said, "  ")


def clash_lines(clashes: Sequence[Clash], catalogue: Catalogue) -> list[str]:
    """Return clashes in sentences: take any one line of one away and the rest can be completed."""
    lines = []
    for clash in clashes:
        said = " + ".join(choice_words(c, catalogue) for c in clash.choices)
        head = "This cannot be" if len(clash.choices) == 1 else "These cannot stand together"
        lines += ["", *wrapped(f"{head}: {said or 'the rules by themselves'}.")]
        for rule in clash.rules:
            lines += wrapped(f"{rule.id}  {rule.why} [{claim(rule, catalogue)}]", "  ")
        lines.append(
            "  Minimal, and tried out in full: without any one of them the rest holds."
            if clash.is_proven
            else "  Minimal by the solver; too many combinations to try out in full."
        )
    return lines


def choice_words(choice: Choice, catalogue: Catalogue) -> str:
    """Return a choice as a person would say it."""
    variable, option = catalogue.variables[choice.variable], choice.option.replace("_", " ")
    between = {"main": ":", "has": " includes", "has_not": " does not include"}[choice.kind]
    return f"{variable.name}{between} {option}"


def near_lines(
    near: Near, start: Design, catalogue: Catalogue, missing: Sequence[Condition], number: int
) -> list[str]:
    """Return a nearest design: what changes, how hard that is, what it needs."""
    proof = "" if near.is_proven else "; not proven to be the nearest"
    lines = [f"{number}. {_count(len(near.changed), 'setting')} changed, difficulty {near.effort:.3g}{proof}"]
    for name in near.changed:
        new = in_words(name, near.design.settings[name], catalogue)
        lines += wrapped(f"{new}  (was {_value(name, start, catalogue)})", "   ")
    if missing:
        lines += wrapped(f"must be granted first: {', '.join(c.name for c in missing)}", "   ")
    return lines


def _value(name: str, design: Design, catalogue: Catalogue) -> str:
    return in_words(name, design.settings[name], catalogue).partition(": ")[2]


def difference_lines(changed: Sequence[str], one: Design, other: Design, catalogue: Catalogue) -> list[str]:
    """Return what differs between two designs, a line a setting."""
    lines = []
    for name in changed:
        title = catalogue.variables[name].name
        was, now = _value(name, one, catalogue), _value(name, other, catalogue)
        lines += wrapped(f"{title}: {was} -> {now}", "  ")
    return lines


def idea_lines(idea: Idea, catalogue: Catalogue, number: int) -> list[str]:
    """Return an idea: what it changes, how far it is from what is known, what it needs."""
    known = catalogue.archetypes[idea.nearest].name if idea.nearest in catalogue.archetypes else "today"
    lines = [f"{number}. difficulty {idea.effort:.3g}, {_count(len(idea.changed), 'setting')} changed"]
    for name in idea.changed:
        lines += wrapped(in_words(name, idea.design.settings[name], catalogue), "   ")
    n = len(catalogue.variables)
    lines += wrapped(
        f"novelty: {idea.apart} of {n} settings from the nearest known ({known}), {idea.apart_six} of the six",
        "   ",
    )
    names = ", ".join(catalogue.conditions[c].name for c in idea.missing)
    return lines + wrapped(f"must be granted first: {names or 'nothing'}", "   ")


def big(number: float) -> str:
    """Return a large count as a person can read it.

    >>> big(1065), big(2.3e17)
    ('1,065', '2.3 x 10^17')
    """
    if number < 1e7:
        return f"{number:,.0f}"
    head, _, power = f"{number:.1e}".partition("e")
    return f"{head} x 10^{int(power)}"


def estimate_words(estimate: Estimate) -> str:
    """Return an estimated count with its interval."""
    return f"about {big(estimate.value)} ({big(estimate.low)} to {big(estimate.high)}, 95 % interval)"


def _count(n: int, thing: str) -> str:
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"
