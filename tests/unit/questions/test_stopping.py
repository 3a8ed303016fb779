import numpy as np
import pytest

from remit.ensemble.results import Results
from remit.ground.faults import Faults
from remit.questions.stopping import parse_stop_rule, try_out

MONTHS = 6


def results(response, lives, back):
    """Futures x courses: the way's response from month 2 on, its lives, lives if handed back; today's are 8 and 12."""
    shape = np.asarray(lives, float).shape
    groups = (("all", ""), *(("month", str(m + 1)) for m in range(MONTHS)))
    columns = ("lives", "survivors", "response_mean")
    values = np.full((3, *shape, len(groups), len(columns)), 12.0)
    values[..., 2] = 8.0
    values[1, :, :, 2:, 2] = np.asarray(response, float)[:, :, None]
    values[1, :, :, 0, 0] = lives
    values[2, :, :, 0, 0] = back
    return Results(("today", "way", "back"), groups, columns, values, np.zeros((3, 1)), ())


def trial(given, text="response_mean>9@4"):
    return try_out(given, "way", "back", parse_stop_rule(text), 1, 6)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "response_mean",
        "response_mean>9",
        "9>response_mean@3",
        "response_mean>@3",
        "cost_public>9@3",
        "respnse_mean>9@3",
    ],
)
def test_a_rule_that_is_not_written_so_is_refused_with_an_example_or_the_nearest(text):
    with pytest.raises(Faults) as raised:
        parse_stop_rule(text)
    assert "@" in str(raised.value) or "Did you mean" in str(raised.value) or "Known" in str(raised.value)


def test_a_rule_reads_as_a_sentence():
    assert (
        str(parse_stop_rule("survival < today-0.01 @ 9"))
        == "hand back if survival is below today -0.01 before month 9"
    )


def test_it_fires_on_what_could_be_seen_and_is_judged_on_the_whole_course():
    #        fires, rightly   fires, wrongly   silent, missed   silent, rightly
    given = results([[10, 10], [8, 8]], [[10, 14], [10, 14]], [[12, 12], [12, 12]])
    told = trial(given)
    assert told.share_fired == 0.5
    assert told.share_right == 0.5
    assert told.share_missed == 0.5
    assert told.n_courses == 4
    assert told.with_rule == pytest.approx((0 + 0 - 2 + 2) / 4)
    assert told.without_rule == pytest.approx(0.0)
    assert told.always_back == pytest.approx(0.0)


def test_against_today_it_compares_with_this_futures_own_record():
    given = results([[10, 8.4]], [[10, 10]], [[12, 12]])
    assert trial(given, "response_mean>today+0.5@4").share_fired == 0.5
    assert trial(given, "response_mean>today@4").share_fired == 1.0


def test_a_rule_that_never_fires_changes_nothing():
    given = results([[8, 8]], [[10, 14]], [[12, 12]])
    told = trial(given)
    assert told.share_fired == 0.0
    assert np.isnan(told.share_right)
    assert told.with_rule == told.without_rule
