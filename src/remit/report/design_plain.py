"""Designs as plain values for --json: verdicts, clashes, repairs, differences, ideas and counts."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from remit.catalogue.catalogue import Catalogue
from remit.catalogue.schema import Condition
from remit.consistency.explain import Clash
from remit.consistency.ideas import Idea
from remit.consistency.moves import Linked
from remit.consistency.nearest import Near
from remit.consistency.verdict import Finding, Verdict
from remit.design.design import Design, plain
from remit.report.design_text import grade_of
from remit.report.openness_text import Counts


def settings_plain(design: Design) -> dict[str, Any]:
    """Return a design's settings as plain values, as a design file would hold them."""
    return {v: plain(s) for v, s in design.settings.items()}


def verdict_plain(verdict: Verdict, catalogue: Catalogue) -> dict[str, Any]:
    """Return a verdict as plain values."""
    return {
        "design": verdict.design.id,
        "consistent": verdict.is_consistent,
        "open": verdict.is_open,
        "broken": [_finding(f, catalogue) for f in verdict.broken],
        "softened": [_finding(f, catalogue) for f in verdict.softened],
        "tensions": [_finding(f, catalogue) for f in verdict.tensions],
        "conditions": [
            *(_condition(c, is_granted=False) for c in verdict.missing),
            *(_condition(c, is_granted=True) for c in verdict.granted),
        ],
        "settings": settings_plain(verdict.design),
    }


def _finding(finding: Finding, catalogue: Catalogue) -> dict[str, Any]:
    rule = finding.rule
    return {
        "rule": rule.id,
        "kind": rule.kind,
        "why": rule.why,
        "because": list(finding.settings),
        "sources": list(rule.sources),
        "grade": grade_of(rule, catalogue),
        "lifted_by": rule.relax,
    }


def _condition(condition: Condition, *, is_granted: bool) -> dict[str, Any]:
    return {
        "condition": condition.id,
        "name": condition.name,
        "granted": is_granted,
        "lead_months": list(condition.lead_months),
    }


def clash_plain(clash: Clash) -> dict[str, Any]:
    """Return a clash as plain values."""
    return {
        "choices": [asdict(c) for c in clash.choices],
        "rules": [
            {"rule": r.id, "kind": r.kind, "why": r.why, "sources": list(r.sources), "lifted_by": r.relax}
            for r in clash.rules
        ],
        "proven_by_trying_out": clash.is_proven,
    }


def near_plain(near: Near, verdict: Verdict, catalogue: Catalogue) -> dict[str, Any]:
    """Return a nearest design as plain values."""
    return {
        "changed": {v: plain(near.design.settings[v]) for v in near.changed},
        "difficulty": near.effort,
        "proven_nearest": near.is_proven,
        **verdict_plain(verdict, catalogue),
    }


def between_plain(
    one: Design,
    other: Design,
    changed: Sequence[str],
    steps: Sequence[Linked],
    is_proven: bool,
    broken: Sequence[str],
) -> dict[str, Any]:
    """Return what differs, was and is, and an order of moves as plain values."""
    return {
        "changed": {v: {"was": plain(one.settings[v]), "is": plain(other.settings[v])} for v in changed},
        "steps": [{"settings": list(s.variables), "rules": [r.id for r in s.rules]} for s in steps],
        "proven": is_proven,
        "broken": list(broken),
    }


def idea_plain(idea: Idea) -> dict[str, Any]:
    """Return an idea as plain values."""
    return {
        "id": idea.design.id,
        "changed": {v: plain(idea.design.settings[v]) for v in idea.changed},
        "difficulty": idea.effort,
        "nearest_known": idea.nearest,
        "settings_apart": idea.apart,
        "of_the_six": idea.apart_six,
        "conditions_missing": list(idea.missing),
        "proven_easiest": idea.is_proven,
        "settings": settings_plain(idea.design),
    }


def openness_plain(counts: Counts) -> dict[str, Any]:
    """Return counts as plain values."""
    return {
        "conditions_met": list(counts.met),
        "conditions_granted": list(counts.granted),
        "six": {
            "open": counts.six_met,
            "with_grants": counts.six_granted,
            "every_condition": counts.six_every,
            "all": counts.six_all,
            "one_more_alone": {o.condition: o.count for o in counts.by_each},
        },
        "all_24": {
            "open": asdict(counts.all_met),
            "with_grants": asdict(counts.all_granted),
            "all": counts.all_24,
        },
    }
