import numpy as np
import pytest

from caseloads import make_caseload, run_small
from remit.kernel.caseload.folk import first_above
from remit.kernel.caseload.layout import Log, Total


def test_the_first_share_above_a_draw_is_taken():
    cumulative = np.array([0.2, 0.7, 1.0])
    assert [first_above(cumulative, u) for u in (0.1, 0.2, 0.69, 0.7, 1.0)] == [0, 1, 1, 2, 2]


def test_the_first_clients_are_born_in_week_0_and_the_others_at_their_rate():
    ran = run_small(make_caseload(births=3.0, world={"INITIAL_CLIENTS": 40}), 50)
    weeks = ran.rows(Log.START)[:, 0]
    assert 40 <= (weeks == 0).sum() < 52
    assert len(weeks) - 40 == pytest.approx(150, abs=5 * 150**0.5)


def test_births_follow_the_week_of_the_year():
    season = np.zeros(52)
    season[[3, 30]] = 20.0
    weeks = run_small(make_caseload(births=season), 104).rows(Log.START)[:, 0]
    assert set(weeks.tolist()) == {3, 30, 55, 82}


def test_zones_and_fifths_share_births_by_their_weights():
    cells = np.array([0, 1, 0, 0, 3, 0, 0, 4, 0, 0])
    ran = run_small(make_caseload(births=50.0, zones=2, cells=cells), 40)
    held = np.bincount(ran.rows(Log.START)[:, 3], minlength=10)
    assert held / held.sum() == pytest.approx(cells / cells.sum(), abs=0.04)
    assert not held[cells == 0].any()


def test_need_is_thinned_by_the_persons_own_draw():
    some, all_ = (run_small(make_caseload(births=20.0, scalars={"NEED_SHARE": s}), 20) for s in (0.4, 1.0))
    assert set(some.rows(Log.START)[:, 2]) < set(all_.rows(Log.START)[:, 2])
    assert some.tape.totals[0, Total.BORN] == all_.tape.totals[0, Total.BORN]
    assert len(some.rows(Log.START)) == pytest.approx(160, abs=5 * 160**0.5)


def test_hours_needed_keep_within_their_bounds_and_complex_clients_need_more():
    world = {"INITIAL_CLIENTS": 800, "HOURS_SIGMA": 1.0, "HOURS_LEAST": 4, "HOURS_MOST": 30}
    simple = run_small(make_caseload(world=world), 1)
    hard = run_small(make_caseload(world=world | {"COMPLEX_SHARE": 1.0, "COMPLEX_HOURS": 2.0}), 1)
    for ran in (simple, hard):
        need = ran.work.clients["need"][:800]
        assert need.min() == 4.0
        assert need.max() == 30.0
    assert hard.count("NEEDED_HOURS") > 1.3 * simple.count("NEEDED_HOURS")


def test_carers_are_born_by_their_shares():
    world = {"CARER_CEILING": 2000, "CARER_HOURS_SIGMA": 0.5, "WISH_MOST": 0.4, "PRICE_SIGMA": 0.2}
    carers = run_small(make_caseload(zones=4, world=world), 1).work.carers
    assert np.bincount(carers["zone"]) / 2000 == pytest.approx([0.25] * 4, abs=0.05)
    assert carers["hours"].max() == 60.0
    assert carers["wish"].mean() == pytest.approx(0.2, abs=0.02)
    assert np.log(carers["price"]).std() == pytest.approx(0.2, abs=0.02)


def test_routes_are_given_by_the_persons_own_draws():
    scalars = {"MARKET_SHARE": 0.5, "CANNOT_DIRECT_SHARE": 0.4, "SUPPORTED_SHARE": 0.5}
    ran = run_small(make_caseload(births=100.0, scalars=scalars), 30)
    starts = ran.tape.counts[0, :, :, 13].sum(axis=1)
    assert starts[1] == 0
    assert starts[2] / starts.sum() == pytest.approx(0.5 * (0.6 + 0.4 * 0.5), abs=0.04)
