import numpy as np
import pytest

from commons_plans import make_app
from remit.kernel.commons.uptake import make_uptake_workspace, run_uptake
from remit.kernel.commons.uptake_layout import Count, Person

LUCKS = np.arange(8)


def same(first: tuple, second: tuple) -> bool:
    return all(a.tobytes() == b.tobytes() for a, b in zip(first, second, strict=True))


def test_a_row_alone_is_the_row_of_a_batch():
    whole = run_uptake(make_app(), 80, 10, 7, LUCKS)
    for r in (0, 3, 7):
        assert same(
            run_uptake(make_app(), 80, 10, 7, np.array([r])), tuple(part[r : r + 1] for part in whole)
        )


def test_working_memory_may_be_used_again():
    work = make_uptake_workspace()
    first = run_uptake(make_app(), 80, 10, 7, np.array([4]), work)
    run_uptake(make_app(), 80, 10, 7, np.array([5]), work)
    assert same(first, run_uptake(make_app(), 80, 10, 7, np.array([4]), work))
    assert not same(first, run_uptake(make_app(), 80, 10, 8, np.array([4]), work))


def test_people_are_conserved():
    work = make_uptake_workspace()
    for luck in LUCKS:
        counts = run_uptake(make_app(reached=1000.0), 200, 0, 7, np.array([luck]), work).counts[0]
        assert work.sum(axis=0).tolist() == [1000] * 5
        assert (work >= 0).all()
        assert (counts[:, Count.ACTIVE_END] == work[1]).all()
        assert (counts[:, Count.EVER] == work[1] + work[2]).all()
        assert (counts[:, Count.EVER] == 10 + counts[:, Count.SIGNED]).all()
        moved = counts[:, Count.BEGAN] + counts[:, Count.BACK] - counts[:, Count.DROPPED]
        assert (counts[:, Count.ACTIVE_END] == 10 + moved).all()


def test_what_is_told_by_week_adds_up():
    tape = run_uptake(make_app(), 120, 20, 7, LUCKS)
    counts = tape.counts
    assert (counts[:, :, Count.ACTIVE_WEEKS] == tape.active[:, 20:].sum(axis=1)).all()
    assert counts[:, :, Count.USES] == pytest.approx(1.5 * counts[:, :, Count.ACTIVE_WEEKS])
    minutes = 1.5 * 4.0 * (tape.active[:, 20:] * tape.makers[:, 20:, 2:]).sum(axis=1)
    assert counts[:, :, Count.MINUTES] == pytest.approx(minutes)
    assert (counts[:, :, Count.ACTIVE_END] == tape.active[:, -1]).all()
    assert (counts[:, :, Count.REACHED] == 2000.0).all()
    assert (counts[:, :, Count.OFFLINE] == 100.0).all()


def test_quality_moves_towards_its_upkeep():
    quality = run_uptake(make_app(QUALITY_START=1.0, QUALITY_RATE=0.1, UPKEEP=0.4), 60, 0, 7, LUCKS).makers[
        :, :, 2
    ]
    assert quality[0] == pytest.approx(0.4 + 0.6 * 0.9 ** np.arange(1, 61))


def test_makers_begin_and_fail():
    tape = run_uptake(make_app(MAKERS=30.0, BEGIN=0.0, FAIL=0.05, DRAWN=0.0), 300, 0, 7, LUCKS)
    makers, failed = tape.makers[:, :, 0], tape.makers[:, :, 1]
    assert (makers == 30 - failed.cumsum(axis=1)).all()
    assert makers[:, 13].mean() == pytest.approx(30 * np.exp(-0.05 * 14), abs=4 * (30 * 0.25 / 8) ** 0.5)
    assert not makers[:, -1].any()
    drawn, alone = (
        run_uptake(make_app(BEGIN=0.05, DRAWN=d, FAIL=0.0), 200, 0, 7, LUCKS).makers[:, -1, 0].mean()
        for d in (50.0, 0.0)
    )
    assert drawn > alone
    assert (
        drawn.mean()
        > run_uptake(make_app(BEGIN=0.05, DRAWN=0.0, FAIL=0.0), 200, 0, 7, LUCKS).makers[:, -1, 0].mean()
    )


def test_without_makers_nobody_signs_up_and_who_is_there_drops_out():
    tape = run_uptake(make_app(MAKERS=0.0, BEGIN=0.0, CHURN_NONE=2.0, HALF=0.0), 30, 0, 7, LUCKS)
    assert not tape.counts[:, :, [Count.SIGNED, Count.BACK]].any()
    assert not tape.active[:, -1].any()


def test_one_maker_is_as_good_as_many_where_half_is_0():
    alone, many = (
        run_uptake(make_app(MAKERS=m, BEGIN=0.0, FAIL=0.0, HALF=0.0), 60, 0, 7, LUCKS).active
        for m in (1.0, 99.0)
    )
    assert (alone == many).all()
    halved = run_uptake(make_app(MAKERS=1.0, BEGIN=0.0, FAIL=0.0, HALF=1.0), 60, 0, 7, LUCKS).active
    assert halved.sum() < alone.sum()


def test_churn_grows_as_quality_falls():
    still = {"IMITATE": 0.0, "RETURN": 0.0, "CHURN": 0.02, "QUALITY_RATE": 1.0}
    good, bad = (
        run_uptake(make_app(**still, UPKEEP=d, CHURN_QUALITY=5.0), 50, 0, 7, LUCKS) for d in (1.0, 0.5)
    )
    share = [t.counts[:, :, Count.DROPPED].sum() / t.active[:, :-1].sum() for t in (good, bad)]
    assert share == pytest.approx([0.02, 0.02 * 3.5], rel=0.15)


def test_numbers_change_on_their_dates():
    plan = make_app({"ACTIVE_SHARE": 0.0}, {"ACTIVE_SHARE": 1.0}, segment_weeks=(0, 20, 40))
    tape = run_uptake(plan, 60, 0, 7, LUCKS)
    only = run_uptake(make_app(), 60, 0, 7, LUCKS)
    assert (tape.active[:, :20] == only.active[:, :20]).all()
    assert tape.active[:, 39].sum() < only.active[:, 39].sum()
    assert tape.active[:, -1].sum() > tape.active[:, 39].sum()


def test_nobody_reached_is_nobody_active():
    plan = make_app(reached=0.0)
    plan.people[:, Person.ACTIVE_START] = 5.0
    tape = run_uptake(plan, 20, 0, 7, LUCKS)
    assert not tape.active.any()
    assert np.isfinite(tape.makers).all()
