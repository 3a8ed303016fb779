import numpy as np

from estate_plans import asset, busy_estate, make_estate
from remit.kernel.commons.estate import run_estate
from remit.kernel.commons.estate_layout import Year
from remit.kernel.commons.estate_memory import make_estate_work, room_for_repairs

PERIODIC = {"PERIODIC": 100.0, "PERIOD": 26.0}


def test_there_is_room_for_every_repair_that_may_wait():
    plan = make_estate(assets=(asset(**PERIODIC), asset(RATE=4.0, COST=10.0)), NEGLECT=2.0)
    assert room_for_repairs(plan, 10) >= 21 + 4.0 * 3.0 * 10
    tape = run_estate(plan, 520, 3, np.arange(20))
    assert not tape.ends[:, 1].any()
    assert (tape.years[:, -1, Year.QUEUE] > 0.0).all()


def test_memory_is_of_the_plans_own_size():
    plan = busy_estate()
    work = make_estate_work(plan, 104)
    assert work.won.shape == (len(plan.streams), 2)
    assert work.condition.shape == work.budget.shape == (len(plan.assets),)
    assert work.queue.shape[0] == room_for_repairs(plan, 2)


def test_memory_may_be_used_again_and_remembers_nothing():
    plan = busy_estate()
    work = make_estate_work(plan, 520)
    first = run_estate(plan, 520, 7, np.array([4]), work)
    run_estate(plan, 520, 7, np.array([5]), work)
    again = run_estate(plan, 520, 7, np.array([4]), work)
    assert all(a.tobytes() == b.tobytes() for a, b in zip(first, again, strict=True))


def test_a_queue_without_room_says_so():
    plan = make_estate(assets=(asset(**PERIODIC),))
    work = make_estate_work(plan, 520)
    small = work._replace(queue=np.zeros((5, 2)))
    assert run_estate(plan, 520, 3, np.array([1]), small).ends[0, 1] == 1.0
    assert run_estate(plan, 520, 3, np.array([1]), work).ends[0, 1] == 0.0
