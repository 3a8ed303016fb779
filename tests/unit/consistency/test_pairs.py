from design_spaces import SPACE, draft_space
from remit.consistency.explain import is_possible
from remit.consistency.pairs import impossible_pairs
from remit.consistency.space import Choice


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
