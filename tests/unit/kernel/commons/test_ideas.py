import numpy as np
import pytest

from commons_plans import make_projects, run_projects
from remit.kernel.commons.campaign_layout import CAMPAIGN, OFFER, PANEL, Count, Log
from remit.kernel.commons.ideas import NO_ROUTE, route_of


def test_ideas_are_born_at_their_rate_in_every_week():
    born = run_projects(make_projects(IDEAS=20.0)).rows(Log.BORN)
    assert len(born) == pytest.approx(2080, abs=4 * 2080**0.5)
    assert np.bincount(born[:, 0], minlength=104).var() == pytest.approx(20.0, rel=0.6)
    assert born[:, 2].tolist() == list(range(len(born)))


def test_cells_share_ideas_by_their_weights():
    cells = np.array([0.0, 1, 0, 0, 3, 0, 0, 4, 0, 0])
    tape = run_projects(make_projects(zones=2, cells=cells, CROWD_ON=0.0)).tape
    ideas = tape.counts[0, :, Count.IDEAS]
    assert ideas / ideas.sum() == pytest.approx([0, 1 / 8, 4 / 8, 0, 3 / 8], abs=0.06)


def test_costs_keep_within_their_bounds():
    costs = run_projects(make_projects(COST_LEAST=3000.0, COST_MOST=5000.0)).rows(Log.BORN)[:, 3]
    assert (costs.min(), costs.max()) == (3000, 5000)


@pytest.mark.parametrize(
    ("on", "cheap", "dear"),
    [
        ({"CROWD_ON": 0.0}, NO_ROUTE, NO_ROUTE),
        ({"CROWD_ON": 0.0, "PANEL_ON": 1.0}, PANEL, PANEL),
        ({"PANEL_ON": 1.0}, CAMPAIGN, CAMPAIGN),
        ({"PANEL_ON": 1.0, "SHARES_ON": 1.0}, CAMPAIGN, OFFER),
        ({"CROWD_ON": 0.0, "SHARES_ON": 1.0}, NO_ROUTE, OFFER),
    ],
)
def test_cost_decides_the_route(on, cheap, dear):
    scalars = make_projects(**on).scalars
    assert route_of(scalars, 19_999.0) == cheap
    assert route_of(scalars, 20_000.0) == dear


def test_who_does_not_come_forward_is_missed():
    plan = make_projects()
    plan.forward[CAMPAIGN] = [0.0, 0.25, 0.5, 0.75, 1.0]
    counts = run_projects(plan, 200).tape.counts[0]
    came = 1.0 - counts[:, Count.MISSED] / counts[:, Count.IDEAS]
    assert came == pytest.approx(plan.forward[CAMPAIGN], abs=0.1)
    assert came[[0, 4]].tolist() == [0.0, 1.0]


def test_ideas_that_come_too_late_are_held():
    ran = run_projects(make_projects(LEAD=3.0, WEEKS=6.0), 60)
    held, begins = ran.rows(Log.HELD), ran.rows(Log.BEGINS)
    assert held[:, 0].min() == 52
    assert begins[:, 0].max() == 54
    assert ran.count("HELD") == (ran.rows(Log.BORN)[:, 0] >= 52).sum()


def test_the_panel_says_no_by_draw_by_size_and_by_its_pot():
    on = {"PANEL_ON": 1.0, "CROWD_ON": 0.0, "POT": 1e9, "GRANT_MOST": 1e9}
    open_handed = run_projects(make_projects(**on, ACCEPT=1.0))
    assert open_handed.count("REFUSED") == 0
    half = run_projects(make_projects(**on, ACCEPT=0.5))
    assert half.count("REFUSED") / half.count("CAME") == pytest.approx(0.5, abs=0.07)
    small = run_projects(make_projects(**on | {"GRANT_MOST": 4000.0}, ACCEPT=1.0))
    assert small.rows(Log.GRANTED)[:, 3].max() <= 4000 <= small.rows(Log.REFUSED)[:, 3].min()
    pot = run_projects(make_projects(**on | {"POT": 20_000.0}, ACCEPT=1.0))
    years = pot.tape.weekly[0, :, 1].reshape(2, 52).sum(axis=1)
    assert (years <= 20_000.0).all()
    assert (years > 19_000.0).all()


def test_officers_are_paid_for_each_that_came_forward():
    plan = make_projects(PANEL_ON=1.0, SHARES_ON=1.0, SHARES_LEAST=6000.0)
    ran = run_projects(plan, 104)
    goals = ran.rows(Log.BEGINS)[:, 3]
    offers = ran.count("STARTED") - (goals < 6000).sum()
    assert ran.count("OFFICERS") >= 50.0 * ran.count("STARTED")
    assert ran.count("OFFICERS") <= 50.0 * ran.count("STARTED") + 450.0 * offers
    panel = run_projects(make_projects(PANEL_ON=1.0, CROWD_ON=0.0))
    assert panel.count("OFFICERS") == 300.0 * panel.count("CAME")


def test_the_same_ideas_are_born_whatever_the_route():
    crowd, panel = (run_projects(make_projects(PANEL_ON=1.0, CROWD_ON=x)).rows(Log.BORN) for x in (0.0, 1.0))
    assert (crowd == panel).all()
