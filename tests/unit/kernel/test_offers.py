import numpy as np
import pytest

from event_rows import tell
from remit.kernel.layout import MINUTE_TICKS, Log
from worlds import make_plan

TRAVEL = [[2.0, 9.0], [9.0, 2.0]]
BASES = [{"BASE": 0}, {"BASE": 1}]
POSTS = {
    "OFFER_ON": 1,
    "OFFER_LOOK_MINUTES": 5,
    "OFFER_DEADLINE_MINUTES": 30,
    "OFFER_ACCEPT_SHARE": 1.0,
}


def world(rates=0.0004, **posts):
    kinds = [{"SCENE_MINUTES": 20}]
    return make_plan(rates=[[rates], [rates]], crews=BASES, travel=TRAVEL, kinds=kinds, scalars=POSTS | posts)


def waits(told):
    """Return minutes from the call until a crew is sent."""
    return np.array(
        [(row[0] - told.requests["birth"][row[2]]) / MINUTE_TICKS for row in told.rows(Log.ASSIGN)]
    )


def test_what_everyone_takes_goes_to_the_soonest_at_once():
    told = tell(world(), 60)
    assert (waits(told) == 0.0).all()
    assert (told.requests["zone"][told.rows(Log.ASSIGN)[:, 2]] == told.rows(Log.ASSIGN)[:, 3]).all()


def test_what_nobody_takes_the_desk_assigns_at_the_deadline():
    told = tell(world(OFFER_ACCEPT_SHARE=0.0), 60)
    assert (waits(told) == 30.0).all()
    assert len(told.rows(Log.POST)) == len(told.requests)


def test_looks_come_at_their_times_and_chances_multiply():
    told = tell(world(OFFER_ACCEPT_SHARE=0.2, rates=0.01), 60)
    waited = waits(told)
    assert set(np.round(waited[waited < 30.0] % 5.0, 6)) <= {0.0}
    assert 0.0 < (waited == 0.0).mean() < (waited <= 10.0).mean() < 1.0


def test_a_far_request_is_taken_less_often():
    near, far = (tell(world(OFFER_FALL_PER_MINUTE=fall), 200) for fall in (0.0, 0.3))
    assert len(near.rows(Log.POST)) < len(far.rows(Log.POST))


@pytest.mark.parametrize("time", [{"OFFER_DEADLINE_MINUTES": 0}, {"OFFER_LOOK_MINUTES": 0}])
def test_without_time_to_look_again_the_desk_has_it_at_once(time):
    assert (waits(tell(world(OFFER_ACCEPT_SHARE=0.0, **time), 60)) == 0.0).all()


def test_at_most_a_thousand_looks_are_made():
    told = tell(world(OFFER_ACCEPT_SHARE=0.0, OFFER_LOOK_MINUTES=1, OFFER_DEADLINE_MINUTES=5000), 20)
    assert waits(told).max() == 1023.0


def test_nobody_is_lost():
    told = tell(world(rates=0.05, OFFER_ACCEPT_SHARE=0.3), 20)
    assert told.total("BORN") == told.total("SERVED") + told.total("HELD")
