import numpy as np
import pytest

from remit.ensemble.freezing import frozen, points_in_block
from remit.questions.variance import LEAST_BLOCKS, decompose

NAN = np.nan


def drawn(n, d, second_order, seed=1):
    rng = np.random.default_rng(seed)
    names = [f"x{i}" for i in range(d)]
    return frozen(names, rng.random((n, d)), rng.random((n, d)), names, second_order)


def outcome(points):
    return points[:, 0] + 2.0 * points[:, 1] + 6.0 * points[:, 0] * points[:, 2]


def no_index(found):
    shares = (found.first, found.total, found.pairs, found.first_low, found.first_high, found.total_low)
    return all(np.isnan(s).all() for s in shares)


@pytest.mark.parametrize("scale", [1.0, 1e-9, 1e12])
@pytest.mark.parametrize("second_order", [True, False])
def test_shares_equal_the_peers(second_order, scale):
    sobol = pytest.importorskip("SALib.analyze.sobol")
    d = 4
    y = scale * (3.0 + outcome(drawn(256, d, second_order)))
    problem = {"num_vars": d, "names": [f"x{i}" for i in range(d)], "bounds": [[0.0, 1.0]] * d}
    told = sobol.analyze(problem, y, calc_second_order=second_order, num_resamples=20, seed=1)
    found = decompose(y, d, second_order)
    assert found.first == pytest.approx(told["S1"], abs=1e-12)
    assert found.total == pytest.approx(told["ST"], abs=1e-12)
    if second_order:
        assert found.pairs == pytest.approx(told["S2"], abs=1e-12, nan_ok=True)
    else:
        assert np.isnan(found.pairs).all()


def test_one_nan_does_not_turn_everything_to_zero():
    d = 3
    y = outcome(drawn(512, d, True))
    whole = decompose(y, d, True)
    y[5 * points_in_block(d, True) + 2] = NAN
    found = decompose(y, d, True)
    assert (found.verdict, found.n_blocks, found.n_left_out) == ("", 511, 1)
    assert found.first == pytest.approx(whole.first, abs=0.02)
    assert found.total == pytest.approx(whole.total, abs=0.02)
    assert found.first.min() > 0.05
    rest = np.delete(y.reshape(512, -1), 5, axis=0).ravel()
    assert np.array_equal(found.total, decompose(rest, d, True).total), "as if the block had never been"


def test_one_nan_among_512_outcomes_costs_one_block_and_no_more():
    y = outcome(drawn(64, 3, True))
    assert len(y) == 512
    y[100] = np.inf
    found = decompose(y, 3, True)
    assert (found.n_blocks, found.n_left_out) == (63, 1)
    assert np.isfinite(found.first).all()


def test_too_many_failed_runs_are_refused_in_words_and_never_zero():
    y = outcome(drawn(64, 3, False))
    table = y.reshape(64, -1)
    table[:32, 1] = NAN
    assert decompose(table.ravel(), 3, False).verdict == "", "half is not more than half"
    table[32, 0] = NAN
    found = decompose(table.ravel(), 3, False)
    assert found.verdict.startswith("More than half of the blocks are left out, 33 of 64")
    assert no_index(found)
    assert np.isnan(found.variance)


def test_too_few_blocks_are_refused_in_words():
    y = outcome(drawn(LEAST_BLOCKS, 3, False))
    assert decompose(y, 3, False).verdict == ""
    y[-1] = NAN
    found = decompose(y, 3, False)
    assert found.verdict == (
        "Too few blocks: 15 (1 more left out: a run failed or its noise is not known). At least 16 are needed."
    )
    assert no_index(found)
    nothing = decompose(np.full_like(y, NAN), 3, False)
    assert nothing.verdict.startswith("More than half")
    assert decompose(np.empty(0), 3, False).verdict.startswith("Too few blocks: 0.")


@pytest.mark.parametrize("constant", [0.0, 0.1 + 0.2, -1e9])
def test_a_difference_that_is_the_same_everywhere_does_not_vary(constant):
    found = decompose(np.full(64 * 8, constant), 3, True)
    assert found.verdict.startswith("The outcome does not vary")
    assert no_index(found)


def test_rounding_is_no_variance():
    y = np.full(64 * 8, 0.3)
    y[::3] = 0.1 + 0.2
    assert np.ptp(y) > 0.0
    assert decompose(y, 3, True).verdict.startswith("The outcome does not vary")


def test_base_points_that_do_not_vary_are_told_apart():
    table = np.zeros((64, 5))
    table[::2, 2] = 1.0
    found = decompose(table.ravel(), 3, False)
    assert found.verdict.startswith("The outcome does not vary between the base points")
    assert no_index(found)


