import numpy as np

from caseloads import make_caseload, run_small
from remit.kernel.caseload.layout import Log, Total

ALL = {"START_SHARE": 1.0}


def sizes(work) -> np.ndarray:
    teams = work.carers["team"]
    return np.bincount(teams[teams >= 0])


def test_teams_split_at_the_cap_and_stay_under_it():
    plan = make_caseload(
        zones=2,
        world={"CARER_CEILING": 100, "INITIAL_CLIENTS": 200},
        provider=ALL,
        scalars={"PROVIDER_ROUTE": 1, "TEAM_CAP": 12},
    )
    ran = run_small(plan, 3)
    held = sizes(ran.work)
    assert held.max() <= 12
    assert held.min() >= 6
    assert held.sum() == 100
    assert ran.tape.totals[0, Total.TEAMS] == len(held)
    assert len(ran.rows(Log.SPLIT)) == len(held) - 2


def test_a_team_keeps_to_its_clients():
    scalars = {"PROVIDER_ROUTE": 1, "TEAM_CAP": 4, "TEAM_CLIENTS": 5}
    plan = make_caseload(
        world={"CARER_CEILING": 8, "INITIAL_CLIENTS": 60, "HOURS_MEAN": 3}, provider=ALL, scalars=scalars
    )
    ran = run_small(plan, 3)
    teams = ran.work.clients["team"][:60]
    assert np.bincount(teams[teams >= 0]).max() == 5
    assert ran.weekly("WAIT_HELP")[-1] == (teams < 0).sum() > 0


def test_a_team_without_carers_is_no_more_and_its_clients_find_another():
    plan = make_caseload(
        world={"CARER_CEILING": 30, "INITIAL_CLIENTS": 40},
        provider=[ALL | {"LEAVE_HAZARD": 0.1}, ALL | {"LEAVE_HAZARD": 0.1}],
        scalars={"PROVIDER_ROUTE": 1, "TEAM_CAP": 3},
        segment_weeks=(0, 5),
    )
    ran = run_small(plan, 40)
    alive = {t for t in ran.work.carers["team"].tolist() if t >= 0}
    assert alive == set(np.flatnonzero(ran.work.team_patch >= 0).tolist())
    assert set(ran.work.clients["team"][ran.work.active[: ran.work.state[0]]].tolist()) <= alive | {-1}


def test_help_comes_from_the_patch_only():
    plan = make_caseload(
        zones=4,
        patches=(0, 0, 1, 1),
        world={"CARER_CEILING": 40, "INITIAL_CLIENTS": 200},
        provider=ALL,
        scalars={"PROVIDER_ROUTE": 1, "TEAM_CAP": 4},
    )
    ran = run_small(plan, 2)
    for _, _, client, carer in ran.rows(Log.MATCH).tolist():
        row = np.flatnonzero(ran.work.clients["number"] == client)[0]
        assert ran.work.clients[row]["zone"] // 2 == ran.work.team_patch[ran.work.carers[carer]["team"]]


def test_carers_join_where_need_is_most_for_each_of_them_wherever_they_live():
    plan = make_caseload(
        zones=2,
        cells=[3.0] * 5 + [1.0] * 5,
        world={"CARER_CEILING": 80, "INITIAL_CLIENTS": 400},
        provider=ALL,
        scalars={"PROVIDER_ROUTE": 1, "TEAM_CAP": 10},
    )
    work = run_small(plan, 1).work
    need = np.bincount(work.clients["zone"][:400], work.clients["need"][:400], minlength=2)
    carers = np.bincount(work.team_patch[work.carers["team"]], minlength=2)
    assert need[0] > 2.0 * need[1]
    np.testing.assert_allclose(carers / carers.sum(), need / need.sum(), atol=0.02)
