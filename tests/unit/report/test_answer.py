from dataclasses import replace

import pytest

from answers import answer
from remit.questions.drivers import Driver


def driver(*, is_assumption=True, is_clear=True):
    return Driver("x", 0.9, "low", 0.0, "high", 1.0, is_assumption, is_clear)


PUBLISHED = {"neighbours": (driver(is_assumption=False),)}


def bare(**changes):
    """An answer in which what moves every difference of ``neighbours`` is published, but for the changes."""
    empty = {d: () for d in answer().designs}
    given = {"drivers": PUBLISHED, "cost_drivers": PUBLISHED, "assumed": empty, "assumed_costs": empty}
    return replace(answer(), **given | changes)


def test_a_row_is_found_by_design_and_outcome():
    row = answer().row("neighbours", "cost_public")
    assert (row.design, row.outcome, row.group) == ("neighbours", "cost_public", ("all", ""))


def test_a_fifth_is_found_or_is_nothing():
    row = answer().fifth("today", "survivors", "own_fifth", "5")
    assert (row.design, row.outcome, row.group) == ("today", "survivors", ("own_fifth", "5"))
    assert answer().fifth("today", "cost_public", "own_fifth", "5") is None
    assert answer().fifth("today", "survivors", "own_fifth", "6") is None


@pytest.mark.parametrize(
    ("changes", "lives", "cost"),
    [
        ({}, False, False),
        ({"assumed": {"neighbours": ("x",)}}, True, False),
        ({"assumed_costs": {"neighbours": ("x",)}}, False, True),
        ({"assumed": {"one_more": ("x",)}}, False, False),
        ({"drivers": {"neighbours": (driver(),)}}, True, False),
        ({"cost_drivers": {"neighbours": (driver(),)}}, False, True),
        ({"drivers": {"neighbours": (*PUBLISHED["neighbours"], driver(is_clear=False))}}, False, False),
        ({"drivers": {"neighbours": (driver(is_assumption=False, is_clear=False),)}}, True, False),
        ({"drivers": {}}, True, False),
        ({"cost_drivers": {}}, False, True),
    ],
)
def test_the_mark_is_left_out_only_where_what_moves_the_difference_is_published(changes, lives, cost):
    told = bare(**changes)
    assert told.rests_on_assumption("neighbours", "survivors") is lives
    assert told.rests_on_assumption("neighbours", "response_mean") is lives
    assert told.rests_on_assumption("neighbours", "cost_public") is cost


def test_nothing_rests_on_an_assumption_where_none_is_made():
    told = bare(drivers={})
    numbers = {n: replace(q, source="survey", assumption="") for n, q in told.brief.numbers.items()}
    told = replace(told, brief=replace(told.brief, numbers=numbers))
    assert not told.rests_on_assumption("neighbours", "survivors")


def test_what_volunteers_do_rests_on_assumptions_in_a_true_answer():
    assert answer().rests_on_assumption("neighbours", "survivors")
    assert answer().rests_on_assumption("neighbours", "cost_public")
