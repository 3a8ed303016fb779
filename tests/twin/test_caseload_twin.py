"""The compiled caseload loop against its plain twin: the same log, row by row, and the same totals."""

from itertools import zip_longest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseloads import make_caseload
from remit.kernel.caseload.batch import make_workspace, run_caseload
from remit.kernel.caseload.layout import Count, Log, Plan, Total, Weekly, Work
from twin.caseload_twin import Told, run_twin
from twin.caseload_worlds import SHOWN, WORLDS, random_caseload

LOG_ROWS = 100_000
WEEKS = 60
LUCKS = [(1, 5), (2**63 + 11, 2**40 + 3), (77, 2**32 + 1)]


def as_text(row: tuple[int, ...] | None) -> str:
    """Return a row of the log in words."""
    return f"week {row[0]:3d} {Log(row[1]).name:14s} {row[2]:7d} {row[3]:7d}" if row else "nothing"


def first_difference(kernel: list, twin: list, context: int = 6) -> str:
    """Return the first row in which two logs differ, with what came before and after."""
    at = next(i for i, (a, b) in enumerate(zip_longest(kernel, twin)) if a != b)
    lines = [f"logs of {len(kernel)} (kernel) and {len(twin)} (twin) rows differ at row {at}"]
    lines += [f"  both   {as_text(row)}" for row in kernel[max(0, at - context) : at]]
    for name, log in (("kernel", kernel), ("twin", twin)):
        lines += [f"  {name:6s} {as_text(row)}" for row in log[at : at + 3] or [None]]
    return "\n".join(lines)


def assert_equal(plan: Plan, weeks: int, seed: int, luck: int) -> Told:
    """Run both and hold them against each other; return what the twin tells."""
    work = make_workspace(plan, weeks, LOG_ROWS, rows=2000)
    tape = run_caseload(plan, weeks, 0, seed, np.array([luck]), work)
    rows = int(work.state[3])
    assert rows < LOG_ROWS, "the log is full"
    kernel = [tuple(row) for row in work.log[:rows].tolist()]
    twin = run_twin(plan, seed, luck, weeks)
    assert kernel == twin.log, first_difference(kernel, twin.log)
    totals, counts = tape.totals[0], tape.counts[0].sum(axis=(0, 1))
    for name, told in twin.count.items():
        assert totals[Total[name.upper()]] == told, name
    assert totals[Total.HELD] == len(twin.clients)
    assert totals[Total.TEAMS] == twin.teams
    for name in ("needed", "granted", "booked", "delivered"):
        assert counts[Count[f"{name.upper()}_HOURS"]] == pytest.approx(twin.sums[name] / 15360.0, rel=1e-12)
    paid = counts[Count.CLIENT_POUNDS] + counts[Count.COUNCIL_POUNDS]
    assert paid == pytest.approx(twin.sums["pounds"], rel=1e-9, abs=1e-9)
    assert tape.work[0, 0, Work.VACANCY_WEEKS] == twin.sums["vacancies"]
    assert tape.weekly[0, -1, Weekly.AT_HOME] == sum(c.at_home for c in twin.clients)
    alive = work.clients[work.active[: len(twin.clients)]]
    assert alive["need"].tolist() == [c.need for c in twin.clients]
    assert alive["budget"].tolist() == [c.budget for c in twin.clients]
    return twin


@pytest.mark.parametrize(("seed", "luck"), LUCKS)
@pytest.mark.parametrize("name", WORLDS)
def test_small_worlds(name: str, seed: int, luck: int) -> None:
    twin = assert_equal(WORLDS[name], WEEKS, seed, luck)
    seen = {Log(row[1]).name for row in twin.log}
    assert set(SHOWN[name].split()) <= seen, "this world does not show what it is for"


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32 - 1), luck=st.integers(0, 2**40))
def test_random_worlds(seed: int, luck: int) -> None:
    assert_equal(random_caseload(seed), 40, seed * 2**31, luck)


def test_an_empty_world_is_quiet() -> None:
    twin = assert_equal(make_caseload(), 5, 1, 1)
    assert {row[1] for row in twin.log} == {Log.WEEK}


def test_difference_is_shown_with_its_context() -> None:
    rows = [(week, Log.WEEK, week, 0) for week in range(20)]
    text = first_difference(rows, [*rows[:12], (5, Log.DIE, 3, -1)])
    assert "differ at row 12" in text
    assert "DIE" in text
    assert "nothing" in first_difference(rows, rows[:3])
