import itertools

import pytest

from remit.briefs.scenario import Scenario
from remit.catalogue.changes import load_changes
from remit.design.design import TODAY
from remit.design.transition import Stage, Transition
from remit.ground.document import parse_document
from remit.ground.faults import Faults
from remit.mechanism.change import in_the_middle, load_change_effects, parse_change_effects
from small_brief import codes_of, opened, today_with

EFFECTS = load_change_effects("response")
DIFFICULTY = {v: c.difficulty for v, c in load_changes().by_variable.items()}
NUMBERS = {
    "crews.vacancy_share": 0.0,
    "call.dispatch_minutes": 1.0,
    "alert.pool_factor": 1.0,
    "alert.lapse_per_year": 0.1,
}


def way() -> Transition:
    designs = opened().designs
    moved = today_with(designs, technology="matching_platform")
    stages = (Stage(0, designs[TODAY]), Stage(6, moved))
    return Transition("way", "A way", stages, in_progress=(("technology", 2, 6),))


def numbers(month, scenario=None, on=None):
    return in_the_middle(
        NUMBERS, month, way(), DIFFICULTY, on or {}, scenario or Scenario(), EFFECTS, "response"
    )


def test_before_and_long_after_a_change_nothing_is_added():
    assert numbers(0) == NUMBERS
    assert numbers(60) == NUMBERS


def test_work_in_hand_takes_paid_hours_by_its_difficulty():
    during = numbers(3)
    amount = next(s.amount for s in EFFECTS.strain if s.parameter == "crews.vacancy_share").value
    assert during["crews.vacancy_share"] == pytest.approx(DIFFICULTY["technology"] * amount)
    assert numbers(6)["crews.vacancy_share"] == 0.0, "in effect: no longer in hand"


def test_just_after_a_change_dispatch_is_slower_and_that_fades():
    extra = [numbers(m)["call.dispatch_minutes"] - 1.0 for m in range(6, 12)]
    assert extra[0] > 0.0
    assert all(a >= b for a, b in itertools.pairwise(extra))
    assert extra[-1] == 0.0


def test_at_the_low_end_of_belief_a_change_does_nothing_but_grow():
    low = Scenario(0, {q.name: 1e-12 for q in EFFECTS.quantities})
    for month in range(12):
        told = numbers(month, low)
        assert told["crews.vacancy_share"] == pytest.approx(0.0, abs=1e-6)
        assert told["call.dispatch_minutes"] == pytest.approx(1.0, abs=1e-6)


def test_a_pool_grows_from_its_start_to_the_whole_and_wears_off_from_then_on():
    on = {"alert.on": 6.0}
    grown = [numbers(m, on=on)["alert.pool_factor"] for m in range(6, 36)]
    start = EFFECTS.growth[0].start.value
    assert grown[0] == pytest.approx(start)
    assert max(grown) <= 1.0
    assert grown[12] == pytest.approx(2.718281828 ** (-0.1 * 12 / 12))
    assert numbers(12, on=on)["alert.lapse_per_year"] == 0.0, "the engine must not wear it off a second time"
    assert numbers(3, on=on)["alert.pool_factor"] == 1.0, "not switched on yet: nothing to grow"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "family: response\nstrain:\n- {parameter: crews.nubmer, amount: {value: 1, unit: crews, assumption: a}}",
            "MEC004",
        ),
        (
            "family: response\nstrain:\n- {parameter: crews.circuity, amount: {value: 1, unit: factor, assumption: a}}",
            "MEC007",
        ),
        ("family: response\nstrain:\n- {parameter: crews.vacancy_share, amount: 0.1}", "QTY009"),
        ("family: response\nstrains: []", "BRF002"),
        (
            "family: response\nsettling:\n- parameter: call.dispatch_minutes\n  variables: [technlogy]\n"
            "  months: {value: 4, unit: months, assumption: a}\n  amount: {value: 1, unit: minute, assumption: a}",
            "CAT001",
        ),
    ],
)
def test_a_file_that_is_not_sound_is_refused(text, code):
    with pytest.raises(Faults) as raised:
        parse_change_effects(parse_document(text, "change.yaml"))
    assert code in codes_of(raised.value)
