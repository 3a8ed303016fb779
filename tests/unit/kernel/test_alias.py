import numpy as np
import pytest

from remit.kernel.alias import alias_table


def shares(weights: np.ndarray) -> np.ndarray:
    """Return the chance of each cell, worked out from the table."""
    keep, alias = alias_table(weights)
    chance = keep / len(weights)
    np.add.at(chance, alias, (1.0 - keep) / len(weights))
    return chance


@pytest.mark.parametrize(
    "weights",
    [
        [1.0],
        [1.0, 1.0, 1.0],
        [1.0, 3.0],
        [0.0, 1.0],
        [1.0, 0.0, 0.0],
        [1e-12, 1.0],
        [5.0, 0.1, 0.1, 0.1, 2.0],
    ],
)
def test_every_cell_has_its_share(weights):
    weights = np.array(weights)
    assert shares(weights) == pytest.approx(weights / weights.sum(), abs=1e-15)


def test_many_cells_have_their_shares():
    weights = np.random.default_rng(1).gamma(0.3, size=2000)
    assert shares(weights) == pytest.approx(weights / weights.sum(), abs=1e-15)


def test_a_cell_without_weight_is_never_drawn():
    weights = np.random.default_rng(2).gamma(0.3, size=500)
    weights[::3] = 0.0
    keep, alias = alias_table(weights)
    assert (keep[::3] == 0.0).all()
    assert not (alias % 3 == 0)[keep < 1.0].any()


def test_weights_are_left_as_they_were():
    weights = np.array([1.0, 2.0])
    alias_table(weights)
    assert weights.tolist() == [1.0, 2.0]


def test_only_proportions_matter():
    first, second = alias_table(np.array([1.0, 2.0, 5.0])), alias_table(np.array([2.0, 4.0, 10.0]))
    assert (first[0] == second[0]).all()
    assert (first[1] == second[1]).all()
