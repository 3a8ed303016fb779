import math
from statistics import NormalDist

import numpy as np
import pytest

from answers import question
from remit.briefs.brief import Tied
from remit.briefs.together import LATER
from remit.ensemble.dependence import check_ties, inverse_normal, normal_cdf, tie
from remit.ensemble.plans import quantiles
from remit.ground.faults import Faults
from remit.ground.quantity import Choice, Quantity

NAMES = ("a", "b", "c", "d", "e")
NORMAL = NormalDist()


def alike(names, rho):
    return Tied(tuple(names), tuple(tuple(1.0 if a == b else rho for b in names) for a in names))


def drawn(n=400, seed=1):
    return quantiles("even", NAMES, 0, n, n, seed)


def spearman(a, b):
    return np.corrcoef(np.argsort(np.argsort(a)), np.argsort(np.argsort(b)))[0, 1]


@pytest.mark.parametrize("rho", [-0.95, -0.3, 0.0, 0.5, 0.99])
def test_two_names_go_together_as_asked(rho):
    tied = tie(NAMES, drawn(4096), [alike("bd", rho)])
    assert spearman(tied[:, 1], tied[:, 3]) == pytest.approx(rho, abs=0.06)


def test_the_first_name_and_names_outside_keep_their_bits():
    before = drawn()
    tied = tie(NAMES, before, [alike("dba", 0.7)])
    assert np.array_equal(tied[:, [2, 3, 4]], before[:, [2, 3, 4]])
    assert (tied[:, [0, 1]] != before[:, [0, 1]]).mean() > 0.99


def test_what_goes_with_nothing_before_it_keeps_its_bits():
    before = drawn()
    matrix = ((1.0, 0.0, 0.6), (0.0, 1.0, 0.6), (0.6, 0.6, 1.0))
    tied = tie(NAMES, before, [Tied(("a", "b", "c"), matrix)])
    assert np.array_equal(tied[:, :2], before[:, :2])
    assert spearman(tied[:, 0], tied[:, 2]) == pytest.approx(0.6, abs=0.1)


def test_no_ties_change_nothing_and_the_argument_is_left_alone():
    before = drawn()
    kept = before.copy()
    assert np.array_equal(tie(NAMES, before, []), before)
    assert np.array_equal(tie(NAMES, before, [alike("ab", 0.0)]), before)
    tie(NAMES, before, [alike("ab", 0.5)])
    assert np.array_equal(before, kept)


@pytest.mark.parametrize("n", [0, 1, 3, 64, 399])
def test_more_scenarios_leave_those_tied_as_they_are(n):
    groups = [alike("abc", 0.6), alike("ed", -0.4)]
    assert np.array_equal(tie(NAMES, drawn()[:n], groups), tie(NAMES, drawn(), groups)[:n])


def test_a_pair_by_hand():
    u, v = 0.2, 0.9
    r = 2.0 * math.sin(math.pi * 0.5 / 6.0)
    z = r * NORMAL.inv_cdf(u) + math.sqrt(1.0 - r * r) * NORMAL.inv_cdf(v)
    tied = tie(["a", "b"], np.array([[u, v]]), [alike("ab", 0.5)])
    assert tied[0].tolist() == [u, pytest.approx(NORMAL.cdf(z), abs=1e-14)]


def test_what_cannot_be_is_refused():
    with pytest.raises(Faults) as raised:
        tie(NAMES, drawn(), [alike("abc", -0.5)])
    assert [f.code for f in raised.value.faults] == ["BRF022"]


def test_normal_values_and_back_agree_with_the_standard_library():
    u = np.concatenate([np.linspace(1e-6, 1.0 - 1e-6, 2001), 10.0 ** -np.arange(1, 17), [2.0**-53]])
    z = inverse_normal(u)
    assert z.tolist() == [NORMAL.inv_cdf(x) for x in u]
    assert normal_cdf(z) == pytest.approx(u, rel=1e-9)


def test_normal_values_agree_with_scipy():
    scipy_special = pytest.importorskip("scipy.special")
    u = np.concatenate([np.linspace(1e-6, 1.0 - 1e-6, 2001), 10.0 ** -np.arange(1, 17)])
    assert inverse_normal(u) == pytest.approx(scipy_special.ndtri(u), abs=1e-9)
    z = np.linspace(-8.0, 8.0, 1001)
    assert normal_cdf(z) == pytest.approx(scipy_special.ndtr(z), rel=1e-12)


def test_quantiles_stay_strictly_inside_at_the_far_ends():
    ends = np.array([[2.0**-53] * 3, [1.0 - 2.0**-53] * 3])
    tied = tie(["a", "b", "c"], ends, [alike("abc", 0.9)])
    assert 0.0 < tied.min() < tied.max() < 1.0


def test_everything_wrong_with_names_is_told_together():
    unknowns = [
        Quantity("crews.number", 3.0, "crews", 2.0, 5.0, "triangular"),
        Quantity("roles.broker.cost_gbp_per_year", 1.0, "gbp_per_year", 1.0, 1.0),
        Choice("outcome.curve", ("a", "b"), (1.0, 1.0)),
    ]
    group = Tied(
        ("crews.number", "crews.numbr", "roles.broker.cost_gbp_per_year", "outcome.curve"),
        (),
        line=12,
    )
    with pytest.raises(Faults) as raised:
        check_ties([group], unknowns, "town.yaml")
    faults = {f.code: f for f in raised.value.faults}
    assert sorted(faults) == ["BRF014", "BRF018", "BRF019"]
    assert str(faults["BRF014"].place) == "town.yaml:12 together[0].names[1]"
    assert faults["BRF014"].fix == 'Did you mean "crews.number"?'
    check_ties([alike(("crews.number",), 0.0)], unknowns)


def test_what_a_brief_leaves_for_later_are_the_names_that_it_does_not_hold():
    asked = question()
    own = {*asked.brief.numbers, *asked.brief.choices}
    assert {q.name.split(".")[0] for q in asked.unknowns() if q.name not in own} <= set(LATER)
    effect = next(q.name for q in asked.unknowns() if q.name not in own)
    check_ties([alike((effect, "crews.number"), 0.5)], asked.unknowns())
