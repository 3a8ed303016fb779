"""Patches, posts and needs settled without us, held against what queueing theory says of them.

Margins and seeds were fixed before anything was run. Patches that do not help each other are so many queues side by
side, each Erlang's; posts that everyone takes at once are a desk; what settles itself thins the arrivals.
"""

import math

import numpy as np
import pytest

from event_rows import tell
from remit.kernel.batch import run_plan
from remit.kernel.layout import Count, Plan, Span
from worlds import make_plan

MARGIN = 0.05  # of the mean wait, with a standard error of a quarter of it at most
HOUR, DAY = 60.0, 1440.0
SEED, RUNS = 20261124, 200
SPAN = Span(20.0 * DAY, 220.0 * DAY)
EXPONENTIAL = -1.0
TARGET = {"TARGET_MINUTES": 0.0}
WORK = {"SCENE_MINUTES": HOUR, "SCENE_SIGMA": EXPONENTIAL} | TARGET


def erlang_c(load: float, servers: int) -> float:
    """Return the chance of waiting in M/M/c."""
    terms = [load**n / math.factorial(n) for n in range(servers)]
    top = load**servers / math.factorial(servers) * servers / (servers - load)
    return top / (sum(terms) + top)


def mean_wait_minutes(load: float, servers: int) -> float:
    """Return the mean wait in M/M/c whose jobs last an hour."""
    return erlang_c(load, servers) / (servers - load) * HOUR


def patches(help_patches: int) -> Plan:
    """Two patches: one of two crews with 1.4 of work, one of three crews with 2.4; no drives."""
    return make_plan(
        rates=[[1.4 / HOUR], [2.4 / HOUR]],
        kinds=[WORK],
        travel=np.zeros((2, 2)),
        crews=[{"BASE": 0, "PATCH": 0}] * 2 + [{"BASE": 1, "PATCH": 1}] * 3,
        patches=[[0, 1], [1, 0]],
        scalars={"PATCHES_ON": 1, "HELP_PATCHES": help_patches},
    )


def waits(plan: Plan, zone: int | None = None) -> np.ndarray:
    """Return the mean wait of each run, of one zone or of all."""
    tape = run_plan(plan, SPAN, SEED, np.arange(RUNS))
    counts = tape.by_zone[:, zone, 0] if zone is not None else tape.by_zone[:, :, 0].sum(1)
    return counts[:, Count.RESPONSE_MINUTES] / counts[:, Count.SERVED]


def hold(measured: np.ndarray, theory: float) -> None:
    """Hold the mean of runs against theory, where there are runs enough to tell."""
    error = measured.std(ddof=1) / math.sqrt(len(measured))
    assert error < MARGIN * theory / 4.0, "too few runs"
    assert abs(measured.mean() - theory) < MARGIN * theory


@pytest.mark.parametrize(("zone", "load", "crews"), [(0, 1.4, 2), (1, 2.4, 3)])
def test_patches_that_do_not_help_are_queues_side_by_side(zone, load, crews):
    hold(waits(patches(0), zone), mean_wait_minutes(load, crews))


def test_patches_that_all_help_are_one_queue_where_nobody_drives():
    """Who serves whom makes no difference to the number waiting: jobs and crews are alike."""
    hold(waits(patches(1)), mean_wait_minutes(3.8, 5))


def desk(**posts: float) -> Plan:
    kinds = [{"SCENE_MINUTES": 40, "SCENE_SIGMA": 0.5, "PRIORITY": p, "DIVERTS": p == 0} for p in (0, 2)]
    return make_plan(
        rates=[[0.01, 0.02], [0.01, 0.01]],
        kinds=kinds,
        travel=[[3.0, 11.0], [12.0, 2.0]],
        crews=[{"BASE": 0}, {"BASE": 1}, {"BASE": 1}],
        scalars={"TURNOUT_MINUTES": 1.0, "RETURN_FACTOR": 1.0, **posts},
    )


@pytest.mark.parametrize("accept", [0.0, 1.0])
def test_posts_without_time_are_a_desk_to_the_tick(accept):
    """Nobody takes it, or everyone would and the soonest is sent: no diversion is asked of a crew that is idle."""
    plan = desk() if accept == 0.0 else undivertable(desk())
    posted = plan._replace(scalars=desk(OFFER_ON=1, OFFER_ACCEPT_SHARE=accept).scalars)
    one, other = tell(plan, 30), tell(posted, 30)
    assert np.array_equal(one.log, other.log)


def undivertable(plan: Plan) -> Plan:
    kinds = plan.kinds.copy()
    kinds[..., 22] = 0.0
    return plan._replace(kinds=kinds)


def test_an_idle_crew_takes_a_post_after_looks_as_the_geometric_law_says():
    """One crew, hardly ever busy, that takes each look with chance p: the wait is (1 - p) / p looks."""
    p, look = 0.25, 10.0
    plan = make_plan(
        rates=[[1.0 / (20.0 * DAY)]],
        kinds=[{"SCENE_MINUTES": 1} | TARGET],
        scalars={
            "OFFER_ON": 1,
            "OFFER_LOOK_MINUTES": look,
            "OFFER_DEADLINE_MINUTES": 100_000,
            "OFFER_ACCEPT_SHARE": p,
        },
    )
    tape = run_plan(plan, Span(0.0, 20_000.0 * DAY), SEED, np.arange(10))
    counts = tape.by_zone[:, 0, 0].sum(0)
    wait = counts[Count.RESPONSE_MINUTES] / counts[Count.SERVED]
    assert counts[Count.SERVED] > 9_000
    assert wait == pytest.approx(look * (1.0 - p) / p, rel=0.05)


@pytest.mark.parametrize("share", [0.3, 0.6])
def test_what_settles_itself_thins_the_queue(share):
    """Poisson arrivals thinned by chance are Poisson: the rest meet Erlang's queue of the smaller load."""
    load, crews = 3.4, 4
    kind = WORK | {"SELF_SHARE": share, "SELF_MINUTES": 600.0}
    plan = make_plan(rates=[[load / HOUR]], kinds=[kind], crews=[{}] * crews)
    tape = run_plan(plan, SPAN, SEED, np.arange(2 * RUNS))
    counts = tape.by_zone[:, 0, 0]
    settled, need = counts[:, Count.SELF].sum(), counts[:, Count.NEED].sum()
    assert settled / need == pytest.approx(share, abs=0.003)
    assert counts[:, Count.SELF_MINUTES].sum() / settled == pytest.approx(600.0, rel=0.01)
    theory = mean_wait_minutes(load * (1.0 - share), crews)
    measured = counts[:, Count.RESPONSE_MINUTES].sum() / counts[:, Count.SERVED].sum()
    assert measured == pytest.approx(theory, rel=MARGIN)


def test_what_is_missed_is_missed_by_fifth():
    groups = np.full((1, 25), 0.0)
    groups[0, [0, 24]] = 0.5
    missed = [[0.2, 1.0, 1.0, 1.0, 1.0]]
    plan = make_plan(
        rates=[[0.05]], kinds=[WORK | {"REACH_SHARE": 0.4}], crews=[{}] * 9, groups=groups, missed=missed
    )
    counts = run_plan(plan, SPAN, SEED, np.arange(5)).by_group[:, 0].sum(0)
    lost = counts[:, Count.NOT_REACHED] / np.maximum(counts[:, Count.NEED], 1)
    assert lost[0] == pytest.approx(0.6 * 0.2, abs=0.01)
    assert lost[24] == pytest.approx(0.6, abs=0.01)
