from remit.simulate.response_outcomes import RESPONSE


def test_the_headline_is_survivors_and_its_difference_counts_lives():
    assert RESPONSE.headline.id == "survivors"
    assert RESPONSE.headline.better == "up"
    assert RESPONSE.headline.difference_of == "lives"


def test_luck_is_told_by_deaths_drawn_one_by_one():
    assert RESPONSE.luck == "survivors_drawn"
    assert not RESPONSE.by_id[RESPONSE.luck].by_group


def test_what_lies_left_of_no_difference_is_less_of_the_headline():
    assert RESPONSE.words.sides == ("fewer survive", "more survive")


def test_urgent_response_is_told_by_month_and_by_kind():
    assert RESPONSE.by_month == RESPONSE.by_kind == "response_mean"


def test_those_whom_an_alert_asks_and_those_who_pay_have_a_stake():
    stakes = {outcome for _, outcome, _ in RESPONSE.words.parties}
    assert {"survivors", "unpaid_hours", "cost_public", "busy_share"} <= stakes


def test_a_stake_is_better_the_way_its_outcome_is_where_that_has_a_way():
    for party, outcome, better in RESPONSE.words.parties:
        assert RESPONSE.by_id[outcome].better in (better, "none"), party
