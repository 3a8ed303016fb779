import numpy as np

from caseloads import make_caseload, run_small
from remit.kernel.caseload.layout import Log
from twin.caseload_worlds import WORLDS

ALL = {"START_SHARE": 1.0}


def test_the_log_goes_by_weeks_and_each_week_is_closed():
    log = run_small(WORLDS["mixed"], 30).log
    assert (np.diff(log[:, 0]) >= 0).all()
    assert log[log[:, 1] == Log.WEEK, 0].tolist() == list(range(30))


def test_dated_changes_come_on_in_their_week():
    plan = make_caseload(births=50.0, scalars=[{}, {"NEED_SHARE": 0.0}, {}], segment_weeks=(0, 4, 9))
    weeks = set(run_small(plan, 12).rows(Log.START)[:, 0].tolist())
    assert weeks == {0, 1, 2, 3, 9, 10, 11}


def test_who_changes_route_loses_helpers_and_who_does_not_keeps_them():
    plan = make_caseload(
        world={"INITIAL_CLIENTS": 40, "CARER_CEILING": 60},
        provider=ALL,
        scalars=[{}, {"MARKET_SHARE": 0.5}],
        segment_weeks=(0, 5),
    )
    lost = run_small(plan, 8).rows(Log.LOSE)
    assert set(lost[:, 0].tolist()) == {5}
    clients = len(set(lost[:, 2].tolist()))
    assert 10 <= clients <= 30


def test_an_empty_platform_sends_its_carers_out():
    plan = make_caseload(
        world={"CARER_CEILING": 20},
        platform=ALL,
        scalars=[{"MARKET_SHARE": 1.0}, {"MARKET_SHARE": 0.0}],
        segment_weeks=(0, 3),
    )
    assert run_small(plan, 5).weekly("PLATFORM_CARERS").tolist() == [20, 20, 20, 0, 0]


def test_what_was_counted_while_warming_up_is_not():
    plan = WORLDS["hard rota"]
    whole, late = run_small(plan, 20), run_small(plan, 20, warm=12)
    assert late.count("CLIENT_WEEKS") == late.weekly("AT_HOME")[12:].sum()
    assert whole.count("CLIENT_WEEKS") == whole.weekly("AT_HOME").sum()
    np.testing.assert_array_equal(whole.tape.totals, late.tape.totals)
    np.testing.assert_array_equal(whole.log, late.log)
