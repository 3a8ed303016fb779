import numpy as np
import pytest

from remit.questions.robust import METRICS, robust
from remit.questions.weights import Stakes, Threshold

NAN = np.nan
NAMES = ("a", "b", "c")
BETTER = {"lives": "up", "minutes": "down"}
# four futures (rows), three designs (columns)
LIVES = np.array([[0.0, 5.0, 10.0], [4.0, 5.0, 10.0], [8.0, 5.0, 0.0], [4.0, 5.0, 0.0]])
MINUTES = np.array([[10.0, 8.0, 6.0], [10.0, 8.0, 6.0], [6.0, 8.0, 10.0], [6.0, 8.0, 10.0]])
LIFE = Stakes({"life": {"lives": 1.0}})
TWO = Stakes({"life": {"lives": 1.0}, "both": {"lives": 0.5, "minutes": 0.5}})


def told(stakes=TWO, lives=LIVES, minutes=MINUTES, names=NAMES, **more):
    return robust({"lives": lives, "minutes": minutes}, names, BETTER, stakes, **more)


def column(found, who, metric, names=NAMES):
    return [getattr(found.of(who, d), metric) for d in names]


def test_a_case_worked_by_hand():
    # lives scaled by their range 0 to 10: a 0 .4 .8 .4, b .5 .5 .5 .5, c 1 1 0 0
    # regret:                              a 1 .6  0 .1, b .5 .5 .3  0, c 0 0 .8 .5
    found = told(Stakes(LIFE.weights, (Threshold("lives", False, 4.0), Threshold("minutes", True, 8.0))))
    assert column(found, "life", "mean") == pytest.approx([0.4, 0.5, 0.5])
    # the 10th centile of four lies three tenths of the way from the least to the next
    assert column(found, "life", "tenth") == pytest.approx([0.12, 0.5, 0.0])
    assert column(found, "life", "worst") == [0.0, 0.5, 0.0]
    assert column(found, "life", "mean_regret") == pytest.approx([0.425, 0.325, 0.325])
    assert column(found, "life", "max_regret") == pytest.approx([1.0, 0.5, 0.8])
    # both thresholds: a in the last two, b always, c in the first two
    assert column(found, "life", "satisficing") == [0.5, 1.0, 0.5]
    assert column(found, "life", "share_best") == [0.25, 0.25, 0.5]
    assert found.of("life", "a").ranks == {
        "mean": 3,
        "tenth": 2,
        "worst": 2,
        "mean_regret": 3,
        "max_regret": 3,
        "satisficing": 2,
    }
    assert found.best["life"] == {
        "mean": ("b", "c"),
        "tenth": ("b",),
        "worst": ("b",),
        "mean_regret": ("b", "c"),
        "max_regret": ("b",),
        "satisficing": ("b",),
    }
    assert found.scales == {"lives": (0.0, 10.0), "minutes": (10.0, 6.0)}
    assert (found.n_scenarios, found.n_left_out, found.unmet, found.splits) == (4, 0, (), ())


def test_two_outcomes_of_opposite_direction_are_weighed():
    # minutes scaled: a 0 0 1 1, b .5 each, c 1 1 0 0; half and half
    found = told()
    assert column(found, "both", "mean") == pytest.approx([0.45, 0.5, 0.5])
    assert column(found, "both", "worst") == pytest.approx([0.0, 0.5, 0.0])
    assert column(found, "both", "max_regret") == pytest.approx([1.0, 0.5, 0.9])
    assert column(found, "both", "share_best") == [0.5, 0.0, 0.5]


def test_turning_an_outcomes_sign_and_direction_changes_nothing():
    turned = robust({"lives": -LIVES, "minutes": MINUTES}, NAMES, {"lives": "down", "minutes": "down"}, TWO)
    for s in told().standings:
        t = turned.of(s.stakeholder, s.design)
        assert t.ranks == s.ranks
        assert [getattr(t, m) for m in ("mean", "tenth", "max_regret")] == pytest.approx(
            [getattr(s, m) for m in ("mean", "tenth", "max_regret")]
        )


def test_stakeholders_and_metrics_that_disagree_are_told():
    #                    steady  bold
    lives = np.array([[4.0, 0.0], [4.0, 10.0], [4.0, 10.0]])
    cost = np.array([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]])
    stakes = Stakes({"life": {"lives": 1.0}, "purse": {"cost": 1.0}})
    found = robust(
        {"lives": lives, "cost": cost}, ("steady", "bold"), {"lives": "up", "cost": "down"}, stakes
    )
    splits = {(s.among, s.within): s.best for s in found.splits}
    assert splits[("stakeholders", "mean")] == {"life": ("bold",), "purse": ("steady",)}
    assert ("stakeholders", "worst") not in splits
    assert splits[("metrics", "life")]["mean"] == ("bold",)
    assert splits[("metrics", "life")]["worst"] == ("steady",)
    assert ("metrics", "purse") not in splits


