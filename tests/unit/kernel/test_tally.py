import math

import numpy as np
import pytest

from remit.kernel.batch import run_plan
from remit.kernel.layout import BINS_FINE, N_BINS, N_GROUPS, Count, Span, Tape
from remit.kernel.tally import group_at, quantile, response_bin
from worlds import make_plan

DAY = 1440.0


@pytest.mark.parametrize(
    ("minutes", "bin_"),
    [
        (-1.0, 0),
        (0.0, 0),
        (0.0999, 0),
        (0.1, 1),
        (7.25, 72),
        (59.999, BINS_FINE - 1),
        (60.0, BINS_FINE),
        (61.5, BINS_FINE + 1),
        (599.9, N_BINS - 2),
        (600.0, N_BINS - 1),
        (1e9, N_BINS - 1),
    ],
)
def test_a_response_lies_in_tenths_to_an_hour_then_minutes_then_longer(minutes, bin_):
    assert response_bin(minutes) == bin_


def bins_of(minutes: list[float]) -> np.ndarray:
    bins = np.zeros(N_BINS, np.int32)
    for m in minutes:
        bins[response_bin(m)] += 1
    return bins


def test_nobody_has_no_quantile():
    assert math.isnan(quantile(bins_of([]), 0.5))


@pytest.mark.parametrize("q", [0.5, 0.9])
def test_a_quantile_is_right_to_a_tenth_of_a_minute(q):
    minutes = np.random.default_rng(1).gamma(3.0, 3.0, 20_000)
    assert quantile(bins_of(list(minutes)), q) == pytest.approx(np.quantile(minutes, q), abs=0.1)


def test_a_quantile_beyond_an_hour_is_right_to_a_minute():
    assert quantile(bins_of([100.5] * 10), 0.5) == pytest.approx(100.5, abs=0.5)


@pytest.mark.parametrize(("u", "group"), [(0.0, 0), (0.29, 0), (0.3, 3), (0.99, 3)])
def test_a_group_is_drawn_by_its_share(u, group):
    cumulative = np.ones(N_GROUPS)
    cumulative[:3] = 0.3
    assert group_at(cumulative, u) == group


def run(clock: float = 1.0, **changes: object) -> Tape:
    plan = make_plan(
        rates=np.array([[0.02], [0.03]]),
        kinds=[{"SCENE_MINUTES": 5, "HAS_OUTCOME": 1, "URGENT": 1, "CLOCK_MINUTES": clock}],
        crews=[{"BASE": 0}, {"BASE": 1}],
        travel=[[1.0, 9.3], [9.3, 2.0]],
        curve=[{"INTERCEPT": 0.25}, {"INTERCEPT": 0.75}],
        **changes,
    )
    return run_plan(plan, Span(2 * DAY, 92 * DAY), 1, np.arange(3))


def test_groups_zones_and_months_add_up_to_the_same_people():
    tape = run(groups=np.full((2, N_GROUPS), 1 / N_GROUPS))
    whole = tape.by_group.sum((1, 2))
    assert whole == pytest.approx(tape.by_zone.sum((1, 2)))
    assert whole == pytest.approx(tape.by_month.sum((1, 2)))


def test_people_fall_to_the_groups_of_their_zone():
    groups = np.zeros((2, N_GROUPS))
    groups[0, 3] = groups[1, 20] = 1.0
    tape = run(groups=groups)
    need = tape.by_group[:, 0, :, Count.NEED]
    assert set(np.nonzero(need.sum(0))[0]) == {3, 20}
    assert need[:, 3] == pytest.approx(tape.by_zone[:, 0, 0, Count.NEED])


def test_a_zone_outside_is_not_counted():
    tape = run(zones=[{}, {"INSIDE": 0}])
    assert tape.by_zone[:, 1].sum() == 0.0
    assert tape.by_zone[:, 0, 0, Count.NEED].min() > 0.0


def test_need_before_the_warm_up_ends_is_not_counted():
    tape = run()
    assert (tape.by_group[..., Count.NEED].sum((1, 2)) < tape.totals[:, 0]).all()


def test_survival_is_the_sum_of_chances_by_severity():
    tape = run(scalars={"SEVERE_SHARE": 0.4})
    counts = tape.by_group.sum((0, 1, 2))
    assert counts[Count.SURVIVAL] / counts[Count.NEED] == pytest.approx(0.4 * 0.25 + 0.6 * 0.75, abs=0.01)


def test_the_drawn_survivors_are_about_as_many_as_the_chances_say():
    counts = run(scalars={"SEVERE_SHARE": 0.4}).by_group.sum((0, 1, 2))
    spread = math.sqrt(counts[Count.NEED] * 0.25)
    assert counts[Count.SURVIVED] == pytest.approx(counts[Count.SURVIVAL], abs=4 * spread)


def test_response_starts_at_the_published_clock():
    late, early = (run(clock=minutes).by_zone.sum((0, 1, 2)) for minutes in (1.0, 0.0))
    assert late[Count.SERVED] == early[Count.SERVED]
    assert late[Count.RESPONSE_MINUTES] == pytest.approx(early[Count.RESPONSE_MINUTES] - late[Count.SERVED])


def test_urgent_kinds_are_counted_together_as_each_by_itself_where_there_is_one():
    tape = run()
    assert (tape.quantiles[:, 0] == tape.quantiles[:, 1])[~np.isnan(tape.quantiles[:, 0])].all()
    assert (tape.chart[:, 0] == tape.chart[:, 1]).all()


def test_within_target_are_those_whose_response_is_no_longer():
    tape = run()
    slow = tape.chart[:, 0, 16:].sum()  # eight minutes and more, in half minutes
    counts = tape.by_group.sum((0, 1, 2))
    assert slow > 0
    assert counts[Count.WITHIN_TARGET] == counts[Count.SERVED] - slow
