import numpy as np
import pytest

from remit.questions.confirm import confirm

NAN = np.nan


def evaluator(levels, spread=0.0, failed=()):
    """Outcomes: a level by genome, weather that all share, and luck of each one's own."""

    def evaluate(genomes, scenarios):
        out = {}
        for g in genomes:
            rows = []
            for s in scenarios:
                weather = np.random.default_rng([s]).normal(size=2) * 10.0
                luck = np.random.default_rng([s, 7, *g]).normal(size=2) * spread
                rows.append(np.array(levels[g]) + weather + luck)
            out[g] = np.array(rows)
            for genome, s in failed:
                if genome == g and s in scenarios:
                    out[g][list(scenarios).index(s)] = NAN
        return out

    return evaluate


def told(levels, genomes=None, **more):
    genomes = genomes or list(levels)
    return confirm(
        genomes,
        evaluator(levels, **more),
        range(64, 128),
        chosen_on=range(64),
        aims=("mean", "mean"),
    )


A, B, C, D = (0,), (1,), (2,), (3,)


def test_what_is_beaten_and_what_cannot_be_told_apart():
    found = told({A: (5.0, 0.0), B: (0.0, 5.0), C: (5.0, 0.01), D: (4.0, -1.0)}, spread=1.0)
    assert found.groups == ((A, C), (B,), (D,))
    assert found.alike == ((A, C),)
    assert [f.group for f in found.fresh] == [0, 1, 0, 2]
    assert [f.is_beaten for f in found.fresh] == [False, False, False, True]
    assert found.fresh[1].is_on_front
    assert not found.fresh[3].is_on_front
    assert [f.n_scenarios for f in found.fresh] == [64] * 4
    assert any("2 designs cannot be told apart" in f for f in found.findings)
    assert "1 are clearly beaten" in found.findings[0]


def test_fresh_means_and_errors_are_the_scenarios_own():
    found = told({A: (5.0, 0.0)})
    weather = np.array([np.random.default_rng([s]).normal(size=2) * 10.0 for s in range(64, 128)])
    assert found.fresh[0].scores == pytest.approx((weather + [5.0, 0.0]).mean(axis=0))
    assert found.fresh[0].errors == pytest.approx(weather.std(axis=0, ddof=1) / 8.0)


def test_genomes_with_the_same_outcomes_are_alike_and_both_on_the_front():
    found = told({A: (1.0, 1.0), B: (1.0, 1.0)})
    assert found.groups == ((A, B),)
    assert [f.is_on_front for f in found.fresh] == [True, True]


def test_in_a_group_every_two_are_alike_though_likeness_does_not_carry_over():
    # own luck of 1 in 64 scenarios: the error of a difference is about 0.18; steps of 0.25 add up
    found = told({A: (0.0, 0.0), B: (0.25, 0.0), C: (0.5, 0.0), D: (0.75, 0.0)}, spread=1.0)
    pairs = set(found.alike)
    for group in found.groups:
        assert all((a, b) in pairs for i, a in enumerate(group) for b in group[i + 1 :])
    assert sum(len(g) for g in found.groups) == 4
    assert len(found.groups) > 1
    assert any(a in g and b not in g for a, b in pairs for g in found.groups), "pairs beyond groups are told"


def test_failed_runs():
    levels = {A: (5.0, 0.0), B: (0.0, 5.0), C: (9.0, 9.0)}
    failed = [(C, s) for s in range(64, 128)] + [(A, 70)]
    found = told(levels, failed=failed)
    assert [f.n_failed for f in found.fresh] == [1, 0, 64]
    assert [f.is_on_front for f in found.fresh] == [True, True, False]
    assert np.isnan(found.fresh[2].scores).all()
    assert found.fresh[2].group is None
    assert found.groups == ((A,), (B,))
    assert any("finished no fresh scenario" in f for f in found.findings)
    assert any("1 failed in some" in f for f in found.findings)


def test_the_winners_curse_is_lifted():
    # forty alike designs, each with its own luck: the best by eight scenarios is not better in fresh ones
    levels = {(i,): (0.0, 0.0) for i in range(40)}
    evaluate = evaluator(levels, spread=5.0)
    first = evaluate(list(levels), range(8))
    best = max(first, key=lambda g: first[g].mean())
    rest = [g for g in levels if g != best]
    gap = first[best].mean() - np.mean([first[g].mean() for g in rest])
    found = confirm(list(levels), evaluate, range(8, 72), chosen_on=range(8), aims=("mean", "mean"), z=3.0)
    fresh = {f.genome: np.mean(f.scores) for f in found.fresh}
    assert gap > 2.0
    assert abs(fresh[best] - np.mean([fresh[g] for g in rest])) < 1.0
    assert len(found.groups[0]) > 30


def test_what_does_not_fit_is_refused():
    levels = {A: (0.0, 0.0)}
    evaluate, aims = evaluator(levels), ("mean", "mean")
    with pytest.raises(ValueError, match="not fresh"):
        confirm([A], evaluate, range(60, 70), chosen_on=range(64), aims=aims)
    with pytest.raises(ValueError, match="at least 2"):
        confirm([A], evaluate, range(64, 65), chosen_on=range(64), aims=aims)
    with pytest.raises(ValueError, match="twice"):
        confirm([A, A], evaluate, range(64, 70), chosen_on=range(64), aims=aims)
    with pytest.raises(ValueError, match="no genomes"):
        confirm([], evaluate, range(64, 70), chosen_on=range(64), aims=aims)
    with pytest.raises(ValueError, match="evaluate gave"):
        confirm([A], evaluate, range(64, 70), chosen_on=range(64), aims=("mean",))
    with pytest.raises(ValueError, match="nothing"):
        confirm([A], lambda g, s: {}, range(64, 70), chosen_on=range(64), aims=aims)
