import math

import numpy as np
import pytest

from remit.briefs.scenario import Scenario
from remit.design.design import TODAY, Design
from remit.ground.faults import Faults
from remit.kernel.layout import Curve, Hour, Kind, Plan, Scalar
from remit.mechanism.lower import (
    CURVE_NUMBERS,
    KIND_NUMBERS,
    KIND_SPREADS,
    SCALARS,
    Lowered,
    fitted_density,
    lower,
    span_of,
)
from small_brief import CATALOGUE, EFFECTS, codes_of, opened, small, small_designs, today_with

Change = tuple[str, str]
NEIGHBOURS = "neighbours"
CENTRE = Scenario()


def lowered(*changes: Change, design: str = TODAY, scenario: Scenario = CENTRE) -> Lowered:
    here = opened(*changes)
    return lower(here.designs[design], here.designs[TODAY], here.brief, scenario, EFFECTS, CATALOGUE)


def turned(*changes: Change, **settings: object) -> Lowered:
    design = today_with(small_designs(), **settings)
    return lower(design, small_designs()[TODAY], small(*changes), CENTRE, EFFECTS, CATALOGUE)


def refused(*changes: Change, **settings: object) -> list[str]:
    with pytest.raises(Faults) as raised:
        turned(*changes, **settings)
    return codes_of(raised.value)


def dated(multiply: str, day: int = 11) -> Change:
    return "\ntoday:\n", f"\nchanges: [{{day: {day}, why: x, multiply: {{{multiply}}}}}]\n\ntoday:\n"


def same(one: Plan, other: Plan) -> bool:
    return all(a.tobytes() == b.tobytes() for a, b in zip(one, other, strict=True))


def test_the_same_inputs_give_the_same_bits():
    assert same(lowered().plan, lowered().plan)


def test_today_does_not_depend_on_the_designs_beside_it():
    fewer = ("      staff: {more_crews: 1}\n", "      staff: 1.0\n      time: 90\n")
    assert same(lowered().plan, lowered(fewer).plan)


def test_a_design_equal_to_today_has_todays_plan():
    today = small_designs()[TODAY]
    equal = Design("equal", "Equal", today.settings)
    assert same(lower(equal, today, small(), CENTRE, EFFECTS, CATALOGUE).plan, lowered().plan)


def test_every_design_meets_the_same_births():
    plans = [lowered(design=d).plan for d in opened().designs]
    births = [
        (p.cell_keep.tobytes(), p.cell_alias.tobytes(), p.hours[Hour.BIRTHS_PER_MINUTE].tobytes())
        for p in plans
    ]
    assert len(set(births)) == 1


def test_more_crews_begin_with_all_crews_of_today():
    today, more = lowered().plan, lowered(design="one_more").plan
    assert len(more.crews) > len(today.crews)
    assert (more.crews[: len(today.crews)] == today.crews).all()


def test_every_column_of_the_plan_comes_from_somewhere():
    by_hand = {"ALERT_ON", "ALERT_DENSITY_PER_KM2", "ALERT_SPEED_SIGMA", "ALERT_LAPSE_PER_MINUTE"}
    by_hand |= {
        "BIN_MINUTES",
        "PATCHES_ON",
        "HELP_PATCHES",
        *(s.name for s in Scalar if s.name[:5] == "OFFER"),
    }
    assert {s.name for s in Scalar} == {s.name for s in SCALARS} | by_hand
    of_the_kind = {
        "PRIORITY",
        "UNDER_PRIORITY",
        "OVER_PRIORITY",
        "NEEDS",
        "ALERTABLE",
        "DIVERTS",
        "HAS_OUTCOME",
    }
    worked_out = {"NEED_SHARE", "PATIENCE_MINUTES", "URGENT", "SELF_SHARE"}
    assert {k.name for k in Kind} == {
        k.name for k in (*KIND_NUMBERS, *KIND_SPREADS)
    } | of_the_kind | worked_out
    assert {c.name for c in Curve} == {c.name for c in CURVE_NUMBERS} | {
        "LOGISTIC",
        "FROM_COLLAPSE",
        "AT_ADDRESS",
    }


