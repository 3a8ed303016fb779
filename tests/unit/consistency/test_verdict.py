from design_spaces import BOOK, CATALOGUE, TYPICALLY_GRANTED, design, typical
from remit.consistency.rules import soften
from remit.consistency.verdict import check
from remit.ground.document import parse_document

TODAY = typical().today


def verdict(text, book=BOOK, met=TYPICALLY_GRANTED):
    return check(design(text), TODAY, book, met, CATALOGUE)


def test_a_typical_service_holds_together_and_is_open():
    told = check(TODAY, TODAY, BOOK, TYPICALLY_GRANTED, CATALOGUE)
    assert told.is_open
    assert told.broken == told.missing == ()


def test_a_broken_rule_names_the_settings_that_break_it():
    told = verdict("power=frontline_teams")
    assert [f.rule.id for f in told.broken] == ["L14", "E01", "E02", "E03"]
    assert told.broken[0].settings == ("Power: frontline teams", "Relationship: hierarchical")
    assert not told.is_consistent
    assert not told.is_open


def test_a_softened_rule_is_a_warning():
    book, _ = soften(BOOK, ["E01"], parse_document("a: 1", "t"), ("soften",))
    told = verdict("power=frontline_teams", book)
    assert [f.rule.id for f in told.softened] == ["E01"]
    assert "E01" not in [f.rule.id for f in told.broken]


def test_consistent_is_not_open_where_a_condition_is_missing():
    told = verdict("technology=integrated_digital")
    assert told.is_consistent
    assert not told.is_open
    assert [c.id for c in told.missing] == ["digital_foundations"]
    granted = verdict("technology=integrated_digital", met=("digital_foundations",))
    assert granted.is_open
    assert [c.id for c in granted.granted] == ["digital_foundations"]


def test_a_condition_of_change_is_needed_by_what_moves_and_not_by_where_it_stands():
    moved = "ownership=arms_length_company, public_role=commissioner, relationship=centralised"
    assert [c.id for c in verdict(moved).missing] == ["transition_money"]
    there = design(moved)
    assert check(there, there, BOOK, TYPICALLY_GRANTED, CATALOGUE).missing == ()


def test_each_setting_behind_a_rule_is_named_once():
    told = verdict("funding_method=matched_crowdfunding, process=project_pitch")
    (finding,) = (f for f in told.broken if f.rule.id == "L42")
    assert len(finding.rule.forbid) == 3
    assert [s.split(":")[0] for s in finding.settings] == ["Funding method", "Public sector role"]


def test_a_warning_leaves_a_design_consistent():
    told = verdict("channels=digital_first")
    assert "T_DIGITAL_FIRST_NEED" in [f.rule.id for f in told.tensions]
    assert told.is_consistent
