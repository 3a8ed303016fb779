"""Rules as claims: what they forbid in words, why, on whose word, how good that is, and what would lift them."""

from collections.abc import Mapping
from typing import Any

from remit.catalogue.catalogue import Catalogue
from remit.catalogue.schema import Clause, Rule
from remit.report.design_text import KINDS, TENSION_KINDS, claim, grade_of, wrapped


def clause_words(clause: Clause, catalogue: Catalogue) -> str:
    """Return a clause as a person would say it.

    >>> from remit.catalogue.catalogue import load_catalogue
    >>> c = load_catalogue()
    >>> clause_words(c.rules["L29"].forbid[1], c)
    'Data is siloed'
    """
    name = catalogue.variables[clause.v].name
    parts = []
    for options, said in (
        ((*clause.in_, *clause.main_in), "is {}"),
        ((*clause.not_in, *clause.main_not_in), "is anything but {}"),
        (clause.has_any, "includes {}"),
        (clause.has_none, "does not include {}"),
    ):
        if options:
            parts.append(said.format(" or ".join(o.replace("_", " ") for o in options)))
    return f"{name} {' and '.join(parts)}"


def forbids(rule: Rule, catalogue: Catalogue) -> str:
    """Return what a rule speaks of, in words: its clauses, which may not all hold."""
    return "; and ".join(clause_words(clause, catalogue) for clause in rule.forbid)


def rules_lines(catalogue: Catalogue, about: str = "") -> list[str]:
    """Return every rule, then every tension, those that speak of one variable if one is named."""
    lines: list[str] = []
    for title, rules, is_hard in (
        ("Rules: these may not stand together", catalogue.rules, True),
        ("Tensions: allowed, and known to pull apart", catalogue.tensions, False),
    ):
        chosen = _chosen(rules, about)
        lines += ["", f"{title} ({len(chosen)})", "-" * len(title)]
        for rule in chosen:
            lines += wrapped(f"{rule.id}  {forbids(rule, catalogue)}")
            lines += wrapped(f"{rule.why} [{claim(rule, catalogue, is_hard=is_hard)}]", "     ")
    words = "; ".join(f"{kind}: {meaning}" for kind, meaning in KINDS.items())
    return [
        *lines[1:],
        "",
        *wrapped(f"Rules are claims. {words}. An empirical one falls to one good counter-example."),
    ]


def _chosen(rules: Mapping[str, Rule], about: str) -> list[Rule]:
    return [r for r in rules.values() if not about or any(c.v == about for c in r.forbid)]


def rules_plain(catalogue: Catalogue, about: str = "") -> list[dict[str, Any]]:
    """Return rules and tensions as plain values."""
    return [
        {
            "rule": r.id,
            "hard": is_hard,
            "kind": r.kind,
            "forbids": forbids(r, catalogue),
            "clauses": [c.model_dump(by_alias=True, exclude_defaults=True) for c in r.forbid],
            "why": r.why,
            "sources": list(r.sources),
            "grade": grade_of(r, catalogue),
            "lifted_by": r.relax,
        }
        for is_hard, group in ((True, catalogue.rules), (False, catalogue.tensions))
        for r in _chosen(group, about)
    ]


def rule_page(rule: Rule, catalogue: Catalogue, *, is_hard: bool) -> str:
    """Return the page of one rule as Markdown: the claim, its standing, its sources, who lives with it."""
    kind = "Rule" if is_hard else "Tension"
    lines = [
        f"# {kind} {rule.id}",
        "",
        f"**{rule.why}**",
        "",
        "Forbidden together:" if is_hard else "In tension together:",
        "",
        *(f"- {clause_words(c, catalogue)}" for c in rule.forbid),
        "",
        f"Kind: {rule.kind} ({(KINDS if is_hard else TENSION_KINDS)[rule.kind]}).",
        f"Grade: {grade_of(rule, catalogue) or 'none'} (A law or definition, B peer-reviewed or official, C practice, "
        "D own reasoning).",
        f"Lifted by: {_lifted(rule, is_hard=is_hard)}",
        "",
        "Sources:",
        "",
    ]
    for name in rule.sources:
        source = catalogue.sources[name]
        lines.append(f"- `{name}` ({source.grade}, {source.status}): {source.cite}")
    return "\n".join([*lines, ""])


def _lifted(rule: Rule, *, is_hard: bool) -> str:
    if not is_hard:
        return "nothing needs to be: a tension warns, it refuses nothing."
    if rule.kind == "logical":
        return "nothing; it follows from the meaning of the words."
    return f"{rule.relax}." if rule.relax and rule.relax != "no" else "nothing that we know of."
