import numpy as np
import pytest

from ensembles import held, recipe
from remit import wiring
from remit.adapters.executors import Serial
from remit.adapters.run_store import RunFolder
from remit.ground.faults import Faults
from remit.simulate.response_outcomes import RESPONSE
from remit.workbench.ensembles import question_of
from remit.workbench.until import LEAST, StopWish, explore_until
from small_brief import codes_of

LIVES = RESPONSE.by_id["survivors"]


def ran(folder, most, wish, **how):
    asked = recipe(most, 1, ("one_more",))
    asked = asked.__class__(**{**asked.__dict__, **how})
    _, question = question_of(asked, wiring.brief_at)
    return explore_until(asked, question, RunFolder(folder), Serial(), wish, lambda done, total: None)


def test_it_stops_at_the_first_look_that_is_precise_enough_and_says_so(tmp_path):
    told = ran(tmp_path / "s", 512, StopWish(LIVES, half_width=50.0))
    assert (told.n_scenarios, told.enough) == (LEAST, True)
    assert "one_more" in told.why
    assert held(tmp_path / "s").recipe.n_scenarios == LEAST


def test_it_goes_on_by_doubling_to_the_most_and_says_that_it_is_not_enough(tmp_path):
    told = ran(tmp_path / "s", 256, StopWish(LIVES, half_width=1e-6))
    assert (told.n_scenarios, told.enough) == (256, False)
    assert held(tmp_path / "s").n_done == 2 * 256
    again = ran(tmp_path / "s", 256, StopWish(LIVES, half_width=1e-6))
    assert again == told, "begun again it comes to the same end"


def test_the_precision_it_stops_at_is_the_one_asked(tmp_path):
    wish = StopWish(RESPONSE.by_id["response_mean"], half_width=0.1)
    told = ran(tmp_path / "s", 4096, wish)
    assert told.enough
    results = held(tmp_path / "s").results(["response_mean"])
    apart = (results.of("one_more", "response_mean") - results.of("today", "response_mean"))[
        : told.n_scenarios, 0
    ]
    assert 1.96 * np.std(apart, ddof=1) / np.sqrt(told.n_scenarios) <= 0.1


def test_the_best_design_is_told_when_the_rest_is_far_enough_behind(tmp_path):
    told = ran(tmp_path / "s", 512, StopWish(RESPONSE.by_id["cost_public"], indifference=1e9))
    assert told.enough
    assert told.why


@pytest.mark.parametrize(("most", "how"), [(64, {}), (512, {"plan": "latin"})])
def test_a_rule_that_cannot_work_is_refused(tmp_path, most, how):
    with pytest.raises(Faults) as raised:
        ran(tmp_path / "s", most, StopWish(LIVES, half_width=1.0), **how)
    assert codes_of(raised.value) == ["CLI001"]
