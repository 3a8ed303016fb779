import math

import numpy as np
import pytest

from remit.questions.ranking import Selecting, select


def rows(n, means, seed=1, spread=1.0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 1)) + spread * rng.normal(size=(n, len(means))) + np.array(means)


def by_hand(values, delta, alpha, n0):
    """The paper's procedure as it is printed, row by row (with a spread never below the one seen so far)."""
    k = values.shape[1]
    h2 = ((2 * alpha / (k - 1)) ** (-2 / (n0 - 1)) - 1) * (n0 - 1)
    left, out = list(range(k)), [0] * k
    for r in range(n0, len(values) + 1):
        mean = values[:r].mean(axis=0)
        kept = []
        for i in left:
            ok = True
            for m in left:
                if m != i:
                    gap = values[:, i] - values[:, m]
                    s2 = max(gap[:n0].var(ddof=1), gap[:r].var(ddof=1))
                    w = max(0.0, delta / (2 * r) * (h2 * s2 / delta**2 - r))
                    ok &= mean[i] >= mean[m] - w
            kept.append(i) if ok else out.__setitem__(i, r)
        left = kept
        if len(left) == 1:
            break
    return left, out, r


@pytest.mark.parametrize("seed", range(6))
def test_it_walks_the_papers_path(seed):
    values = rows(400, [0.0, 0.3, 0.6, 0.5], seed)
    left, out, n = by_hand(values, 0.2, 0.05, 20)
    told = select(values, Selecting(0.2, 0.95, 20))
    assert told.still_in == tuple(left)
    assert told.eliminated_at == tuple(out)
    assert told.n_used == n


def test_it_depends_on_rows_alone_and_stays_with_what_it_has_said():
    values = rows(600, [0.0, 0.3, 0.4])
    whole = select(values, Selecting(0.2))
    assert whole.is_done
    for n in range(1, 600, 7):
        part = select(values[:n], Selecting(0.2))
        assert set(whole.still_in) <= set(part.still_in)
        assert part.is_done == (n >= whole.n_used)
        for ours, final in zip(part.eliminated_at, whole.eliminated_at, strict=True):
            assert ours == (final if final <= n else 0)


def test_a_dropped_design_need_not_be_run_further():
    values = rows(600, [-1.0, 0.3, 0.4])
    whole = select(values, Selecting(0.05))
    dropped = whole.eliminated_at[0]
    values[dropped:, 0] = np.nan
    assert select(values, Selecting(0.05)) == whole
    assert whole.n_left_out == 0


def test_a_failed_future_is_left_out_for_all_and_counted():
    values = rows(600, [0.0, 0.3, 0.4])
    whole = select(values, Selecting(0.2))
    holed = np.insert(values, [3, 60, 60], np.nan, axis=0)
    holed[3, :2] = 5.0
    told = select(holed, Selecting(0.2))
    assert told.n_left_out == (3 if whole.n_used > 60 else 1)
    assert (told.best, told.n_used, told.eliminated_at) == (whole.best, whole.n_used, whole.eliminated_at)
    assert "left out: a run failed" in told.why


def test_adding_what_all_share_changes_nothing():
    values = rows(300, [0.0, 0.3, 0.5])
    shared = np.random.default_rng(9).integers(-1000, 1000, size=(300, 1)).astype(float)
    one, other = select(values, Selecting(0.2)), select(values + shared, Selecting(0.2))
    assert (one.eliminated_at, one.best, one.n_used) == (other.eliminated_at, other.best, other.n_used)


def test_designs_that_are_the_same_do_not_hold_up_the_end():
    values = rows(400, [0.0, 1.0])
    told = select(values[:, [0, 1, 1]], Selecting(0.3), ("now", "X", "Y"))
    assert told.is_done
    assert (told.best, told.equal, told.still_in) == (1, (2,), (1, 2))
    assert told.why == f"X is best after {told.n_used} futures; the same in every one of them: Y"


def test_all_the_same_is_an_end_too():
    told = select(np.tile(rows(48, [0.0]), (1, 3)), Selecting(0.3))
    assert told.is_done
    assert (told.best, told.equal) == (0, (1, 2))


def test_designs_that_part_late_are_not_dropped_on_one_future():
    values = np.zeros((400, 2))
    values[100:, 1] = np.random.default_rng(2).normal(size=300) * 10
    values[100, 1] = -10.0
    told = select(values[:101], Selecting(0.02))
    assert told.still_in == (0, 1)
    assert not told.is_done


def test_before_the_first_stage_none_is_dropped():
    told = select(rows(47, [0.0, 50.0]), Selecting(0.3))
    assert told.still_in == (0, 1)
    assert told.best is None
    assert told.n_most >= 48
    assert "no design is dropped before 48" in told.why


def test_what_is_needed_next_is_told():
    told = select(rows(60, [0.0, 0.01]), Selecting(0.05), ("A", "B"))
    assert not told.is_done
    assert told.n_most > 60
    assert "any of A, B may be best" in told.why
    assert f"about {told.n_most} in all" in told.why


def test_it_ends_by_about_the_most_it_told():
    values = rows(6000, [0.0, 0.0])
    early = select(values[:48], Selecting(0.2))
    late = select(values, Selecting(0.2))
    assert late.is_done
    assert late.n_used <= 2 * early.n_most


def test_one_design_is_the_best():
    assert select(np.zeros((0, 1)), Selecting(1.0)).best == 0


@pytest.mark.parametrize(
    ("values", "wish", "names"),
    [
        (np.zeros(5), Selecting(1.0), ()),
        (np.zeros((5, 0)), Selecting(1.0), ()),
        (np.zeros((5, 2)), Selecting(1.0), ("one",)),
        (np.full((5, 1), -np.inf), Selecting(1.0), ()),
        (np.zeros((5, 2)), Selecting(0.0), ()),
        (np.zeros((5, 2)), Selecting(math.nan), ()),
        (np.zeros((5, 2)), Selecting(1.0, confidence=1.0), ()),
        (np.zeros((5, 2)), Selecting(1.0, confidence=0.5), ()),
        (np.zeros((5, 2)), Selecting(1.0, first_stage=5), ()),
    ],
)
def test_what_cannot_be_is_refused(values, wish, names):
    with pytest.raises(ValueError, match=r"expected|infinite|names"):
        select(values, wish, names)
