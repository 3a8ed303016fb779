import math

import numpy as np
import pytest

from commons_plans import make_projects, run_projects
from remit.kernel.commons.campaign_layout import Log

SHARES = {"SHARES_ON": 1.0, "SHARES_LEAST": 0.0, "SHARE_CROWD": 10.0, "DELIVER": 1.0}
MATCH = {"MATCH_ON": 1.0, "POT": 1e9, "MATCH_MOST": 1e9, "THRESHOLD": 0.25}


def by_idea(rows: np.ndarray) -> dict[int, tuple[int, int]]:
    return {int(idea): (int(week), int(pounds)) for week, _, idea, pounds in rows}


def share_met(**scalars: float) -> float:
    ran = run_projects(make_projects(**scalars))
    return ran.count("SUCCEEDED") / ran.count("STARTED")


def test_campaigns_begin_after_their_lead_and_end_after_their_weeks():
    ran = run_projects(make_projects(LEAD=4.0, WEEKS=7.0))
    born, begins = by_idea(ran.rows(Log.BORN)), by_idea(ran.rows(Log.BEGINS))
    ends = by_idea(ran.rows(Log.SUCCEEDS)) | by_idea(ran.rows(Log.FAILS))
    assert begins
    assert all(week == born[idea][0] + 4 for idea, (week, _) in begins.items())
    assert all(week == begins[idea][0] + 6 for idea, (week, _) in ends.items())
    assert begins.keys() == ends.keys()


def test_the_goal_carries_the_fee_and_decides():
    ran = run_projects(make_projects(FEE=0.2))
    cost, goal = by_idea(ran.rows(Log.BORN)), by_idea(ran.rows(Log.BEGINS))
    assert all(goal[idea][1] == pytest.approx(cost[idea][1] / 0.8, abs=1.2) for idea in goal)
    assert all(raised >= goal[idea][1] - 1 for idea, (_, raised) in by_idea(ran.rows(Log.SUCCEEDS)).items())
    assert all(raised <= goal[idea][1] + 1 for idea, (_, raised) in by_idea(ran.rows(Log.FAILS)).items())
    assert ran.count("ASKED") == pytest.approx(sum(pounds for _, pounds in goal.values()), abs=len(goal))


@pytest.mark.parametrize("on", [{}, MATCH, {"KEEP": 1.0}, MATCH | {"KEEP": 1.0}])
def test_money_in_is_money_out(on):
    ran = run_projects(make_projects(**on, DELIVER=1.0, FEE=0.05))
    goal = by_idea(ran.rows(Log.BEGINS))
    over = sum(raised - goal[idea][1] for idea, (_, raised) in by_idea(ran.rows(Log.SUCCEEDS)).items())
    came_in = ran.count("COLLECTED") + ran.count("MATCH")
    went_out = ran.count("WORTH") + ran.count("FEES") + 0.95 * over
    assert came_in == pytest.approx(went_out, abs=ran.count("STARTED"))
    assert ran.count("FEES") == pytest.approx(0.05 * came_in)


def test_nothing_is_taken_beyond_what_a_campaign_may_raise():
    ran = run_projects(make_projects(OVER=1.2, CROWD=200.0, GIFT_SIGMA=0.0))
    goal = by_idea(ran.rows(Log.BEGINS))
    raised = by_idea(ran.rows(Log.SUCCEEDS))
    assert raised
    assert all(pounds <= 1.2 * goal[idea][1] + 45 + 1 for idea, (_, pounds) in raised.items())
    assert any(pounds > 1.2 * goal[idea][1] for idea, (_, pounds) in raised.items())


def test_momentum_surge_crowd_and_friends_help():
    base = {"MOMENTUM": 0.0, "SURGE": 1.0}
    assert share_met(**base) < min(share_met(MOMENTUM=2.0, SURGE=1.0), share_met(MOMENTUM=0.0, SURGE=4.0))
    assert share_met(FRIENDS=0.0) < share_met() < share_met(FRIENDS=0.4)
    assert share_met(CROWD=2.0) < share_met()


def test_reach_and_the_network_factor_decide_where_projects_are_made():
    plan = make_projects(DELIVER=1.0)
    plan.reach[:] = [0.3, 1.0, 3.0]
    zones = run_projects(plan, 300).tape.zones[0, :, 0]
    assert zones[0] < zones[1] < zones[2]
    plan = make_projects(DELIVER=1.0)
    plan.network_factor[:] = [0.2, 0.6, 1.0, 1.4, 1.8]
    made = run_projects(plan, 300).tape.counts[0, :, 10]
    assert made[0] < made[2] < made[4]


def test_givers_come_by_their_shares_and_give_by_their_means():
    plan = make_projects()
    plan.givers[:] = np.cumsum([0.1, 0.1, 0.2, 0.2, 0.4])
    plan.gift_factor[:] = [0.5, 0.75, 1.0, 1.25, 1.5]
    gifts = run_projects(plan, 300).tape.gifts[0]
    assert gifts[:, 0] / gifts[:, 0].sum() == pytest.approx([0.1, 0.1, 0.2, 0.2, 0.4], abs=0.01)
    assert gifts[:, 1] / gifts[:, 0] / 45.0 == pytest.approx(plan.gift_factor, rel=0.06)


