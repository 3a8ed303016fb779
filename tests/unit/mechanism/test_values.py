from types import MappingProxyType

import pytest

from remit.briefs.scenario import Scenario
from remit.design.design import TODAY, Design, Several
from remit.ground.faults import Faults
from remit.ground.quantity import Quantity
from remit.mechanism.effect import LEVEL, Effect, Effects
from remit.mechanism.values import Values, options_in, values_of
from small_brief import CATALOGUE, EFFECTS, codes_of, small, small_designs, today_with

TODAYS = small_designs()[TODAY]
CENTRE = Scenario()
SCENE = "kinds.fall.scene_minutes"
HALF, DOUBLE, TEN = (
    Quantity(f"effects.{value}", value, "factor", value, value) for value in (0.5, 2.0, 10.0)
)


def effects(*listed: tuple[str, str, str, str, Quantity]) -> Effects:
    """Return effects from (variable, option, parameter, operator, amount)."""
    table: dict[tuple[str, str], tuple[Effect, ...]] = {}
    for variable, option, parameter, operator, amount in listed:
        before = table.get((variable, option), ())
        table[variable, option] = (*before, Effect(variable, option, parameter, operator, amount))
    return Effects("response", MappingProxyType(table), MappingProxyType({}))


def values(
    design: Design, table: Effects = EFFECTS, scenario: Scenario = CENTRE, today: Design = TODAYS
) -> Values:
    return values_of(design, today, small(), scenario, table, CATALOGUE)


def turned(**settings: object) -> Design:
    return today_with(small_designs(), **settings)


def test_a_design_equal_to_today_has_exactly_the_briefs_numbers():
    same = Design("same", "Same", TODAYS.settings)
    assert values(same).numbers == {name: q.value for name, q in small().numbers.items()}


def test_it_has_no_step_but_the_brief():
    same = Design("same", "Same", TODAYS.settings)
    assert {len(steps) for steps in values(same).steps.values()} == {1}


@pytest.mark.parametrize("u", [0.01, 0.5, 0.99])
def test_it_has_them_in_every_scenario(u):
    names = (*small().numbers, *(q.name for q in EFFECTS.quantities))
    scenario = Scenario(0, dict.fromkeys(names, u))
    same = Design("same", "Same", TODAYS.settings)
    assert values(same, scenario=scenario).numbers == {
        name: scenario.value(q) for name, q in small().numbers.items()
    }


@pytest.mark.parametrize(
    ("operator", "amount", "after"),
    [("set", TEN, 10.0), ("multiply", HALF, 15.0), ("add", TEN, 40.0), ("power", TEN, 30.0)],
)
def test_an_option_gained_acts_by_its_operator(operator, amount, after):
    table = effects(("data", "user_held", SCENE, operator, amount))
    assert values(turned(data="user_held"), table)[SCENE] == after


@pytest.mark.parametrize(
    ("operator", "amount", "after"), [("set", TEN, 30.0), ("multiply", HALF, 60.0), ("add", TEN, 20.0)]
)
def test_an_option_lost_is_taken_back(operator, amount, after):
    table = effects(("data", "siloed", SCENE, operator, amount))
    assert values(turned(data="user_held"), table)[SCENE] == after


def test_only_what_differs_between_two_options_is_left():
    table = effects(
        ("data", "siloed", SCENE, "multiply", DOUBLE), ("data", "user_held", SCENE, "multiply", HALF)
    )
    assert values(turned(data="user_held"), table)[SCENE] == 30.0 * 0.5 / 2.0


def test_options_with_the_same_effect_cancel():
    table = effects(
        ("data", "siloed", SCENE, "multiply", DOUBLE), ("data", "user_held", SCENE, "multiply", DOUBLE)
    )
    assert values(turned(data="user_held"), table)[SCENE] == 30.0


def test_there_and_back_is_today():
    table = effects(
        ("data", "siloed", SCENE, "multiply", DOUBLE), ("data", "user_held", SCENE, "multiply", HALF)
    )
    there = turned(data="user_held")
    factor = values(there, table)[SCENE] / 30.0
    back = values(Design("back", "Back", TODAYS.settings), table, today=there)[SCENE] / 30.0
    assert factor * back == pytest.approx(1.0, rel=1e-15)


@pytest.mark.parametrize(("power", "after"), [(1.0, 60.0), (-1.0, 15.0), (0.0, 30.0), (2.0, 120.0)])
def test_a_level_acts_by_its_ratio_to_a_power(power, after):
    amount = Quantity("effects.p", power, "factor", power, power)
    table = effects(("time", LEVEL, SCENE, "power", amount))
    assert values(turned(time=80.0), table)[SCENE] == after


def test_a_level_as_today_leaves_the_number_to_the_bit():
    table = effects(("time", LEVEL, SCENE, "power", Quantity("effects.p", 0.3, "factor", 0.3, 0.3)))
    assert values(turned(time=40.0, data="user_held"), table)[SCENE] == 30.0


