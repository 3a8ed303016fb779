import pytest

from remit.ground.units import CANONICAL, MONEY, PLURALS, UNITS, find_unit, nearest_unit


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_goes_to_canonical_and_back(name):
    unit = UNITS[name]
    canonical = UNITS[CANONICAL[unit.dimension]]
    assert canonical.factor == 1.0
    assert canonical.dimension == unit.dimension
    assert 7.3 * unit.factor / canonical.factor / unit.factor == pytest.approx(7.3, rel=1e-15)


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_is_found_by_its_name(name):
    assert find_unit(name) is UNITS[name]


def test_a_plural_of_time_or_distance_will_do():
    assert all(find_unit(plural) is UNITS[name] for plural, name in PLURALS.items())


@pytest.mark.parametrize("name", ["", "per wk", "Minute", "kms", "per_min"])
def test_no_other_name_will_do(name):
    assert find_unit(name) is None


@pytest.mark.parametrize(
    ("much", "unit", "same", "other"),
    [
        (1, "hour", 3600, "second"),
        (1, "year", 365, "day"),
        (12, "month", 1, "year"),
        (1, "km", 1000, "m"),
        (1, "mile", 1609.344, "m"),
        (1, "km2", 100, "ha"),
        (36, "km_per_hour", 10, "m_per_s"),
        (1, "mph", 1.609344, "km_per_hour"),
        (50, "percent", 0.5, "share"),
        (1, "per_1000_per_year", 100, "per_100k_per_year"),
        (1, "per_person_per_year", 1000, "per_1000_per_year"),
        (7, "per_week", 1, "per_day"),
        (1, "per_day", 365, "per_year"),
        (1, "gbp_million", 1000, "gbp_thousand"),
        (1, "gbp_million_per_year", 1_000_000, "gbp_per_year"),
        (2, "percent_per_minute", 0.02, "share_per_minute"),
    ],
)
def test_the_same_amount_in_two_units(much, unit, same, other):
    assert UNITS[unit].dimension == UNITS[other].dimension
    assert much * UNITS[unit].factor == pytest.approx(same * UNITS[other].factor, rel=1e-12)


def test_the_canonical_unit_is_the_first_of_its_dimension_with_factor_one():
    first = {}
    for unit in UNITS.values():
        if unit.factor == 1.0:
            first.setdefault(unit.dimension, unit.name)
    assert first == CANONICAL


def test_money_is_every_unit_in_pounds():
    assert {name for name in UNITS if name.startswith("gbp")} == MONEY


def test_every_unit_can_be_said_in_words():
    assert all(unit.words for unit in UNITS.values())


def test_a_near_name_is_advised_with_blanks_read_as_underscores():
    assert '"per_week"' in nearest_unit("per week")


def test_a_rate_without_time_is_told_what_it_lacks():
    assert "unit of time" in nearest_unit("per zzzzzzzzzzzzzzzz")


def test_a_unit_of_another_kind_is_told_those_that_would_do():
    assert nearest_unit("km", "area") == "Use one of: km2, ha."