def test_sizes_are_told_by_quarter_doublings():
    for size, place in ((2.0, 4), (64.0, 24), (50.0, math.floor(4 * math.log2(50.0)))):
        tape = run_projects(make_projects(GIFT_MEAN=size, GIFT_SIGMA=0.0, CROWD=200.0)).tape
        assert np.flatnonzero(tape.sizes[0, :, 0]).tolist() == [place]
        assert tape.sizes[0, place, 1] == size * tape.sizes[0, place, 0]
    assert np.flatnonzero(
        run_projects(make_projects(GIFT_MEAN=0.5, GIFT_SIGMA=0.0, GIFT_LEAST=0.1, CROWD=9e3)).tape.sizes[
            0, :, 0
        ]
    ).tolist() == [0]


def test_a_match_is_set_aside_at_the_threshold_and_paid_to_what_succeeds():
    ran = run_projects(make_projects(**MATCH))
    goal, aside = by_idea(ran.rows(Log.BEGINS)), by_idea(ran.rows(Log.SET_ASIDE))
    assert all(pounds == pytest.approx(0.4 * goal[idea][1], abs=1) for idea, (_, pounds) in aside.items())
    paid = [aside[idea][1] for idea in by_idea(ran.rows(Log.SUCCEEDS)) if idea in aside]
    assert ran.count("MATCH") == pytest.approx(sum(paid), abs=len(paid))
    assert share_met(**MATCH) > share_met()
    assert share_met(**MATCH, OVER=9.0) > share_met(
        **MATCH | {"MATCH_RESPONSE": 0.0, "MATCH_SIZE": 0.0}, OVER=9.0
    )


def test_a_match_is_at_most_what_it_may_be_and_none_where_none_is_offered():
    assert run_projects(make_projects(**MATCH | {"MATCH_MOST": 700.0})).rows(Log.SET_ASIDE)[:, 3].max() == 700
    plan = make_projects(**MATCH)
    plan.match_share[:] = [0.5, 0.0, 0.0, 0.0, 0.0]
    by_fifth = run_projects(plan).tape.counts[0, :, 15]
    assert by_fifth[0] > 0
    assert not by_fifth[1:].any()
    assert not len(run_projects(make_projects(**MATCH | {"POT": 0.0})).rows(Log.SET_ASIDE))


def test_a_match_of_a_failed_campaign_goes_back_to_the_pot():
    pot = 6000.0
    weak = {"FRIENDS": 0.05, "CROWD": 1.0, "THRESHOLD": 0.1}
    ran = run_projects(make_projects(**MATCH | weak | {"POT": pot}), 52)
    assert ran.rows(Log.SET_ASIDE)[:, 3].sum() > 2.0 * pot  # more than the pot held: much had come back
    assert 0.0 < ran.count("MATCH") <= pot


def test_smaller_projects_keep_what_was_raised():
    keeps = run_projects(make_projects(KEEP=1.0, KEEP_LEAST=0.3))
    goal = by_idea(keeps.rows(Log.BEGINS))
    smaller = by_idea(keeps.rows(Log.SMALLER))
    assert keeps.count("SMALLER") == len(smaller) > 0
    assert all(
        0.3 * goal[idea][1] - 1 <= pounds <= goal[idea][1] + 1 for idea, (_, pounds) in smaller.items()
    )
    assert run_projects(make_projects(KEEP=0.0)).count("SMALLER") == 0


def test_an_offer_needs_its_minimum_and_its_members():
    ran = run_projects(make_projects(**SHARES, MINIMUM=0.6, SHARE_MEMBERS=0.0))
    goal = by_idea(ran.rows(Log.BEGINS))
    for idea, (_, pounds) in by_idea(ran.rows(Log.OFFER_SUCCEEDS)).items():
        assert pounds >= 0.6 * goal[idea][1] - 1
    assert ran.count("SUCCEEDED") == len(ran.rows(Log.OFFER_SUCCEEDS)) > 0
    assert run_projects(make_projects(**SHARES, SHARE_MEMBERS=1e6)).count("SUCCEEDED") == 0
    assert ran.count("FEES") == ran.count("COLLECTED") == ran.count("SMALLER") == 0


def test_a_booster_adds_to_shares_as_far_as_the_pot_holds():
    plain = run_projects(make_projects(**SHARES, OVER=0.7))
    rich = run_projects(make_projects(**SHARES, OVER=0.7, BOOSTER=0.5, POT=1e9, BOOSTER_MOST=1e9))
    assert rich.count("SHARES") == plain.count("SHARES")
    assert rich.count("BOOSTER") == pytest.approx(0.5 * plain.count("SHARES"))
    assert plain.count("WORTH") < rich.count("WORTH") <= rich.count("SHARES") + rich.count("BOOSTER")
    assert plain.count("WORTH") <= plain.count("SHARES")
    poor = run_projects(make_projects(**SHARES, BOOSTER=0.5, POT=1000.0))
    assert poor.count("BOOSTER") == 2000.0
