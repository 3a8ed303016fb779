from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from remit.kernel.batch import MOST_KINDS, MOST_ZONES, make_tape, make_workspace, room_for_births, run_plan
from remit.kernel.layout import Span, Tape, Total
from worlds import make_plan

DAY = 1440.0
SPAN = Span(DAY, 15 * DAY)
PLAN = make_plan(rates=[[0.02], [0.03]], kinds=[{"SCENE_MINUTES": 15, "SCENE_SIGMA": 0.5}], day_cv=0.3)


def same(one: Tape, other: Tape) -> bool:
    return all(a.tobytes() == b.tobytes() for a, b in zip(one, other, strict=True))


def row(tape: Tape, r: int) -> Tape:
    return Tape(*(a[r : r + 1] for a in tape))


def test_a_row_does_not_depend_on_the_batch_it_stands_in():
    batch = run_plan(PLAN, SPAN, 7, np.array([3, 8, 5]))
    for r, luck in enumerate((3, 8, 5)):
        assert same(row(batch, r), run_plan(PLAN, SPAN, 7, np.array([luck])))


def test_working_memory_may_be_used_again():
    work = make_workspace(PLAN, SPAN)
    run_plan(PLAN, SPAN, 9, np.array([1, 2]), work)
    assert same(run_plan(PLAN, SPAN, 7, np.array([3]), work), run_plan(PLAN, SPAN, 7, np.array([3])))


def test_working_memory_of_another_plan_may_be_used_if_it_has_room():
    large = make_workspace(PLAN._replace(hours=PLAN.hours * 3.0), SPAN)
    assert same(run_plan(PLAN, SPAN, 7, np.array([3]), large), run_plan(PLAN, SPAN, 7, np.array([3])))


def test_threads_give_the_same_rows():
    with ThreadPoolExecutor(2) as pool:
        tapes = list(pool.map(lambda luck: run_plan(PLAN, SPAN, 7, np.array([luck])), range(6)))
    whole = run_plan(PLAN, SPAN, 7, np.arange(6))
    assert all(same(tape, row(whole, r)) for r, tape in enumerate(tapes))


def test_another_seed_is_another_run():
    assert not same(run_plan(PLAN, SPAN, 7, np.array([3])), run_plan(PLAN, SPAN, 8, np.array([3])))


@pytest.mark.parametrize("seed", [0, 2**63, 2**64 - 1])
def test_any_seed_of_64_bits_will_do(seed):
    assert run_plan(PLAN, SPAN, seed, np.array([0])).totals[0, Total.BORN] > 0


def test_there_is_room_for_all_who_are_born():
    room = room_for_births(PLAN, SPAN)
    born = run_plan(PLAN, SPAN, 7, np.arange(50)).totals[:, Total.BORN]
    assert born.max() < room
    assert born.mean() == pytest.approx(0.05 * 15 * DAY, rel=0.05)


def test_bad_days_need_more_room():
    assert room_for_births(PLAN, SPAN) > room_for_births(PLAN._replace(day_cv=np.zeros(1)), SPAN)


@pytest.mark.parametrize(
    "plan",
    [
        PLAN._replace(hours=PLAN.hours * 1e4),
        PLAN._replace(zones=np.zeros((MOST_ZONES + 1, 5))),
        PLAN._replace(kinds=np.zeros((1, MOST_KINDS + 1, 27))),
    ],
    ids=["people", "zones", "kinds"],
)
def test_more_than_indices_can_count_is_refused(plan):
    with pytest.raises(ValueError, match="a run holds at most"):
        make_workspace(plan, SPAN)


@pytest.mark.parametrize(("days", "months"), [(1, 1), (30, 1), (31, 2), (365, 13)])
def test_there_is_a_month_for_every_day(days, months):
    assert make_tape(PLAN, Span(DAY, (1 + days) * DAY), 1).by_month.shape[1] == months


def test_a_tape_has_a_row_for_each_run():
    assert all(len(a) == 4 for a in make_tape(PLAN, SPAN, 4))


def test_no_runs_are_no_rows():
    assert len(run_plan(PLAN, SPAN, 1, np.array([], np.int64)).totals) == 0
