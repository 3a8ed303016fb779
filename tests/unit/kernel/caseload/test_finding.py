import numpy as np
import pytest

from caseloads import Ran, make_caseload, run_small
from remit.kernel.caseload.layout import Log

ALL = {"START_SHARE": 1.0}
MARKET = {"MARKET_SHARE": 1.0, "REACH_ZONES": 9}


def zones_of(ran: Ran) -> dict[int, int]:
    """Return the zone of each client at hand."""
    there = ran.work.clients[ran.work.active[: ran.work.state[0]]]
    return dict(zip(there["number"].tolist(), there["zone"].tolist(), strict=True))


def test_a_rota_looks_in_its_zone_first_and_then_next_door():
    plan = make_caseload(
        zones=3,
        world={"CARER_CEILING": 60, "INITIAL_CLIENTS": 90},
        provider=ALL,
        neighbours=np.array([[1, -1], [0, 2], [1, -1]]),
    )
    ran = run_small(plan, 1)
    zones = zones_of(ran)
    apart = [abs(int(ran.work.carers["zone"][c]) - zones[n]) for _, _, n, c in ran.rows(Log.MATCH).tolist()]
    assert set(apart) <= {0, 1}
    assert apart.count(0) > 2 * apart.count(1)


def test_a_kept_helper_makes_for_continuity():
    def known(change: float) -> float:
        plan = make_caseload(
            world={"CARER_CEILING": 40, "INITIAL_CLIENTS": 80}, provider=ALL | {"CHANGE_CARER": change}
        )
        ran = run_small(plan, 30, warm=10)
        return ran.count("KNOWN_HOURS") / ran.count("DELIVERED_HOURS")

    assert known(0.0) == pytest.approx(1.0)
    assert known(0.0) > known(0.1) > known(1.0)


def market(weeks: int = 1, scalars=(), platform=(), **world_changes) -> float:
    plan = make_caseload(
        zones=3,
        world={"CARER_CEILING": 100, "INITIAL_CLIENTS": 100, "PRICE_SIGMA": 0.2} | world_changes,
        platform=ALL | {"HOURLY": 30.0} | dict(platform),
        scalars=MARKET | dict(scalars),
    )
    return len(run_small(plan, weeks).rows(Log.MATCH))


def test_fewer_looks_and_choosier_people_make_fewer_matches():
    everyone = market()
    assert everyone >= 100
    for scalars in (
        {"LOOKS_A_WEEK": 0},
        {"ACCEPT_CLIENT": 0.0},
        {"ACCEPT_CARER": 0.0},
        {"KM_EFFECT_CLIENT": 1e3},
        {"KM_EFFECT_CARER": 1e3},
    ):
        assert market(scalars=scalars) == 0
    for scalars in (
        {"ACCEPT_CLIENT": 0.1},
        {"KM_EFFECT_CARER": 0.5},
        {"HOURS_EFFECT": 9, "HOURS_WANTED": 20},
    ):
        assert 0 < market(scalars={"LOOKS_A_WEEK": 2} | scalars) < market(scalars={"LOOKS_A_WEEK": 2})


def test_dear_carers_are_taken_less():
    plan = make_caseload(
        world={"CARER_CEILING": 300, "INITIAL_CLIENTS": 200, "PRICE_SIGMA": 0.3},
        platform=ALL | {"HOURLY": 60.0},
        scalars=MARKET | {"PRICE_EFFECT": 3.0, "LOOKS_A_WEEK": 5},
    )
    ran = run_small(plan, 1)
    taken = ran.work.carers["log_price"][ran.rows(Log.MATCH)[:, 3]]
    assert taken.mean() < -0.05


def test_reach_bounds_the_zones_looked_at():
    plan = make_caseload(
        zones=3,
        world={"CARER_CEILING": 60, "INITIAL_CLIENTS": 60},
        platform=ALL,
        scalars=MARKET | {"REACH_ZONES": 0},
    )
    ran = run_small(plan, 2)
    zones = zones_of(ran)
    assert all(ran.work.carers["zone"][c] == zones[n] for _, _, n, c in ran.rows(Log.MATCH).tolist())


def test_who_cannot_direct_help_stays_with_the_provider_unless_supported():
    def by_route(supported: float) -> np.ndarray:
        plan = make_caseload(
            world={"CARER_CEILING": 60, "INITIAL_CLIENTS": 100},
            provider={"START_SHARE": 0.5},
            platform={"START_SHARE": 0.5},
            scalars=MARKET | {"CANNOT_DIRECT_SHARE": 0.6, "SUPPORTED_SHARE": supported},
        )
        return run_small(plan, 3).tape.counts[0, :, :, 4].sum(axis=1)

    none, all_ = by_route(0.0), by_route(1.0)
    assert none[0] > 0 < none[2]
    assert all_[0] == 0
    assert all_[2] > none[2]
