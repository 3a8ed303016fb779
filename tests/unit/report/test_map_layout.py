import math
from itertools import combinations

import pytest

from remit.consistency.ideas import archetype_mains
from remit.report.map_layout import apart, nearest_ties, places
from standing import typical


def designs(*words):
    """Designs of one letter a setting."""
    return [dict(enumerate(w)) for w in words]


def gaps(found):
    return [math.dist(a, b) for a, b in combinations(found, 2)]


def test_designs_lie_as_far_apart_as_settings_differ():
    assert gaps(places(designs("aaa", "aab"))) == pytest.approx([1.0])
    assert gaps(places(designs("aaaa", "bbbb"))) == pytest.approx([4.0])
    assert gaps(places(designs("aax", "bbx", "ccx"))) == pytest.approx([2.0, 2.0, 2.0])


def test_the_same_design_twice_lies_in_one_place():
    found = places(designs("abc", "abc", "xyz"))
    assert found[0] == pytest.approx(found[1], abs=1e-6)
    assert math.dist(found[0], found[2]) == pytest.approx(3.0)


@pytest.mark.parametrize("words", [(), ("abc",), ("abc", "abc")])
def test_few_designs_or_the_same_lie_in_the_middle(words):
    found = places(designs(*words))
    assert len(found) == len(words)
    assert all(p == pytest.approx((0.0, 0.0), abs=1e-6) for p in found)


def test_the_farthest_design_lies_to_the_right_and_above():
    mains = list(archetype_mains(typical().space()).values())
    for n in range(3, len(mains) + 1):
        for axis in zip(*places(mains[:n]), strict=True):
            assert max(axis) >= -min(axis) - 1e-9
            assert sum(axis) == pytest.approx(0.0, abs=1e-9)


def test_near_and_far_on_the_map_of_archetypes_follow_what_differs():
    mains = list(archetype_mains(typical().space()).values())
    found = places(mains)
    pairs = list(combinations(range(len(mains)), 2))
    drawn = [math.dist(found[i], found[j]) for i, j in pairs]
    counted = [apart(mains[i], mains[j]) for i, j in pairs]
    agree = sum(
        (d1 - d2) * (c1 - c2) > 0
        for (d1, c1), (d2, c2) in combinations(zip(drawn, counted, strict=True), 2)
        if c1 != c2
    )
    assert agree > 0.6 * sum(c1 != c2 for c1, c2 in combinations(counted, 2))


def test_the_same_designs_lie_in_the_same_places():
    mains = list(archetype_mains(typical().space()).values())
    assert places(mains) == places(mains)


def test_each_design_is_tied_to_its_nearest_and_each_tie_is_told_once():
    #            0      1      2      3
    ties = nearest_ties(designs("aaaa", "aaab", "bbbb", "bbbc"))
    assert ties == [(0, 1, 1), (2, 3, 1)]
    assert nearest_ties(designs("aaaa", "aaab", "aabb")) == [(0, 1, 1), (1, 2, 1)]


def test_a_design_alone_is_tied_to_nothing():
    assert nearest_ties(designs("abc")) == []
    assert nearest_ties([]) == []
