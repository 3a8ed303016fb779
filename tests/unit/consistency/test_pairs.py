from design_spaces import CATALOGUE, SPACE, draft_space
from remit.consistency.explain import explain, is_possible
from remit.consistency.pairs import impossible_pairs
from remit.consistency.space import Choice, values_of


def test_the_drafts_impossible_pairs_are_reached_from_the_drafts_rules():
    told = impossible_pairs(draft_space())
    assert (told.n_impossible, told.n_pairs) == (277, 11_884)


def test_a_pair_is_impossible_just_where_no_design_has_both():
    told = impossible_pairs(SPACE)
    pairs = told.impossible["relationship", "power"]
    assert ("hierarchical", "frontline_teams") in pairs
    for one, other in pairs:
        assert not is_possible(SPACE, [Choice("relationship", one), Choice("power", other)])
    assert told.impossible["time", "money"] == ()


def test_every_option_and_band_can_stand_beside_something_of_every_other_variable():
    told = impossible_pairs(SPACE).impossible
    for (one, other), pairs in told.items():
        for a in values_of(CATALOGUE.variables[one]):
            assert {b for x, b in pairs if x == a} < set(values_of(CATALOGUE.variables[other]))


def test_pairs_that_only_several_rules_together_rule_out_are_found_too():
    found = impossible_pairs(SPACE).impossible["employment_terms", "who_involved"]
    assert ("member_worker", "public_staff") in found
    chosen = [Choice("employment_terms", "member_worker"), Choice("who_involved", "public_staff")]
    assert [[r.id for r in c.rules] for c in explain(chosen, SPACE)] == [["L05", "L06"]]


def test_pairs_of_the_catalogue_are_the_same_when_asked_twice():
    assert impossible_pairs(SPACE) == impossible_pairs(SPACE)
