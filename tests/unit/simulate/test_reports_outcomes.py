from remit.simulate.reports_outcomes import REPORTS
from remit.simulate.response_outcomes import RESPONSE


def test_the_headline_is_the_share_put_right_in_time():
    assert REPORTS.headline.id == "fixed_share"
    assert REPORTS.headline.better == "up"
    assert REPORTS.luck == REPORTS.by_month == REPORTS.by_kind == "fixed_share"


def test_what_two_tables_share_means_the_same():
    shared = set(REPORTS.by_id) & set(RESPONSE.by_id)
    assert {"not_reached_share", "repeat_share", "busy_share", "cost_public", "unpaid_hours"} <= shared
    for name in shared:
        one, other = REPORTS.by_id[name], RESPONSE.by_id[name]
        assert (one.name, one.unit, one.better) == (other.name, other.unit, other.better)


def test_every_channel_has_its_reports_and_its_cost():
    for channel in ("phone", "online", "app"):
        assert f"contacts_{channel}" in REPORTS.by_id
        assert f"handling_{channel}" in REPORTS.by_id


def test_what_lies_left_of_no_difference_is_less_of_the_headline():
    assert REPORTS.words.sides == ("less put right in time", "more put right in time")


def test_a_stake_is_better_the_way_its_outcome_is_where_that_has_a_way():
    for party, outcome, better in REPORTS.words.parties:
        assert REPORTS.by_id[outcome].better in (better, "none"), party
