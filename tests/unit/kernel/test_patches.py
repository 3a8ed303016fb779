import numpy as np
import pytest

from event_rows import Told, tell
from remit.kernel.layout import Log
from worlds import make_plan

TRAVEL = [[2.0, 9.0], [9.0, 2.0]]
OWN = [{"BASE": 0, "PATCH": 0}, {"BASE": 1, "PATCH": 1}]
RANKS = [[0, 1], [1, 0]]
TEAMS = {"PATCHES_ON": 1}
HELPING = TEAMS | {"HELP_PATCHES": 1}
WORK = {"SCENE_MINUTES": 30}
BUSY, EVEN, RARE = [[0.06], [0.001]], [[0.035], [0.035]], [[0.0004], [0.0004]]


def world(scalars=TEAMS, rates=BUSY, crews=OWN, **rest):
    return make_plan(
        rates=rates, crews=crews, travel=TRAVEL, kinds=[WORK], scalars=scalars, patches=RANKS, **rest
    )


def helped(told: Told) -> int:
    """Return how many requests were served by a crew of the other patch."""
    sent = told.rows(Log.ASSIGN)
    return int((told.requests["zone"][sent[:, 2]] != sent[:, 3]).sum())


def test_without_help_a_patch_serves_its_own_alone():
    told = tell(world(), 20)
    assert helped(told) == 0
    assert len(told.rows(Log.QUEUE)) > 50


def test_neighbours_help_when_all_of_the_own_patch_are_busy():
    told = tell(world(HELPING), 20)
    assert helped(told) > 50


def test_the_own_team_goes_although_another_is_nearer():
    near = np.array([[9.0, 2.0], [2.0, 9.0]])
    plan = world(HELPING, rates=RARE)._replace(travel=near)
    assert helped(tell(plan, 60)) == 0
    desk = plan._replace(scalars=make_plan(rates=1.0).scalars)
    assert helped(tell(desk, 60)) > 0


def test_a_crew_that_comes_free_takes_its_own_patchs_request_first():
    both = tell(world(HELPING, rates=EVEN), 20)
    desk = tell(world({}, rates=EVEN), 20)
    assert helped(both) < helped(desk)


@pytest.mark.parametrize("help_patches", [0, 1])
def test_nobody_is_lost(help_patches):
    told = tell(world(TEAMS | {"HELP_PATCHES": help_patches}), 20)
    ended = sum(told.total(n) for n in ("NOT_ARISEN", "NOT_REACHED", "ABANDONED", "SERVED", "HELD", "SELF"))
    assert told.total("BORN") + told.total("RETURNS") == ended + told.total("RETURNS")


def test_a_crew_of_another_patch_is_not_turned_round():
    kinds = [{"PRIORITY": 0, "DIVERTS": 1, "SCENE_MINUTES": 5}, {"PRIORITY": 2, "SCENE_MINUTES": 5}]
    far = [[30.0, 31.0], [31.0, 30.0]]
    plan = make_plan(
        rates=[[0.005, 0.0], [0.0, 0.02]], crews=OWN, travel=far, kinds=kinds, scalars=TEAMS, patches=RANKS
    )
    assert len(tell(plan, 60).rows(Log.DIVERT)) == 0
    helping = plan._replace(scalars=world(HELPING).scalars)
    assert len(tell(helping, 60).rows(Log.DIVERT)) > 0