def test_a_kind_carries_its_numbers_and_marks():
    arrest, fall = lowered().plan.kinds[0]
    assert (arrest[Kind.CALL_MINUTES], arrest[Kind.SCENE_MINUTES], fall[Kind.SCENE_MINUTES]) == (
        1.5,
        50.0,
        30.0,
    )
    assert arrest[Kind.SCENE_SIGMA] == pytest.approx(math.sqrt(math.log(1.25)))
    assert [arrest[k] for k in (Kind.ALERTABLE, Kind.DIVERTS, Kind.HAS_OUTCOME, Kind.URGENT)] == [1, 1, 1, 1]
    assert [fall[k] for k in (Kind.ALERTABLE, Kind.DIVERTS, Kind.HAS_OUTCOME, Kind.URGENT)] == [0, 0, 0, 0]
    assert (arrest[Kind.PRIORITY], arrest[Kind.UNDER_PRIORITY], fall[Kind.PRIORITY]) == (0, 1, 2)


def test_who_waits_for_ever_has_no_patience_to_run_out():
    assert np.isnan(lowered().plan.kinds[0, :, Kind.PATIENCE_MINUTES]).all()


def test_need_is_todays_share_of_the_ceiling():
    assert lowered().plan.kinds[0, :, Kind.NEED_SHARE] == pytest.approx([1 / 1.5] * 2)
    raised = turned(channels="outreach").plan.kinds[0, :, Kind.NEED_SHARE]
    assert raised == pytest.approx([1.1 / 1.5] * 2)


def test_hours_of_the_week_carry_the_births_of_a_year():
    births = lowered().plan.hours[Hour.BIRTHS_PER_MINUTE]
    assert births.mean() * 525_600 == pytest.approx((600 + 5000) * 0.2 * 1.5)


def test_the_rush_is_on_weekdays_from_seven_to_nineteen():
    rush = (
        'assumption: "Bends."}',
        'assumption: "Bends."}\n  rush_factor: {value: 1.3, unit: factor, source: survey}',
    )
    factor = lowered(rush).plan.hours[Hour.TRAVEL_FACTOR].reshape(7, 24)
    assert (factor[:5, 7:19] == 1.3).all()
    assert factor.sum() == pytest.approx(168 + 5 * 12 * 0.3)


def test_volunteers_of_the_night_are_fewer_and_as_many_on_the_whole():
    night = ("  see_share:", "  night_factor: {value: 0.5, unit: factor, source: study}\n  see_share:")
    hours = lowered(night, design=NEIGHBOURS).plan.hours
    people = hours[Hour.ALERT_FACTOR].reshape(7, 24)
    assert people[:, 3] / people[:, 12] == pytest.approx([0.5] * 7)
    births = hours[Hour.BIRTHS_PER_MINUTE]
    assert (hours[Hour.ALERT_FACTOR] * births).sum() / births.sum() == pytest.approx(1.0)


def test_the_curve_is_the_one_that_the_scenario_draws():
    steep = lowered().plan.curve
    assert steep[0].tolist() == [1.0, 0.5, -0.1, 0.0, -0.2, 0.0, 0.0, 0.0]
    straight = lowered(scenario=Scenario(0, {"outcome.curve": 0.9})).plan.curve
    assert straight[0].tolist() == [0.0, 0.6, 0.0, -0.02, 0.0, 0.02, 1.0, 0.0]
    assert straight[1, Curve.INTERCEPT] == 0.05


def test_without_an_alert_nothing_of_the_pool_is_in_the_plan():
    pool = lowered().plan.scalars[0, Scalar.ALERT_ON : Scalar.ALERT_FATIGUE + 1]
    assert (pool == 0.0).all()


def test_an_alert_needs_both_the_people_and_the_way_to_call_them():
    def on(**settings: object) -> float:
        return turned(**settings).plan.scalars[0, Scalar.ALERT_ON]

    who = small_designs()[NEIGHBOURS].settings["who_involved"]
    assert on(who_involved=who) == on(relationship="distributed_responders") == 0.0
    assert on(who_involved=who, relationship="distributed_responders") == 1.0


