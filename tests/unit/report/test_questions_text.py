from remit.ground.quantity import Quantity
from remit.questions.boxes import Box, Discovery, Limit
from remit.questions.drivers import Driver
from remit.questions.worth import Learned, Worth
from remit.report.questions_text import (
    box_words,
    condition_words,
    conditions_lines,
    conditions_table,
    drivers_lines,
    worth_lines,
    worth_table,
)
from remit.simulate.response_outcomes import RESPONSE

SPEED = Quantity("crews.speed_km_per_hour", 35.0, "m_per_minute", 29.0, 45.0, "triangular")
UNKNOWNS = {SPEED.name: SPEED}
INF = float("inf")
BOX = Box((Limit(SPEED.name, -INF, 33.0),), 0.6, 0.9, 0.3, 0.8, 0.95, 40, {SPEED.name: 0.95})
FOUND = Discovery((BOX,), 0.45, 100, 100, 3, "")


def test_conditions_are_said_with_their_unit_and_which_side():
    slow = condition_words(Limit(SPEED.name, -INF, 33.0), UNKNOWNS)
    assert slow == "crews: speed km per hour is at most 33 m per minute"
    assert "at least 30" in condition_words(Limit(SPEED.name, 30.0, INF), UNKNOWNS)
    assert "between 30 and 33" in condition_words(Limit(SPEED.name, 30.0, 33.0), UNKNOWNS)
    choice = condition_words(Limit("outcome.curve", -INF, INF, ("de_maio", "larsen")), {})
    assert choice == "which survival curve holds is de maio or larsen"


def test_a_box_is_a_sentence_with_how_sure_and_how_much_it_covers():
    said = box_words(BOX, "a", "b", UNKNOWNS)
    assert "a beats b when" in said
    assert "90 % of simulated years (80 to 95 %)" in said
    assert "covers 60 %" in said
    assert "30 % of futures" in said


def test_what_was_left_out_and_how_stable_it_is_are_said():
    said = "\n".join(conditions_lines("a", "b", RESPONSE.headline, 0.0, FOUND, 1.0, UNKNOWNS))
    assert "3 futures are left out" in said
    assert "95 %" in said
    assert len(conditions_table(FOUND, UNKNOWNS).rows) == 1


def test_a_preference_nobody_meets_names_the_most():
    none = Discovery((), 0.0, 100, 100, 0, "Nobody.")
    said = "\n".join(conditions_lines("a", "b", RESPONSE.headline, 5.0, none, 1.25, UNKNOWNS))
    assert "No future meets that; the most by which any future prefers it is 1.25 lives a year." in said


def test_a_driver_that_may_be_chance_says_so():
    driver = Driver(SPEED.name, 0.3, "about 31", 0.1, "about 40", 0.4, True, False)
    said = "\n".join(drivers_lines("a", [driver], RESPONSE.headline))
    assert "0 of 1 unknowns clearly move" in said
    assert "may be chance" in said
    assert "†" in said
    assert "too few futures" in drivers_lines("a", [], RESPONSE.headline)[0]


def test_worth_is_told_in_its_unit_and_only_clear_unknowns_are_named():
    learned = (
        Learned("a.b", 0.4, 0.2, 0.6, 0.5, 0.2, 0.01, True),
        Learned("c.d", 0.1, 0.0, 0.2, 0.1, 0.0, 0.9, False),
    )
    found = Worth("", "best", 0.8, 0.5, 1.1, 0.0, 0.3, learned, 100, 0, ())
    said = "\n".join(worth_lines(found, "lives a year", 0.5))
    assert "worth at most 0.8 lives a year (0.5 to 1.1" in said
    assert "Knowing a: b alone: 0.4 lives a year" in said
    assert "c: d" not in said
    assert "And at least 0.5 lives a year" in said
    few = Worth("Too few futures.", "best", float("nan"), 0, 0, 0, 0, (), 8, 0, ())
    assert worth_lines(few, "x", float("nan")) == ["Too few futures."], "no number is told that is not known"
    assert len(worth_table(found, "lives a year").rows) == 2
    assert worth_lines(Worth("Too few.", "", 0, 0, 0, 0, 0, (), 0, 0, ()), "x", 0.0) == ["Too few."]
