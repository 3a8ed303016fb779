from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from commons_plans import make_projects
from remit.kernel.commons.campaign_batch import make_campaign_workspace, room_for_projects, run_campaigns
from remit.kernel.commons.campaign_layout import Count

ALL = {
    "PANEL_ON": 1.0,
    "SHARES_ON": 1.0,
    "SHARES_LEAST": 6000.0,
    "MATCH_ON": 1.0,
    "KEEP": 1.0,
    "BOOSTER": 0.5,
}


def same(first: tuple, second: tuple) -> bool:
    return all(a.tobytes() == b.tobytes() for a, b in zip(first, second, strict=True))


def test_a_row_alone_is_the_row_of_a_batch():
    plan = make_projects(**ALL)
    whole = run_campaigns(plan, 110, 7, np.arange(6))
    for r in (0, 3, 5):
        assert same(run_campaigns(plan, 110, 7, np.array([r])), tuple(part[r : r + 1] for part in whole))


def test_threads_change_nothing():
    plan = make_projects(**ALL)
    whole = run_campaigns(plan, 110, 7, np.arange(8))
    with ThreadPoolExecutor(4) as pool:
        alone = list(pool.map(lambda r: run_campaigns(plan, 110, 7, np.array([r])), range(8)))
    assert same(whole, tuple(np.concatenate(parts) for parts in zip(*alone, strict=True)))


def test_working_memory_may_be_used_again():
    plan = make_projects(**ALL)
    work = make_campaign_workspace(plan, 110)
    first = run_campaigns(plan, 110, 7, np.array([4]), work)
    run_campaigns(plan, 110, 7, np.array([5]), work)
    assert same(first, run_campaigns(plan, 110, 7, np.array([4]), work))
    assert not same(first, run_campaigns(plan, 110, 8, np.array([4]), work))


def test_a_log_changes_nothing():
    plan = make_projects(**ALL)
    logged = run_campaigns(plan, 60, 7, np.array([4]), make_campaign_workspace(plan, 60, log_rows=5000))
    assert same(logged, run_campaigns(plan, 60, 7, np.array([4])))


def test_a_run_that_meets_more_than_its_room_says_so():
    plan = make_projects()
    tape = run_campaigns(plan, 30, 3, np.arange(3), make_campaign_workspace(plan, 30, rows=20))
    assert tape.ends[:, 1].tolist() == [1.0] * 3
    enough = run_campaigns(plan, 30, 3, np.arange(50), make_campaign_workspace(plan, 30))
    assert not enough.ends.any()
    assert room_for_projects(plan, 30) > 100


def test_a_place_without_ideas_stays_empty():
    tape = run_campaigns(make_projects(IDEAS=0.0), 60, 3, np.arange(2))
    assert not any(part.any() for part in tape)


@pytest.mark.parametrize("on", [{}, {"PANEL_ON": 1.0, "CROWD_ON": 0.0}, ALL])
def test_every_idea_goes_somewhere(on):
    plan = make_projects(**on)
    plan.forward[:] = np.linspace(0.3, 0.9, 15).reshape(3, 5)
    c = run_campaigns(plan, 110, 3, np.arange(20)).counts
    granted = c[:, :, Count.CAME] - c[:, :, Count.REFUSED] - c[:, :, Count.STARTED]
    funded = granted + c[:, :, Count.SUCCEEDED] + c[:, :, Count.SMALLER]
    assert (c[:, :, Count.IDEAS] == c[:, :, [Count.MISSED, Count.HELD, Count.CAME]].sum(axis=2)).all()
    ended = c[:, :, [Count.SUCCEEDED, Count.SMALLER, Count.FAILED]].sum(axis=2)
    assert (c[:, :, Count.STARTED] == ended).all()
    assert (c[:, :, Count.FUNDED] == funded).all()
    assert (c[:, :, Count.FUNDED] == c[:, :, [Count.MADE, Count.LOST]].sum(axis=2)).all()


def test_tables_tell_the_same_story():
    tape = run_campaigns(make_projects(**ALL), 110, 3, np.arange(20))
    total = tape.counts.sum(axis=1)
    assert (tape.zones[:, :, 0].sum(axis=1) == total[:, Count.MADE]).all()
    assert tape.zones[:, :, 1].sum(axis=1) == pytest.approx(total[:, Count.WORTH])
    assert (tape.weekly[:, :, 0].sum(axis=1) == total[:, Count.MADE]).all()
    assert tape.gifts[:, :, 1].sum(axis=1) == pytest.approx(total[:, Count.COLLECTED])
    assert tape.gifts[:, :, 2].sum(axis=1) == pytest.approx(total[:, Count.SHARES])
    assert (tape.sizes[:, :, 0].sum(axis=1) == tape.gifts[:, :, 0].sum(axis=1)).all()
    assert tape.sizes[:, :, 1].sum(axis=1) == pytest.approx(total[:, Count.COLLECTED])
    paid = total[:, [Count.GRANTS, Count.MATCH, Count.BOOSTER]].sum(axis=1)
    assert tape.weekly[:, :, 1].sum(axis=1) == pytest.approx(paid)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 1.0])
@pytest.mark.parametrize("pot", [0.0, 3000.0, 60_000.0])
def test_the_pot_is_never_exceeded(pot, share):
    plan = make_projects(**ALL, POT=pot, THRESHOLD=0.1, MATCH_MOST=1e6)
    plan.match_share[:] = share
    for on in ({"SHARES_ON": 1.0}, {"CROWD_ON": 0.0}):
        tape = run_campaigns(
            plan if "SHARES_ON" in on else make_projects(**ALL | on, POT=pot), 156, 3, np.arange(20)
        )
        years = tape.weekly[:, :, 1].reshape(20, 3, 52).sum(axis=2)
        assert years.max() <= pot * (1.0 + 1e-12)