def test_identical_designs_have_identical_scores_exactly():
    rng = np.random.default_rng(1)
    lives, minutes = rng.normal(size=(37, 3)), rng.normal(size=(37, 3))
    lives[:, 2], minutes[:, 2] = lives[:, 0], minutes[:, 0]
    found = told(lives=lives, minutes=minutes)
    for who in ("life", "both"):
        a, c = found.of(who, "a"), found.of(who, "c")
        assert [getattr(a, m) for m in METRICS if m != "satisficing"] == [
            getattr(c, m) for m in METRICS if m != "satisficing"
        ]
        assert (a.ranks, a.share_best) == (c.ranks, c.share_best)
        assert sum(column(found, who, "share_best")) == pytest.approx(1.0)


def test_all_designs_the_same_are_all_best_without_regret():
    same = np.repeat(np.arange(4.0)[:, None], 3, axis=1)
    found = told(LIFE, lives=same)
    assert column(found, "life", "max_regret") == [0.0, 0.0, 0.0]
    assert set(found.best["life"].values()) == {NAMES}
    assert column(found, "life", "share_best") == pytest.approx([1 / 3] * 3)


def test_the_order_of_scenarios_does_not_matter():
    order = np.random.default_rng(2).permutation(50)
    lives, minutes = np.random.default_rng(3).normal(size=(2, 50, 3))
    again = told(lives=lives[order], minutes=minutes[order])
    first = told(lives=lives, minutes=minutes)
    assert [(s.mean, s.tenth, s.worst, s.max_regret, s.ranks) for s in again.standings] == [
        (s.mean, s.tenth, s.worst, s.max_regret, s.ranks) for s in first.standings
    ]


def test_a_failed_run_leaves_its_scenario_out_for_all_designs():
    lives = np.vstack([LIVES, [[100.0, 100.0, 100.0]], [[0.0, np.inf, 0.0]]])
    minutes = np.vstack([MINUTES, [[6.0, NAN, 6.0]], [[6.0, 6.0, 6.0]]])
    found = told(lives=lives, minutes=minutes)
    assert [s.mean for s in found.standings] == [s.mean for s in told().standings]
    assert found.scales == told().scales, "what was left out does not stretch a scale"
    assert (found.n_scenarios, found.n_left_out) == (4, 2)
    assert any("2 scenarios are left out" in f for f in found.findings)


def test_an_outcome_that_counts_for_nobody_leaves_nothing_out():
    assert told(LIFE, minutes=np.full((4, 3), NAN)).n_left_out == 0


def test_without_any_complete_scenario_it_says_so():
    found = told(lives=np.full((4, 3), NAN))
    assert (found.standings, found.n_scenarios, found.n_left_out) == ((), 0, 4)
    assert "no scenario" in found.findings[0]


def test_without_thresholds_there_is_no_satisficing():
    found = told()
    assert np.isnan(found.of("life", "a").satisficing)
    assert "satisficing" not in found.best["life"]
    assert "satisficing" not in found.of("life", "a").ranks


@pytest.mark.parametrize(
    ("threshold", "nearest", "designs"),
    [
        (Threshold("lives", False, 12.0), 10.0, ("c",)),
        (Threshold("minutes", True, 5.0), 6.0, ("a", "c")),
        (Threshold("minutes", False, 10.5), 10.0, ("a", "c")),
    ],
)
def test_a_threshold_nobody_meets_is_a_finding_with_the_nearest_value(threshold, nearest, designs):
    found = told(Stakes(TWO.weights, (threshold,)))
    assert [(u.threshold, u.nearest, u.designs) for u in found.unmet] == [(threshold, nearest, designs)]
    assert f"the nearest value is {nearest:g} ({' and '.join(designs)})" in found.findings[0]
    assert column(found, "life", "satisficing") == [0.0, 0.0, 0.0]


def test_thresholds_met_each_but_never_together_are_a_finding():
    found = told(Stakes(TWO.weights, (Threshold("lives", True, 0.0), Threshold("minutes", True, 6.0))))
    assert found.unmet == ()
    assert "no design meets all of them" in found.findings[0]


def test_a_given_scale_is_used_and_an_outcome_that_never_differs_decides_nothing():
    found = told(LIFE, scales={"lives": (0.0, 20.0)})
    assert column(found, "life", "mean") == pytest.approx([0.2, 0.25, 0.25])
    flat = told(minutes=np.full((4, 3), 7.0))
    assert column(flat, "both", "mean") == pytest.approx([0.2, 0.25, 0.25])
    assert any(f.startswith("minutes is the same") for f in flat.findings)


def test_what_does_not_fit_together_is_refused():
    with pytest.raises(ValueError, match="minutes"):
        robust({"lives": LIVES}, NAMES, BETTER, TWO)
    with pytest.raises(ValueError, match="direction"):
        robust({"lives": LIVES}, NAMES, {"lives": "none"}, LIFE)
    with pytest.raises(ValueError, match="sizes"):
        told(names=("a", "b"))
    with pytest.raises(ValueError, match="scale"):
        told(LIFE, scales={"lives": (3.0, 3.0)})
    with pytest.raises(ValueError, match="stakeholders"):
        told(Stakes({}))
