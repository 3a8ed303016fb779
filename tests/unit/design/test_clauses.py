import pytest

from remit.catalogue.schema import Clause
from remit.design.clauses import broken_rules, conditions_needed, holds, tensions
from remit.design.design import TODAY, Design, Several, Solved
from remit.design.parse import parse_settings
from remit.ground.document import Document
from small_brief import CATALOGUE, small_designs

TODAYS = small_designs()[TODAY].changed(who_involved=Several("public_staff", ("volunteers",)))


def archetype(name: str) -> Design:
    settings, _ = parse_settings(CATALOGUE.archetypes[name].settings, CATALOGUE, Document("", {}), ())
    return Design(name, name, settings)


@pytest.mark.parametrize(
    ("clause", "held"),
    [
        ({"v": "relationship", "in": ["hierarchical", "centralised"]}, True),
        ({"v": "relationship", "in": ["centralised"]}, False),
        ({"v": "relationship", "not_in": ["centralised"]}, True),
        ({"v": "relationship", "not_in": ["hierarchical"]}, False),
        ({"v": "staff", "in": ["standard"]}, True),
        ({"v": "staff", "in": ["rich"]}, False),
        ({"v": "who_involved", "main_in": ["public_staff"]}, True),
        ({"v": "who_involved", "main_in": ["volunteers"]}, False),
        ({"v": "who_involved", "main_not_in": ["public_staff"]}, False),
        ({"v": "who_involved", "has_any": ["volunteers", "citizens"]}, True),
        ({"v": "who_involved", "has_any": ["citizens"]}, False),
        ({"v": "who_involved", "has_none": ["citizens"]}, True),
        ({"v": "who_involved", "has_none": ["public_staff"]}, False),
        ({"v": "who_involved", "main_in": ["public_staff"], "has_any": ["citizens"]}, False),
        ({"v": "who_involved"}, True),
    ],
)
def test_a_clause_holds_if_all_its_parts_do(clause, held):
    assert holds(Clause.model_validate(clause), TODAYS, CATALOGUE) is held


def test_a_level_not_worked_out_yet_is_in_no_band():
    waiting = TODAYS.changed(staff=Solved(more_crews=1.0))
    assert not any(
        holds(Clause.model_validate({"v": "staff", "in": [band]}), waiting, CATALOGUE)
        for band in CATALOGUE.variables["staff"].bands
    )


def test_a_rule_breaks_only_where_all_its_clauses_hold():
    unpaid = TODAYS.changed(employment_terms="unpaid")
    assert "L01" in [r.id for r in broken_rules(unpaid, CATALOGUE)]
    assert "L01" not in [
        r.id for r in broken_rules(unpaid.changed(who_involved=Several("volunteers")), CATALOGUE)
    ]


@pytest.mark.parametrize("name", CATALOGUE.archetypes)
def test_the_catalogues_own_archetypes_break_no_hard_rule(name):
    assert broken_rules(archetype(name), CATALOGUE) == []


def test_a_tension_is_no_broken_rule():
    for name in CATALOGUE.archetypes:
        assert not {t.id for t in tensions(archetype(name), CATALOGUE)} & set(CATALOGUE.rules)


def test_a_condition_is_needed_by_what_is_set():
    designs = small_designs()
    needed = [c.id for c in conditions_needed(designs["neighbours"], designs[TODAY], CATALOGUE)]
    assert "data_access" in needed
    assert "role_willingness" in needed


def test_a_condition_is_needed_by_what_is_changed():
    waiting = [(c, v) for c in CATALOGUE.conditions.values() for v in c.required_by_change_of]
    for condition, variable in waiting:
        spec = CATALOGUE.variables[variable]
        today = small_designs()[TODAY]
        other = next(o for o in spec.options if o not in today.options(variable, CATALOGUE))
        changed = today.changed(**{variable: Several(other) if spec.kind == "multi" else other})
        assert condition in conditions_needed(changed, today, CATALOGUE)
        assert condition not in conditions_needed(today, today, CATALOGUE) or condition.required_by
