import math

import pytest

from remit.briefs.vocabulary import spec_of
from remit.kernel.caseload.layout import PLATFORM, PROVIDER
from remit.mechanism.caseload.tables import (
    EMPLOYER_NAMES,
    EMPLOYERS,
    SCALARS,
    TURN,
    WITHOUT_END,
    WORLD,
    told,
)

DIMENSION_OF_TURN = {
    "hours": {"time"},
    "weeks": {"time"},
    "minutes": {"time"},
    "a week": {"rate"},
    "spread": {"factor"},
    "km an hour": {"speed"},
    "1 over km": {"length"},
    "at most": {"count"},
    "as it is": {"factor", "share", "count", "money_per_hour", "money_per_length"},
}
RULES = [*WORLD.values(), *SCALARS.values(), *((how, f"provider.{n}") for how, n in EMPLOYERS.values())]


def named(rule):
    return rule[1]


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_a_number_is_turned_as_its_dimension_asks(rule):
    how, name = rule
    assert spec_of(name, "caseload").dimension in DIMENSION_OF_TURN[how]


def test_every_turn_is_used():
    assert {how for how, _ in RULES} == set(TURN)


def test_no_number_feeds_two_columns_but_for_what_a_market_grants_by_itself():
    names = [name for _, name in RULES]
    assert {n for n in names if names.count(n) > 1} == {
        "grant.delay_weeks",
        "grant.step_hours",
        "grant.of_need",
    }


@pytest.mark.parametrize(
    ("how", "stated", "counted"),
    [
        ("as it is", 0.3, 0.3),
        ("minutes", 30.0, 30.0),
        ("hours", 90.0, 1.5),
        ("weeks", 3 * 10_080.0, 3.0),
        ("a week", 365.0, 7.0),
        ("km an hour", 500.0, 30.0),
        ("1 over km", 4000.0, 0.25),
        ("1 over km", math.inf, 0.0),
        ("at most", 12.0, 12.0),
        ("at most", math.inf, WITHOUT_END),
        ("spread", 0.0, 0.0),
        ("spread", math.sqrt(math.e - 1.0), 1.0),
    ],
)
def test_a_number_is_told_in_the_engines_unit(how, stated, counted):
    assert told((how, "head.name"), {"head.name": stated}) == pytest.approx(counted)


def test_employers_stand_where_the_engine_reads_them():
    assert (EMPLOYER_NAMES[PROVIDER], EMPLOYER_NAMES[PLATFORM]) == ("provider", "platform")
