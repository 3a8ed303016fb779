import numpy as np
import pytest

from ensembles import fill, held, recipe
from remit.adapters.files import read_text
from remit.ground.faults import Faults
from remit.simulate.response_outcomes import RESPONSE
from remit.workbench.questions import (
    conditions,
    drawn_values,
    how_robust,
    replicate_means,
    stakes_in,
    unknowns_of,
    what_drives,
    what_is_worth,
)
from small_brief import codes_of


@pytest.fixture(scope="module")
def ensemble(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store") / "s"
    fill(folder, recipe(60, 2))
    return held(folder)


def test_a_design_beats_another_in_a_share_of_courses_between_none_and_all(ensemble):
    told = conditions(ensemble, "one_more", "today", RESPONSE.headline.id, 0.0, 3)
    assert 0.0 <= told.found.share_preferred <= 1.0
    assert told.found.n_train + told.found.n_held_out == 60
    back = conditions(ensemble, "today", "one_more", RESPONSE.headline.id, 0.0, 3)
    assert told.found.share_preferred + back.found.share_preferred <= 1.0 + 1e-9


def test_a_preference_nobody_meets_says_the_most_that_anybody_does(ensemble):
    told = conditions(ensemble, "one_more", "today", RESPONSE.headline.id, 1e6, 3)
    assert told.found.share_preferred == 0.0
    assert told.found.boxes == ()
    assert told.largest < 1e6
    assert told.found.verdict


@pytest.mark.parametrize(
    ("prefer", "over", "outcome", "code"),
    [
        ("one_mor", "today", "survivors", "DSN007"),
        ("one_more", "tody", "survivors", "DSN007"),
        ("one_more", "today", "surviors", "BRF014"),
        ("one_more", "one_more", "survivors", "CLI001"),
    ],
)
def test_names_that_lead_nowhere_are_refused(ensemble, prefer, over, outcome, code):
    with pytest.raises(Faults) as raised:
        conditions(ensemble, prefer, over, outcome, 0.0, 3)
    assert codes_of(raised.value) == [code]


def test_drivers_are_told_for_every_design_but_today(ensemble):
    told = what_drives(ensemble, "response_mean")
    assert set(told) == {"neighbours", "one_more"}
    strengths = [abs(d.strength) for d in told["one_more"]]
    assert strengths == sorted(strengths, reverse=True)


def test_unknowns_are_those_that_touch_the_designs_and_their_values_lie_in_their_range(ensemble):
    for unknown in unknowns_of(ensemble, ("neighbours",)):
        drawn = drawn_values(unknown, ensemble.drawn)
        assert len(drawn) == 60
        assert np.isfinite(drawn).all()


def test_lives_alone_rank_designs_by_their_mean(ensemble):
    told = how_robust(ensemble, stakes_in(None, read_text, "response"))
    means = replicate_means(ensemble.results([RESPONSE.headline.id]), RESPONSE.headline).mean(axis=0)
    best = ensemble.question.arms[int(np.argmax(means))]
    assert best in told.best["everyone"]["mean"]


def test_weights_come_from_a_file_with_faults_at_their_lines(ensemble, tmp_path):
    path = tmp_path / "w.yaml"
    path.write_text(
        "stakeholders: {a: {survivors: 1}, b: {cost_public: 1}}\nthresholds: {response_mean: '<=8'}\n"
    )
    told = how_robust(ensemble, stakes_in(path, read_text, "response"))
    assert {s.stakeholder for s in told.standings} == {"a", "b"}
    path.write_text("stakeholders: {patients: {surviors: 1}}\n")
    with pytest.raises(Faults) as raised:
        stakes_in(path, read_text, "response")
    assert "BRF014" in codes_of(raised.value)


def test_worth_is_never_below_nothing_nor_above_knowing_everything(ensemble):
    weighed = what_is_worth(ensemble, RESPONSE.headline.id, 0.0)
    told = weighed.found
    assert 0.0 <= weighed.at_least < told.evpi + 1e-9
    assert told.evpi >= 0.0
    assert all(0.0 <= x.value <= told.evpi + 1e-9 for x in told.learned)


def test_counting_money_can_change_what_is_best(ensemble):
    free, dear = (what_is_worth(ensemble, RESPONSE.headline.id, gbp).found.best for gbp in (0.0, 1.0))
    assert dear == "today", "at a pound a life nothing is worth its money"
    assert free in ensemble.question.arms
