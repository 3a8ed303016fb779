from dataclasses import replace

import numpy as np
import pytest

from ensembles import fill, held, recipe
from remit.ground.faults import Faults
from remit.workbench.sensitivity import EVERYTHING_ELSE, sensitivity
from small_brief import codes_of


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store") / "s"
    fill(folder, recipe(80, 2, ("one_more",)))
    return held(folder)


def test_futures_as_they_came_give_shares_for_each_design(ordinary):
    told = sensitivity(ordinary, "cost_public")
    assert set(told.shared) == {"one_more"}
    assert not told.swapped
    found = told.shared["one_more"]
    assert found.verdict == ""
    assert found.n_scenarios == 80
    assert found.unknowns[0].first >= found.unknowns[-1].first


def test_swapped_futures_give_shares_alone_and_in_all_with_the_rest_as_a_factor(ordinary, tmp_path):
    names = tuple(u.name for u in sensitivity(ordinary, "cost_public").shared["one_more"].unknowns[:2])
    fill(tmp_path / "s", replace(recipe(24 * 5, 2, ("one_more",)), vary=names))
    told = sensitivity(held(tmp_path / "s"), "cost_public").swapped["one_more"]
    assert told.factors == (*names, EVERYTHING_ELSE)
    assert told.found.n_blocks == 24
    assert told.found.verdict == ""
    assert np.isfinite(told.found.total).all()
    assert told.found.noise_share >= 0.0


def test_an_outcome_that_does_not_differ_is_told_so_and_an_unknown_one_refused(ordinary):
    assert "does not vary" in sensitivity(ordinary, "accepted_share").shared["one_more"].verdict
    with pytest.raises(Faults) as raised:
        sensitivity(ordinary, "luck")
    assert codes_of(raised.value) == ["BRF014"]
