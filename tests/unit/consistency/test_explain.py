import pytest

from design_spaces import BOOK, CATALOGUE, SPACE, design
from remit.consistency.explain import explain, explain_rules, is_minimal, is_possible
from remit.consistency.rules import add_local
from remit.consistency.space import Choice, Space, choices_of
from remit.ground.document import parse_document


def test_choices_that_can_be_completed_do_not_clash():
    assert explain([Choice("power", "frontline_teams")], SPACE) == []


def test_a_whole_design_is_told_each_smallest_clash_logic_before_law_before_experience():
    chosen = choices_of(design("power=frontline_teams"), CATALOGUE, CATALOGUE.variables)
    clashes = explain(chosen, SPACE)
    assert [[r.id for r in c.rules] for c in clashes] == [["L14"], ["E01"], ["E02"], ["E03"]]
    assert {(c.variable, c.option) for c in clashes[0].choices} == {
        ("power", "frontline_teams"),
        ("relationship", "hierarchical"),
    }


HIDDEN = [
    [Choice("power", "frontline_teams"), Choice("public_role", "deliverer"), Choice("data", "siloed"),
     Choice("structure", "functional_departments")],
    [Choice("who_involved", "volunteers"), Choice("public_role", "commissioner"), Choice("ownership", "public_body")],
    [Choice("incentives", "payment_by_results"), Choice("who_involved", "citizens")],
    [Choice("employment_terms", "member_worker"), Choice("who_involved", "public_staff")],
]  # fmt: skip


@pytest.mark.parametrize("chosen", HIDDEN, ids=lambda c: c[0].option)
def test_each_clash_is_minimal_and_proven_by_trying_everything(chosen):
    clashes = explain(chosen, SPACE)
    assert clashes
    for clash in clashes:
        assert clash.is_proven
        assert not is_possible(SPACE, clash.choices)
        for left_out in clash.choices:
            assert is_possible(SPACE, [c for c in clash.choices if c != left_out])


@pytest.mark.parametrize("chosen", HIDDEN, ids=lambda c: c[0].option)
def test_the_same_question_gets_the_same_words_in_any_order(chosen):
    one = explain(chosen, SPACE)
    other = explain(list(reversed(chosen)), SPACE)
    assert [c.rules for c in one] == [c.rules for c in other]
    assert [set(c.choices) for c in one] == [set(c.choices) for c in other]


def test_a_set_that_is_not_minimal_is_seen_to_be_none():
    rules = (BOOK.hard["L14"], BOOK.hard["E01"])
    chosen = (Choice("power", "frontline_teams"), Choice("relationship", "hierarchical"))
    assert is_minimal(chosen, rules[:1], CATALOGUE)
    assert not is_minimal(chosen, rules, CATALOGUE), "E01 is not needed"
    assert not is_minimal(chosen[:1], rules[:1], CATALOGUE), "nothing clashes"


def test_rules_that_leave_no_design_are_named():
    assert explain_rules(SPACE) == []
    options = ", ".join(CATALOGUE.variables["power"].options)
    text = f"""\
remit_rules: 1
rules:
- {{id: NOBODY, kind: normative, forbid: [{{v: power, in: [{options}]}}], why: none may decide, assumption: a}}
"""
    book, faults = add_local(BOOK, parse_document(text, "rules.yaml"), CATALOGUE)
    assert not faults
    assert explain_rules(Space(CATALOGUE, book)) == ["NOBODY"]


def test_two_main_options_of_one_setting_clash_without_any_rule():
    both = [Choice("power", "members"), Choice("power", "frontline_teams")]
    (clash,) = explain(both, SPACE)
    assert clash.choices == tuple(both)
    assert clash.rules == ()
    assert clash.is_proven


def test_a_main_option_cannot_be_absent():
    main, absent = Choice("who_involved", "volunteers"), Choice("who_involved", "volunteers", "has_not")
    assert is_possible(SPACE, [main])
    assert not is_possible(SPACE, [main, absent])


def test_what_is_absent_or_beside_the_main_option_can_clash_too():
    entry = Choice("eligibility", "budget_holders")
    unfunded = [Choice("funding_method", o, "has_not") for o in ("personal_budgets", "user_charges")]
    (clash,) = explain([entry, *unfunded], SPACE)
    assert {r.id for r in clash.rules} == {"L22"}
    assert set(clash.choices) == {entry, *unfunded}
    shares = [Choice("ownership", "public_body"), Choice("funding_method", "community_shares", "has")]
    assert [[r.id for r in c.rules] for c in explain(shares, SPACE)] == [["N08"]]


def test_a_choice_may_be_impossible_only_for_want_of_a_condition():
    needs_data = [Choice("data", "shared_with_partners")]
    assert is_possible(SPACE, needs_data)
    assert not is_possible(SPACE, needs_data, ())
    assert is_possible(SPACE, needs_data, ("data_access",))
    assert explain(needs_data, SPACE) == [], "a condition can be asked for: no clash"


def test_no_more_clashes_are_told_than_asked_for():
    chosen = choices_of(design("power=frontline_teams"), CATALOGUE, CATALOGUE.variables)
    assert explain(chosen, SPACE, 2) == explain(chosen, SPACE)[:2]
