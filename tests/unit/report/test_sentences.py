import math
from dataclasses import replace

import pytest

from answers import answer, compared, with_row
from remit.questions.drivers import Driver
from remit.report.sentences import gains_by_fifth, not_knowing, spoken, verdicts

TITLE = "Neighbours alerted"
NAN = math.nan


def told(cost=0.0, **headline):
    """An answer with one design whose headline and cost are made by hand."""
    row = compared(**headline)
    given = answer("neighbours")
    given = replace(given, rivals=(), drivers={"neighbours": ()})
    given = with_row(
        given,
        "neighbours",
        "survivors",
        **{
            n: getattr(row, n)
            for n in ("difference", "low", "high", "monte_carlo_error", "share_higher", "n_scenarios")
        },
    )
    return with_row(given, "neighbours", "cost_public", difference=cost, low=0.8 * cost, high=1.25 * cost)


def verdict(**changes):
    return verdicts(told(**changes))[0]


def test_a_settled_gain_says_how_much_and_how_sure():
    said = verdict(cost=163_400.0)
    assert said == (
        f"{TITLE} saves about 2.00 lives a year against today (+1.00 to +3.00 in nine futures in ten), "
        "for about £160,000 (£130,000 to £200,000) a year more."
    )


def test_a_settled_loss_says_so():
    said = verdict(difference=-2.0, low=-3.0, high=-1.0, cost=-5_000.0)
    assert said == (
        f"{TITLE} costs about 2.00 lives a year against today (−3.00 to −1.00 in nine futures in ten), "
        "for about £5,000 (£4,000 to £6,200) a year less."
    )


def test_what_is_not_settled_cannot_be_told_apart():
    said = verdict(low=-1.0, high=3.0, share_higher=0.65)
    assert "cannot be told apart from today" in said
    assert "−1.00 to +3.00 in nine futures in ten" in said
    assert "better in 65 % of futures" in said
    assert said.endswith(", at no extra public cost.")
    assert "saves" not in said


@pytest.mark.parametrize(("low", "high"), [(0.0, 3.0), (-3.0, 0.0)])
def test_an_end_at_nothing_is_not_settled(low, high):
    assert "cannot be told apart" in verdict(low=low, high=high)


def test_what_is_too_small_to_see_is_not_called_nothing():
    said = verdict(difference=0.01, low=-0.02, high=0.04, monte_carlo_error=0.02)
    assert "more replicates would be needed" in said
    assert "computing error 0.02" in said
    assert "saves" not in said


def test_designs_alike_change_nothing():
    said = verdict(difference=0.0, low=0.0, high=0.0, monte_carlo_error=0.0, share_higher=0.0)
    assert said.startswith(f"{TITLE} changes nothing in survival, at no extra public cost.")
    assert "Technology: matching platform. Nothing here: " in said, "and why"


def test_a_gain_in_few_futures_is_not_called_nothing():
    # three futures in a hundred gain five lives each: the middle nine in ten show none
    said = verdict(difference=0.15, low=0.0, high=0.0, monte_carlo_error=0.01, share_higher=0.03)
    assert "changes nothing" not in said


def test_one_replicate_says_that_the_error_is_not_known():
    said = verdict(monte_carlo_error=NAN)
    assert "nan" not in said
    assert "differs so little" not in said, "a gain of two lives a year is not little"


def test_a_design_that_never_finished_is_not_said_to_differ_little():
    said = verdict(difference=NAN, low=NAN, high=NAN, monte_carlo_error=NAN, share_higher=NAN, cost=NAN)
    assert "differs so little" not in said
    assert "less" not in said
    assert "nan" not in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "“Neighbours alerted” saves more lives than “As much for crews” (+1.00 to +3.00"),
        ({"difference": -2.0, "low": -3.0, "high": -1.0}, "“As much for crews” saves more lives than “Nei"),
        ({"low": -1.0}, "“Neighbours alerted” and “As much for crews” cannot be told apart (−1.00"),
        ({"monte_carlo_error": 5.0}, "cannot be told apart"),
    ],
)
def test_rivals_for_the_same_money_are_compared_with_each_other(changes, said):
    rival = compared(group=("rival", "same_money"), **changes)
    sentences = verdicts(replace(answer(), rivals=(rival,)))
    assert len(sentences) == 3 + 1 + 1
    assert sentences[3].startswith("For the same expected money, ")
    assert said in sentences[3]


def drivers(*clear):
    return tuple(Driver(n, 0.9, "", 0.0, "", 1.0, n.endswith("_cv"), True) for n in clear)


def test_what_moves_the_differences_is_named_three_at_most():
    names = ("crews.number", "kinds.arrest.call_cv", "alert.see_share", "alert.radius_m")
    said = verdicts(replace(told(), drivers={"neighbours": drivers(*names)}))[-1]
    assert said.startswith(
        "What moves these differences most: crews: number, arrest: call cv (assumed), alert: see share."
    )
    assert "radius" not in said


def test_where_nothing_stands_out_it_says_so():
    unclear = Driver("crews.number", 0.3, "", 0.0, "", 1.0, False, False)
    said = verdicts(replace(told(), drivers={"neighbours": (unclear,)}))[-1]
    assert said == "No single unknown stands out clearly as what moves these differences in 4 futures."


def test_today_alone_is_compared_with_nothing():
    alone = answer("today")
    assert len(verdicts(alone)) <= 1
    assert len(not_knowing(alone)) == 3


def test_three_kinds_of_not_knowing_are_kept_apart():
    given = with_row(answer("neighbours"), "neighbours", "survivors", monte_carlo_error=0.0123)
    given = with_row(given, "today", "survivors_drawn", year_luck=3.21)
    names, words = zip(*not_knowing(given), strict=True)
    assert len(set(names)) == 3
    assert "4 futures" in words[0]
    assert "0.012 lives a year" in words[1]
    assert given.stopped in words[1]
    assert "about 3.2 lives either way" in words[2]


def test_what_one_replicate_cannot_tell_is_said_in_words():
    once = answer("neighbours", n_replicates=1)
    said = " ".join([*verdicts(once), *(words for _, words in not_knowing(once))])
    assert "nan" not in said


def test_who_gains_is_told_by_fifth():
    said = gains_by_fifth(answer(), "neighbours")
    assert said.startswith("Neighbours alerted: ")
    assert "in the most deprived fifth" in said
    assert said.endswith("in the least.")
    assert gains_by_fifth(replace(answer(), by_fifth=()), "neighbours") == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("crews.number", "crews: number"),
        ("outcome.curve", "which survival curve holds"),
        ("alone", "alone"),
        ("effects.who_involved.charities.alert.pool_factor", "effect of who involved on alert pool factor"),
        ("effects.skills.level.kinds.*.scene_minutes", "effect of skills on kinds scene minutes"),
    ],
)
def test_names_are_spoken(name, words):
    assert spoken(name) == words
