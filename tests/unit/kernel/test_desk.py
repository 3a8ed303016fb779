import numpy as np
import pytest

from event_rows import Told, tell
from remit.kernel.layout import MINUTE_TICKS, Log
from worlds import make_plan

RARE, BUSY = 0.0004, 0.05
TRAVEL = [[2.0, 9.0], [9.0, 2.0]]
BASES = [{"BASE": 0}, {"BASE": 1}]
ROADS = {"TURNOUT_MINUTES": 1.5}
WORK = {"SCENE_MINUTES": 10}
URGENT = {"PRIORITY": 0, "SCENE_MINUTES": 10}
ROUTINE = {"PRIORITY": 2, "SCENE_MINUTES": 10}


def drives(told: Told) -> set[float]:
    """Return minutes from the call to arrival of everyone who was reached."""
    return {round(float(r["scene"] - r["birth"]) / MINUTE_TICKS, 4) for r in told.requests}


@pytest.mark.parametrize(("zone", "nearest"), [(0, 0), (1, 1)])
def test_the_nearest_crew_is_sent(zone, nearest):
    rates = np.zeros((2, 1))
    rates[zone] = RARE
    told = tell(make_plan(rates=rates, crews=BASES, travel=TRAVEL, kinds=[WORK]), 60)
    assert set(told.rows(Log.ASSIGN)[:, 3]) == {nearest}


def test_ties_go_to_the_lower_number():
    told = tell(make_plan(rates=RARE, crews=[{}] * 3, kinds=[WORK]), 60)
    assert set(told.rows(Log.ASSIGN)[:, 3]) == {0}


def test_where_the_nearest_is_busy_the_next_is_sent():
    told = tell(make_plan(rates=BUSY, crews=[{}] * 3, kinds=[WORK]), 10)
    assert set(told.rows(Log.ASSIGN)[:, 3]) == {0, 1, 2}


def test_a_crew_at_its_base_turns_out_and_drives():
    told = tell(make_plan(rates=RARE, kinds=[WORK], travel=[[2.0]], scalars=ROADS), 60)
    assert drives(told) == {3.5}


def test_the_travel_factor_lengthens_the_drive_and_not_the_turnout():
    told = tell(
        make_plan(rates=RARE, kinds=[WORK], travel=[[2.0]], scalars={**ROADS, "TRAVEL_FACTOR": 3.0}), 60
    )
    assert drives(told) == {7.5}


def test_a_crew_that_is_sent_on_from_the_queue_needs_no_turnout():
    told = tell(make_plan(rates=BUSY, kinds=[{"SCENE_MINUTES": 40}], travel=[[2.0]], scalars=ROADS), 5)
    queued, sent = set(told.rows(Log.QUEUE)[:, 2].tolist()), told.minutes(Log.ASSIGN)
    drives = {told.requests[i]["scene"] / MINUTE_TICKS - sent[i] for i in queued if i in sent}
    assert drives == {2.0}


def test_a_conveyed_person_takes_the_crew_to_hospital():
    kind = {"SCENE_MINUTES": 10, "CONVEY_SHARE": 1.0, "HANDOVER_MINUTES": 20}
    plan = make_plan(rates=RARE, kinds=[kind], zones=[{"HOSPITAL_MINUTES": 7}])
    told = tell(plan, 60)
    birth, clear = told.minutes(Log.BIRTH), told.minutes(Log.CLEAR)
    assert {round(clear[i] - birth[i], 3) for i in birth} == {37.0}


def test_a_kind_is_served_by_crews_with_its_skills_only():
    crews = [{"SKILLS": 0b01}, {"SKILLS": 0b11}, {"SKILLS": 0b10}]
    told = tell(make_plan(rates=BUSY, kinds=[{**WORK, "NEEDS": 0b11}], crews=crews), 10)
    assert set(told.rows(Log.ASSIGN)[:, 3]) == {1}


def test_where_no_crew_has_the_skills_everyone_waits():
    told = tell(make_plan(rates=RARE, kinds=[{**WORK, "NEEDS": 0b10}], crews=[{"SKILLS": 0b01}]), 60)
    assert told.total("HELD") == told.total("BORN") > 0


def test_a_queue_of_one_priority_is_first_come_first_served():
    told = tell(make_plan(rates=BUSY, kinds=[{"SCENE_MINUTES": 30}]), 10)
    order = told.rows(Log.ASSIGN)[:, 2]
    assert len(told.rows(Log.QUEUE)) > 50
    assert (np.diff(order) > 0).all()


def test_nobody_less_urgent_is_served_while_someone_urgent_waits():
    told = tell(make_plan(rates=[[BUSY / 4, BUSY]], kinds=[URGENT, ROUTINE]), 10)
    waiting: set[int] = set()
    overtaken = 0
    for _, code, i, _ in told.log.tolist():
        if code == Log.QUEUE and told.requests[i]["kind"] == 0:
            waiting.add(i)
        if code == Log.ASSIGN:
            waiting.discard(i)
            overtaken += told.requests[i]["kind"] == 1 and bool(waiting)
    assert overtaken == 0


def diverting(**kind: float) -> Told:
    kinds = [{**URGENT, **kind}, ROUTINE]
    return tell(make_plan(rates=[[BUSY / 4, BUSY]], kinds=kinds, travel=[[15.0]]), 10)


def test_a_crew_on_its_way_is_turned_round_for_someone_more_urgent():
    told = diverting(DIVERTS=1)
    turned = told.rows(Log.DIVERT)
    assert len(turned) > 10
    assert (told.requests["kind"][turned[:, 2]] == 1).all()


def test_who_loses_the_crew_is_the_next_of_their_priority():
    told = diverting(DIVERTS=1)
    left: list[int] = []
    for _, code, i, _ in told.log.tolist():
        if code == Log.DIVERT:
            left.append(i)
        if code == Log.ASSIGN and told.requests[i]["kind"] == 1 and left:
            assert i == left.pop()


def test_a_kind_that_does_not_divert_turns_nobody_round():
    assert len(diverting(DIVERTS=0).rows(Log.DIVERT)) == 0


def test_a_crew_is_turned_round_only_if_that_saves_enough():
    kinds = [{**URGENT, "DIVERTS": 1}, ROUTINE]
    worlds = [
        make_plan(
            rates=[[BUSY, BUSY]],
            kinds=kinds,
            crews=[{}] * 4,
            travel=[[8.0]],
            scalars={"TURNOUT_MINUTES": 3, "DIVERT_SAVING_MINUTES": saving},
        )
        for saving in (0.0, 1e6)
    ]
    asked_little, asked_much = (tell(plan, 10).total("DIVERTED") for plan in worlds)
    assert asked_little > asked_much
