"""The compiled response loop against its plain twin: the same log, row by row, and the same totals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.kernel.batch import make_workspace, run_plan
from remit.kernel.layout import Count, Log, Plan, Span, Total
from twin.response_twin import Outcome, Row, run_twin
from twin.small_worlds import DAY, random_world, small_worlds
from worlds import make_plan

LOG_ROWS = 200_000
LUCKS = [(1, 5), (2**63 + 11, 2**40 + 3), (77, 2**32 + 1)]
UNTOLD = (Total.EVENTS, Total.QUEUED, Total.OVERFLOW)  # not facts of the page
WORLDS = small_worlds()
SHOWN = {
    "one of each": "QUEUE",
    "roads": "QUEUE",
    "diversion": "DIVERT ABANDON",
    "no saving asked": "DIVERT ABANDON",
    "patience": "ABANDON COME_BACK NOT_REACHED NOT_ARISEN",
    "for ever": "COME_BACK NOT_REACHED QUEUE",
    "alerts": "ALERT COME_BACK",
    "alerts, other clocks": "ALERT COME_BACK",
    "shifts": "ON_DUTY OFF_DUTY BREAK DIVERT",
    "dated changes": "ON_DUTY OFF_DUTY ALERT BREAK ABANDON NOT_ARISEN",
    "bad days": "QUEUE CLEAR",
    "all at once": " ".join(code.name for code in Log if code not in (Log.SELF, Log.POST)),
    "patches alone": "QUEUE DIVERT",
    "patches that help": "QUEUE DIVERT",
    "patches from a date": "QUEUE DIVERT",
    "posts": "POST ASSIGN QUEUE",
    "posts left to the desk": "POST QUEUE DIVERT",
    "settled without us": "SELF COME_BACK NOT_REACHED",
    "missed unevenly": "SELF NOT_REACHED",
    "every way": "SELF POST NOT_REACHED QUEUE DIVERT",
}


def as_text(row: Row | None) -> str:
    """Return a row of the log in words."""
    if row is None:
        return "nothing"
    return (
        f"{row[0] / 32768:12.5f} min {row[0]:11d} {Log(row[1]).name:11s} request {row[2]:5d} crew {row[3]:3d}"
    )


def first_difference(kernel: list[Row], twin: list[Row], context: int = 8) -> str:
    """Return the first row in which two logs differ, with what came before and after."""
    pairs = zip(kernel, twin, strict=False)
    at = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(kernel), len(twin)))
    lines = [f"logs of {len(kernel)} (kernel) and {len(twin)} (twin) rows differ at row {at}"]
    lines += [f"  both    {as_text(row)}" for row in kernel[max(0, at - context) : at]]
    for name, log in (("kernel", kernel), ("twin", twin)):
        after = log[at : at + 4] or [None]
        lines += [f"  {name:7s} {as_text(row)}" for row in after]
    return "\n".join(lines)


def assert_equal(plan: Plan, end: float, seed: int, luck: int, warm: float = 0.0) -> Outcome:
    """Run both and hold them against each other; return what the twin tells."""
    span = Span(warm, end)
    work = make_workspace(plan, span, log_rows=LOG_ROWS)
    tape = run_plan(plan, span, seed, np.array([luck]), work)
    rows = int(work.state[3])
    assert rows < LOG_ROWS, "the log is full"
    kernel = [tuple(row) for row in work.log[:rows].tolist()]
    twin = run_twin(plan, seed, luck, end, warm)
    assert kernel == twin.log, first_difference(kernel, twin.log)
    for total in Total:
        if total not in UNTOLD:
            told = twin.totals[total.name]
            assert tape.totals[0, total] == pytest.approx(told, rel=1e-9, abs=1e-9), total.name
    survival = float(tape.by_group[0, :, :, Count.SURVIVAL].sum())
    assert survival == pytest.approx(twin.survival, rel=1e-12, abs=1e-12)
    persons = work.requests[: len(twin.persons)]
    assert persons["visit"].tolist() == [p.visit for p in twin.persons]
    assert persons["birth"].tolist() == [p.call for p in twin.persons]
    return twin


@pytest.mark.parametrize(("seed", "luck"), LUCKS)
@pytest.mark.parametrize("name", WORLDS)
def test_small_worlds(name: str, seed: int, luck: int) -> None:
    twin = assert_equal(WORLDS[name], 10 * DAY, seed, luck, warm=DAY if luck > 5 else 0.0)
    seen = {Log(row[1]).name for row in twin.log}
    assert set(SHOWN[name].split()) <= seen, "this world does not show what it is for"
    assert ("alerts" not in name) or twin.survival > 1.0


def test_diversion_sends_some_of_the_displaced_again_and_lets_some_wait() -> None:
    log = run_twin(WORLDS["diversion"], 1, 5, 10 * DAY).log
    then = [
        (log[i + 2][1], log[i + 2][2] == row[2]) for i, row in enumerate(log[:-2]) if row[1] == Log.DIVERT
    ]
    assert all(same for _, same in then)
    assert {code for code, _ in then} == {Log.ASSIGN, Log.QUEUE}


@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32 - 1), luck=st.integers(0, 2**40), warm=st.sampled_from([0.0, 0.3]))
def test_random_worlds(seed: int, luck: int, warm: float) -> None:
    plan, end = random_world(seed)
    assert_equal(plan, end, seed * 2**31, luck, warm * end)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32 - 1), luck=st.integers(0, 2**40), squeeze=st.integers(11, 15))
def test_random_worlds_where_much_happens_at_one_tick(seed: int, luck: int, squeeze: int) -> None:
    plan, end = random_world(seed, scale=2.0**-squeeze)
    assert_equal(plan, end, seed, luck)


@pytest.mark.parametrize(
    "kind",
    [
        {"REACH_SHARE": 0, "AWAY_RETURN_SHARE": 1, "AWAY_RETURN_MINUTES": 1},
        {"REPEAT_SHARE": 1, "REPEAT_MINUTES": 1},
    ],
)
def test_people_come_back_at_most_two_hundred_times(kind: dict[str, float]) -> None:
    twin = assert_equal(make_plan(rates=0.02, kinds=[kind]), DAY, 1, 5)
    assert max(p.visit for p in twin.persons) == 200


def test_difference_is_shown_with_its_context() -> None:
    rows = [(32768 * i, 1, i, -1) for i in range(20)]
    other = [*rows[:12], (5, 7, 3, -1)]
    text = first_difference(rows, other)
    assert "differ at row 12" in text
    assert "12.00000 min" in text
    assert "ABANDON" in text
    assert "nothing" in first_difference(rows, rows[:3])