def test_of_several_options_only_those_gained_or_lost_act():
    today = turned(who_involved=Several("public_staff", ("volunteers",)))
    table = effects(
        ("who_involved", "public_staff", SCENE, "multiply", DOUBLE),
        ("who_involved", "volunteers", SCENE, "multiply", DOUBLE),
        ("who_involved", "citizens", SCENE, "multiply", HALF),
    )
    design = today.changed(who_involved=Several("volunteers", ("public_staff", "citizens")))
    assert values(Design("d", "D", design.settings), table, today=today)[SCENE] == 15.0


def test_what_the_main_option_does_holds_only_while_it_is_the_main_one():
    today = turned(who_involved=Several("public_staff", ("volunteers",)))
    table = effects(("who_involved", "main volunteers", SCENE, "multiply", HALF))
    swapped = today.changed(who_involved=Several("volunteers", ("public_staff",)))
    design = Design("d", "D", swapped.settings)
    assert values(design, table, today=today)[SCENE] == 15.0
    assert values(today, table, today=design)[SCENE] == 60.0
    beside = today.changed(who_involved=Several("public_staff", ("volunteers", "citizens")))
    assert values(Design("d", "D", beside.settings), table, today=today)[SCENE] == 30.0


def test_what_two_options_set_stays_while_one_of_them_does():
    today = turned(who_involved=Several("public_staff", ("volunteers", "citizens")))
    table = effects(
        ("who_involved", "volunteers", SCENE, "set", TEN), ("who_involved", "citizens", SCENE, "set", TEN)
    )
    one = today.changed(who_involved=Several("public_staff", ("citizens",)))
    found = values(Design("d", "D", one.settings), table, today=today)
    assert len(found.steps[SCENE]) == 1  # the brief states it, and nothing moved it


def test_a_star_is_every_kind_of_request():
    found = values(
        turned(data="user_held"), effects(("data", "user_held", "kinds.*.scene_minutes", "set", TEN))
    )
    assert found["kinds.arrest.scene_minutes"] == found["kinds.fall.scene_minutes"] == 10.0


@pytest.mark.parametrize(("operator", "amount", "after"), [("multiply", TEN, 1.0), ("add", TEN, 1.0)])
def test_a_share_stays_a_share(operator, amount, after):
    name = "kinds.fall.repeat_share"
    assert (
        values(turned(data="user_held"), effects(("data", "user_held", name, operator, amount)))[name]
        == after
    )


def test_an_effect_is_drawn_with_the_scenario():
    amount = Quantity("effects.doubt", 1.0, "factor", 0.5, 1.5, "uniform")
    table = effects(("data", "user_held", SCENE, "multiply", amount))
    scenario = Scenario(0, {"effects.doubt": 0.1})
    assert values(turned(data="user_held"), table, scenario)[SCENE] == pytest.approx(30.0 * 0.6)


def test_every_number_keeps_its_steps_from_the_brief_on():
    table = effects(("data", "user_held", SCENE, "multiply", HALF), ("time", LEVEL, SCENE, "power", DOUBLE))
    steps = values(turned(data="user_held", time=80.0), table).steps[SCENE]
    assert [(s.what, s.value) for s in steps] == [
        ("brief", 30.0),
        ("time 40 to 80 (power 2)", 120.0),
        ("data: user_held (multiply 0.5)", 60.0),
    ]
    assert [s.quantity for s in steps] == [small().number(SCENE), DOUBLE, HALF]


def test_a_step_says_what_was_lost():
    table = effects(("data", "siloed", SCENE, "multiply", HALF))
    assert (
        values(turned(data="user_held"), table).steps[SCENE][-1].what
        == "data: no longer siloed (multiply 0.5)"
    )


def test_the_last_step_is_the_value():
    found = values(turned(time=80.0, data="predictive_targeting", channels="outreach"))
    assert all(steps[-1].value == found[name] for name, steps in found.steps.items())


def test_today_is_routed_through_the_desk_and_alerts_beside_it():
    assert values(TODAYS).route == "desk"
    assert values(turned(relationship="distributed_responders")).route == "desk_with_alert"


def test_where_no_option_routes_help_is_found_by_the_desk():
    assert values(TODAYS, effects()).route == "desk"


def test_answers_of_choices_are_kept():
    assert values(TODAYS).answers == {"outcome.curve": "steep"}
    assert values(TODAYS, scenario=Scenario(0, {"outcome.curve": 0.9})).answers == {
        "outcome.curve": "straight"
    }


def test_a_number_pushed_out_of_bounds_is_refused():
    far = Quantity("effects.far", 1e9, "factor", 1e9, 1e9)
    with pytest.raises(Faults) as raised:
        values(
            turned(data="user_held"), effects(("data", "user_held", "crews.travel_factor", "multiply", far))
        )
    assert codes_of(raised.value) == ["MEC005"]
    assert raised.value.faults[0].place.path == "crews.travel_factor"


def test_a_level_has_one_effect_and_an_option_its_own():
    assert options_in(TODAYS, "staff", CATALOGUE) == (LEVEL,)
    assert options_in(TODAYS, "data", CATALOGUE) == ("siloed",)
    assert options_in(small_designs()["neighbours"], "who_involved", CATALOGUE) == (
        "public_staff",
        "volunteers",
        "citizens",
        "main public_staff",
    )


def test_a_level_not_worked_out_yet_cannot_be_valued():
    with pytest.raises(TypeError, match="not worked out"):
        values(small_designs()["one_more"])
