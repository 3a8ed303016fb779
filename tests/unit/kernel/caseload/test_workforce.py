import numpy as np
import pytest

from caseloads import make_caseload, run_small
from remit.kernel.caseload.layout import Log, Plan

CARERS = {"CARER_CEILING": 200}
JOINS = {"JOIN_HAZARD": 0.2}


def staff(plan: Plan, weeks: int = 40, employer: str = "PROVIDER_CARERS") -> float:
    return float(run_small(plan, weeks).weekly(employer)[-1])


def test_the_pool_is_who_is_marked_below_its_size():
    sizes = [
        (run_small(make_caseload(world=CARERS, scalars={"POOL_PEOPLE": n}), 1).work.carers["state"] > 0).sum()
        for n in (0, 50, 100, 200)
    ]
    assert sizes == pytest.approx([0, 50, 100, 200], abs=25)
    assert sizes[0] == 0
    assert sizes[-1] == 200


def test_who_starts_is_willing_and_drawn():
    plan = make_caseload(world=CARERS | {"RESERVATION_SIGMA": 0.2}, provider={"START_SHARE": 0.5})
    ran = run_small(plan, 1)
    carers = ran.work.carers
    starts = set(ran.rows(Log.HIRE)[:, 2])
    assert starts == set(np.flatnonzero((carers["u_start"] < 0.5) & (carers["reservation"] <= 1.0)))


def test_pay_draws_people_in_by_their_own_reservation():
    def at(wage: float) -> float:
        world = CARERS | {"RESERVATION_SIGMA": 0.2}
        return staff(make_caseload(world=world, provider=JOINS | {"HOURLY": wage}, scalars={"POSTS": 1e6}))

    assert at(5.0) < at(9.0) < at(12.0)


def test_secure_hours_draw_in_those_who_wish_for_them():
    def at(secure: float) -> float:
        world = CARERS | {"RESERVATION_SIGMA": 0.2, "WISH_MOST": 0.5}
        return staff(
            make_caseload(world=world, provider=JOINS | {"SECURE_SHARE": secure}, scalars={"POSTS": 1e6})
        )

    assert at(0.0) < at(0.5) < at(1.0)


def test_joining_takes_lag_and_training_and_training_is_paid():
    plan = make_caseload(
        world=CARERS,
        provider={"JOIN_HAZARD": 50.0, "LAG_WEEKS": 3, "TRAINING_WEEKS": 2},
        scalars={"POSTS": 1e6},
    )
    ran = run_small(plan, 8)
    assert ran.rows(Log.HIRE)[:, 0].max() == 0
    assert set(ran.rows(Log.BEGIN)[:, 0]) == {5}
    assert ran.worked("JOINING_WEEKS") == 5 * 200
    assert ran.worked("TRAINING_HOURS") == pytest.approx(2 * 200 * 30.0)
    assert ran.worked("PAY_POUNDS") == pytest.approx(
        ran.worked("TRAINING_HOURS") * 10.0 + ran.worked("PAID_HOURS") * 10.0
    )


def test_who_leaves_rests():
    plan = make_caseload(
        world=CARERS,
        provider={"START_SHARE": 1.0, "LEAVE_HAZARD": 0.1, "JOIN_HAZARD": 50.0},
        scalars={"POSTS": 1e6, "REST_WEEKS": 6},
    )
    ran = run_small(plan, 30)
    left: dict[int, int] = {}
    rests = []
    for week, code, carer, _ in ran.log.tolist():
        if code == Log.LEAVE:
            left[carer] = week
        elif code == Log.HIRE and carer in left:
            rests.append(week - left[carer])
    assert set(rests) == {6}


@pytest.mark.parametrize(
    ("effect", "figures"),
    [
        ("LEAVE_PAY", {"HOURLY": 20.0}),
        ("LEAVE_INSECURE", {"SECURE_SHARE": 0.3}),
        ("LEAVE_DISCRETION", {"DISCRETION": 0.8}),
        ("LEAVE_STAKE", {"STAKE": 0.8}),
    ],
)
def test_each_effect_moves_leaving_its_way_and_none_is_none(effect, figures):
    def left(size: float) -> float:
        plan = make_caseload(
            world=CARERS,
            provider={"START_SHARE": 1.0, "LEAVE_HAZARD": 0.02} | figures,
            scalars={effect: size, "LOCAL_WAGE": 10.0, "POSTS": 0},
        )
        return run_small(plan, 30).worked("LEAVERS")

    assert left(-1.5) < left(0.0) < left(1.5)


def test_an_overloaded_or_unknown_carer_leaves_sooner_if_told_so():
    def left(scalars: dict[str, float]) -> float:
        plan = make_caseload(
            world={"CARER_CEILING": 100, "INITIAL_CLIENTS": 600},
            provider={"START_SHARE": 1.0, "LEAVE_HAZARD": 0.02, "OVERTIME_SHARE": 0.3},
            scalars=scalars,
        )
        return run_small(plan, 20).worked("LEAVERS")

    assert left({"LEAVE_OVERLOAD": 5.0}) > left({})
    assert left({"LEAVE_CONTINUITY": -2.0}) < left({})


def test_carers_change_over_to_a_better_offer():
    scalars = {"MARKET_SHARE": 1.0, "SWITCH_FACTOR": 1.0, "POSTS": 1e6}

    def with_clients(clients: int) -> Plan:
        return make_caseload(
            world=CARERS | {"INITIAL_CLIENTS": clients},
            provider=JOINS | {"START_SHARE": 1.0},
            platform=JOINS | {"HOURLY": 12.0},
            scalars=scalars,
        )

    plan = with_clients(900)
    assert staff(plan, employer="PLATFORM_CARERS") > 150
    # where there is work for few, an hour offered earns less and the rest stay
    assert staff(with_clients(90), employer="PLATFORM_CARERS") < 75
    assert (
        staff(
            plan._replace(scalars=plan.scalars * (np.arange(plan.scalars.shape[1]) != 18)),
            employer="PLATFORM_CARERS",
        )
        == 0
    )


def test_vacancies_are_posts_without_people():
    ran = run_small(
        make_caseload(world={"CARER_CEILING": 30}, provider={"START_SHARE": 1.0}, scalars={"POSTS": 50}), 4
    )
    assert ran.weekly("VACANCIES").tolist() == [20.0] * 4
    assert ran.worked("VACANCY_WEEKS") == 80