def test_the_fitted_density_gives_back_the_accepted_share():
    found = lowered(design=NEIGHBOURS)
    each = fitted_density(small(), found.values) * math.pi * 0.5**2 * 0.5 * 0.4
    recognised = 1.0 - 0.1
    assert recognised * (1.0 - math.exp(-each)) == pytest.approx(20 / 400)


@pytest.mark.parametrize("u", [0.1, 0.9])
def test_it_does_so_in_every_scenario(u):
    names = ("alert.radius_m", "alert.see_share", "alert.accept_share", "kinds.arrest.under_share")
    values = lowered(design=NEIGHBOURS, scenario=Scenario(0, dict.fromkeys(names, u))).values
    radius, see, accept, under = (values[n] for n in names)
    each = fitted_density(small(), values) * math.pi * (radius / 1000) ** 2 * see * accept
    assert (1.0 - under) * (1.0 - math.exp(-each)) == pytest.approx(0.05)


def test_a_larger_pool_is_so_many_times_the_fitted_one():
    who = small_designs()[NEIGHBOURS].settings["who_involved"]
    wider = type(who)(who.main, (*who.also, "charities"))
    densities = [
        turned(who_involved=w, relationship="distributed_responders").plan.scalars[
            0, Scalar.ALERT_DENSITY_PER_KM2
        ]
        for w in (who, wider)
    ]
    assert densities[1] == pytest.approx(1.5 * densities[0])


def test_a_span_is_warm_up_and_days():
    assert span_of(small()) == (1440.0, 61 * 1440.0)


def test_a_dated_change_is_a_segment_from_its_day_of_the_measured_span():
    plan = lowered(dated("crews.travel_factor: 1.5")).plan
    assert plan.segment_ticks.tolist() == [0, 11 * 1440 * 32768]
    assert plan.scalars[:, Scalar.TRAVEL_FACTOR].tolist() == [1.0, 1.5]


def test_changes_are_each_on_top_of_those_before():
    scene = "why: x, multiply: {kinds.fall.scene_minutes:"
    two = f"{{day: 3, {scene} 2}}}}, {{day: 9, {scene} 3}}}}"
    plan = lowered(("\ntoday:\n", f"\nchanges: [{two}]\n\ntoday:\n")).plan
    assert plan.kinds[:, 1, Kind.SCENE_MINUTES].tolist() == [30.0, 60.0, 180.0]


def test_a_change_of_crews_keeps_room_for_the_most():
    plan = lowered(dated("crews.number: 2")).plan
    assert plan.crew_minutes.shape == (2, len(plan.crews))
    assert plan.crew_minutes[0].sum() < plan.crew_minutes[1].sum()


@pytest.mark.parametrize("route", ["decentralised_teams", "direct_matched", "open_network"])
def test_a_way_of_finding_help_of_which_the_brief_says_nothing_is_refused(route):
    assert refused(relationship=route) == ["MEC001"]


ALERT = {
    "who_involved": small_designs()[NEIGHBOURS].settings["who_involved"],
    "relationship": "distributed_responders",
}


def test_more_volunteers_than_the_ceiling_are_refused():
    low = ("  see_share:", "  ceiling_per_km2: {value: 0.3, unit: per_km2, source: study}\n  see_share:")
    assert refused(low, **ALERT) == ["MEC002"]


def test_a_ceiling_does_not_matter_where_nobody_is_alerted():
    low = ("  see_share:", "  ceiling_per_km2: {value: 0.3, unit: per_km2, source: study}\n  see_share:")
    assert len(turned(low).plan.crews) > 0


def test_more_need_than_the_ceiling_is_refused():
    low = ("ceiling_factor: {value: 1.5,", "ceiling_factor: {value: 1.05,")
    assert refused(low, channels="outreach") == ["MEC003"]


def test_a_number_out_of_bounds_is_refused():
    slow = ("scene_minutes: {value: 0.5, unit: hour", "scene_minutes: {value: 100, unit: hour")
    assert refused(slow, time=120.0) == ["MEC005"]


def test_too_many_people_within_reach_are_refused():
    wide = ("{value: 500, unit: m, low: 300, high: 800", "{value: 5000, unit: m")
    assert refused(wide, **ALERT) == ["MEC006"]
