import math

import pytest

from remit.briefs.schema import SHAPES
from remit.briefs.vocabulary import FAMILIES, spec_of, stated_unit, vocabulary
from remit.ground.units import CANONICAL

SPECS = [spec for family in FAMILIES for spec in vocabulary(family).values()]
IDEAS = {  # of a caseload brief
    "demand",
    "clients",
    "client_days",
    "fate",
    "assess",
    "grant",
    "carers",
    "carer_days",
    "work",
    "provider",
    "platform",
    "find",
    "travel",
    "teams",
    "market",
    "price",
    "money",
    "meals",
    "neighbours",
    "uptake",
}


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
def test_a_number_has_a_meaning(spec):
    assert spec.meaning


def test_a_number_stands_in_a_section_of_the_brief():
    for family in FAMILIES:
        assert {p.split(".")[0] for p in vocabulary(family)} <= set(SHAPES[family].model_fields)
    assert {p.split(".")[0] for p in vocabulary("caseload")} == IDEAS


def test_a_number_of_three_parts_is_found_by_its_full_name():
    """Names of three parts have a star in the middle: the second part is looked up as one."""
    three = [s.pattern for s in SPECS if s.pattern.count(".") == 2]
    assert all(pattern.split(".")[1] == "*" for pattern in three)
    assert all(s.pattern.count(".") in (1, 2) for s in SPECS)


@pytest.mark.parametrize(
    ("family", "name", "unit"),
    [
        ("caseload", "clients.hours_per_week", "hour"),
        ("caseload", "grant.delay_weeks", "week"),
        ("caseload", "travel.km_per_hour", "km_per_hour"),
        ("caseload", "market.reach_km", "km"),
        ("caseload", "provider.mileage_gbp_per_km", "gbp_per_km"),
        ("caseload", "assess.per_week", "per_week"),
        ("response", "alert.speed_m_per_minute", "m_per_minute"),
        ("response", "kinds.*.incidence", "per_100k_per_year"),
        ("response", "curves.*.other_cpr", None),
    ],
)
def test_a_name_says_in_what_unit_its_number_is_stated(family, name, unit):
    found = stated_unit(vocabulary(family)[name])
    assert (found.name if found else None) == unit


def test_a_full_name_finds_its_pattern():
    assert spec_of("kinds.arrest.scene_minutes", "response").pattern == "kinds.*.scene_minutes"
    assert spec_of("crews.number", "response").pattern == "crews.number"


@pytest.mark.parametrize(
    "name", ["", "crews", "crews.colour", "kinds.scene_minutes", "kinds.a.b.scene_minutes"]
)
def test_a_name_that_is_none_finds_nothing(name):
    assert spec_of(name, "response") is None


def test_no_cap_is_for_ever():
    assert vocabulary("caseload")["teams.most_carers"].default == math.inf
    assert vocabulary("caseload")["teams.most_carers"].most == math.inf


def test_people_wait_for_ever_where_nothing_is_said():
    assert spec_of("kinds.a.patience_minutes", "response").default == math.inf


def test_every_family_shares_the_words_of_uptake():
    tables = [{p: s for p, s in vocabulary(f).items() if p.startswith("uptake.")} for f in FAMILIES]
    assert all(table == tables[0] for table in tables)
    assert tables[0]["uptake.on"].default == 0.0
    assert all(spec.default is not None for spec in tables[0].values()), "no brief need speak of it"