def test_luck_as_large_as_the_variance_is_refused_in_words():
    rng = np.random.default_rng(3)
    y = rng.normal(size=200 * 5)
    found = decompose(y, 3, False, noise=np.ones_like(y))
    assert found.verdict == "The outcome varies no more than luck between replicates would make it."
    assert no_index(found)
    assert found.noise_share == pytest.approx(1.0, abs=0.15)


def test_noise_is_taken_out_of_variance_and_totals_point_by_point():
    y = outcome(drawn(128, 3, False))
    plain = decompose(y, 3, False)
    table = np.zeros((128, 5))
    table[:, 2] = 0.3  # the second factor's points only
    found = decompose(y, 3, False, noise=table.ravel())
    assert found.first == pytest.approx(plain.first, abs=1e-12)
    assert found.total - plain.total == pytest.approx(np.array([0.0, -0.15 / plain.variance, 0.0]), abs=1e-12)
    assert found.noise_share == 0.0
    table[:, [0, 4]] = 0.5
    found = decompose(y, 3, False, noise=table.ravel())
    assert found.variance == pytest.approx(plain.variance - 0.5)
    assert found.noise_share == pytest.approx(0.5 / plain.variance)


def test_noise_that_is_not_known_leaves_its_block_out():
    y = outcome(drawn(128, 3, False))
    noise = np.zeros_like(y)
    noise[[0, 1, 17]] = NAN
    found = decompose(y, 3, False, noise=noise)
    assert (found.n_blocks, found.n_left_out) == (126, 2)
    assert np.isnan(decompose(y, 3, False).noise_share), "not given is not 0"


def test_ranges_hold_the_shares_and_do_not_depend_on_the_unit():
    y = outcome(drawn(256, 3, True))
    found, scaled = decompose(y, 3, True, seed=4), decompose(1000.0 * y - 7.0, 3, True, seed=4)
    for name in ("first", "total", "pairs"):
        low, value, high = (getattr(found, name + end) for end in ("_low", "", "_high"))
        shown = ~np.isnan(value)
        assert (low[shown] <= value[shown]).all()
        assert (value[shown] <= high[shown]).all()
        assert getattr(scaled, name + "_low") == pytest.approx(low, abs=1e-9, nan_ok=True)
    assert scaled.variance == pytest.approx(1e6 * found.variance)
    assert np.array_equal(np.isnan(found.pairs), ~np.triu(np.ones((3, 3), bool), 1))


def test_ranges_are_those_of_a_loop_over_resamples():
    n, d = 40, 3
    y = outcome(drawn(n, d, True))
    found = decompose(y, d, True, n_resamples=60, seed=9)
    rng = np.random.default_rng(9)
    centred = (y - y.mean()).reshape(n, -1)
    again = []
    for _ in range(60):
        t = centred[rng.integers(n, size=n)]
        variance = np.var(np.r_[t[:, 0], t[:, -1]])
        first = [np.mean(t[:, -1] * (t[:, 1 + i] - t[:, 0])) / variance for i in range(d)]
        pair = np.mean(t[:, 1 + d] * t[:, 3] - t[:, 0] * t[:, -1]) / variance - first[0] - first[2]
        total = 0.5 * np.mean((t[:, 0] - t[:, 1]) ** 2) / variance
        again.append([first[0], pair, total])
    low, high = np.percentile(again, [5.0, 95.0], axis=0)
    assert [found.first_low[0], found.pairs_low[0, 2], found.total_low[0]] == pytest.approx(low)
    assert [found.first_high[0], found.pairs_high[0, 2], found.total_high[0]] == pytest.approx(high)


def test_one_factor_alone_makes_everything():
    y = drawn(512, 1, True)[:, 0]
    found = decompose(y, 1, True)
    assert found.total == pytest.approx([1.0], abs=0.1)
    assert np.isnan(found.pairs).all()


@pytest.mark.parametrize(
    ("y", "more", "match"),
    [
        (np.zeros(9), {}, "do not make blocks of 8"),
        (np.zeros((8, 1)), {}, "do not make blocks"),
        (np.zeros(8), {"n_resamples": 3}, "3 resamples"),
        (np.zeros(8), {"noise": np.zeros(7)}, "noise for"),
        (np.zeros(8), {"noise": np.full(8, -1.0)}, "below 0"),
    ],
)
def test_what_does_not_fit_is_refused(y, more, match):
    with pytest.raises(ValueError, match=match):
        decompose(y, 3, True, **more)


def test_one_extreme_outcome_brings_a_caution():
    y = outcome(drawn(256, 3, True))
    assert decompose(y, 3, True).caution == ""
    y[0] = 1e6
    found = decompose(y, 3, True)
    assert found.verdict == ""
    assert found.caution.startswith("A few extreme outcomes make most of the variance")
