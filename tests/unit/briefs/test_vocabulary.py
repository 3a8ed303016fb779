import math

import pytest

from remit.briefs.parse import SECTIONS
from remit.briefs.vocabulary import FAMILIES, spec_of, vocabulary
from remit.ground.units import CANONICAL

SPECS = [spec for family in FAMILIES for spec in vocabulary(family).values()]


@pytest.mark.parametrize("spec", SPECS, ids=lambda s: s.pattern)
def test_a_number_has_a_dimension_that_units_have(spec):
    assert spec.dimension == "any" or spec.dimension in CANONICAL


@pytest.mark.parametrize("spec", SPECS, ids=lambda s: s.pattern)
def test_bounds_hold_the_default(spec):
    assert spec.least < spec.most
    assert spec.default is None or spec.default == math.inf or spec.least <= spec.default <= spec.most


@pytest.mark.parametrize("spec", SPECS, ids=lambda s: s.pattern)
def test_a_share_lies_between_nought_and_one(spec):
    if spec.dimension == "share":
        assert spec.least >= 0.0
        assert spec.most <= 1.0


@pytest.mark.parametrize("spec", SPECS, ids=lambda s: s.pattern)
def test_a_number_stands_in_a_section_of_the_brief_and_has_a_meaning(spec):
    assert spec.pattern.split(".")[0] in (*SECTIONS, "kinds", "curves")
    assert spec.meaning


def test_a_full_name_finds_its_pattern():
    assert spec_of("kinds.arrest.scene_minutes", "response").pattern == "kinds.*.scene_minutes"
    assert spec_of("crews.number", "response").pattern == "crews.number"


@pytest.mark.parametrize(
    "name", ["", "crews", "crews.colour", "kinds.scene_minutes", "kinds.a.b.scene_minutes"]
)
def test_a_name_that_is_none_finds_nothing(name):
    assert spec_of(name, "response") is None


def test_people_wait_for_ever_where_nothing_is_said():
    assert spec_of("kinds.a.patience_minutes", "response").default == math.inf
