import math
from importlib import resources

import pytest

from remit.briefs.scenario import Scenario
from remit.briefs.vocabulary import FAMILIES, spec_of
from remit.design.design import Design
from remit.design.parse import parse_settings
from remit.ground.document import Document, parse_document
from remit.ground.faults import Faults
from remit.mechanism.effect import LEVEL, MAIN, ROUTES_OF, ROUTING, Effects, load_effects, parse_effects
from remit.mechanism.values import values_of
from small_brief import CATALOGUE, EFFECTS, codes_of
from small_caseload import as_bought_today, small_caseload

FILE = "effects_response.yaml"
TEXT = resources.files("remit.mechanism").joinpath("data", FILE).read_text("utf-8")
UNIVERSAL = '    universal: "The reference: everyone in need may call."\n'
FAMILY = {family: load_effects(family) for family in FAMILIES}
ALL = [
    (family, e) for family, table in FAMILY.items() for effects in table.by_option.values() for e in effects
]
AMOUNTS = [(family, e) for family, e in ALL if e.amount is not None]


def named(value):
    return value if isinstance(value, str) else f"{value.variable}.{value.option}.{value.parameter}"


def parse(*changes: tuple[str, str]) -> Effects:
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return parse_effects(parse_document(text, FILE), CATALOGUE)


def faults(*changes: tuple[str, str]) -> Faults:
    with pytest.raises(Faults) as raised:
        parse(*changes)
    return raised.value


def test_effects_are_read_once():
    assert load_effects("response") is EFFECTS


@pytest.mark.parametrize("effects", FAMILY.values(), ids=FAMILY)
def test_every_option_and_level_is_accounted_for_once(effects):
    wanted = {(v.id, o) for v in CATALOGUE.variables.values() for o in (v.options or {LEVEL: ""})}
    acting = {(v, o.removeprefix(MAIN)) for v, o in effects.by_option}
    assert acting | {*effects.none} == wanted
    assert not {*effects.by_option} & {*effects.none}


@pytest.mark.parametrize("effects", FAMILY.values(), ids=FAMILY)
def test_an_option_without_effect_says_why(effects):
    assert all(effects.none.values())


@pytest.mark.parametrize(("family", "effect"), ALL, ids=named)
def test_an_effect_has_an_amount_with_provenance_or_is_a_route(family, effect):
    if effect.parameter == ROUTING:
        assert effect.route
        assert effect.amount is None
    else:
        assert spec_of(effect.parameter, family)
        assert effect.amount.source in CATALOGUE.sources or effect.amount.assumption


@pytest.mark.parametrize(("family", "effect"), AMOUNTS, ids=named)
def test_a_factor_is_never_below_nothing(family, effect):
    if effect.operator == "multiply":
        assert effect.amount.low >= 0.0
        assert effect.amount.value > 0.0


@pytest.mark.parametrize(("family", "effect"), AMOUNTS, ids=named)
def test_what_is_set_and_added_lies_within_the_bounds_of_its_number(family, effect):
    spec = spec_of(effect.parameter, family)
    if effect.operator == "set":
        assert spec.least <= effect.amount.low <= effect.amount.high <= spec.most
    if effect.operator == "add":
        assert max(abs(effect.amount.low), abs(effect.amount.high)) <= spec.most - spec.least


@pytest.mark.parametrize(("family", "effect"), AMOUNTS, ids=named)
def test_what_is_centred_on_none_is_none_on_average(family, effect):
    if family != "response" and "centred on none" in effect.amount.assumption:
        neutral = 1.0 if effect.operator == "multiply" else 0.0
        assert effect.amount.value == neutral
        assert effect.amount.mean == pytest.approx(neutral)
        assert effect.amount.is_uncertain


def test_what_a_service_for_weeks_gives_up_can_be_divided_out_again():
    factors = [e for family, e in AMOUNTS if family != "response" and e.operator == "multiply"]
    assert factors
    assert all(e.amount.low > 0.0 for e in factors)


def test_only_levels_have_powers():
    assert {e.option for _, e in ALL if e.operator == "power"} == {LEVEL}
    assert {e.operator for _, e in ALL if e.option == LEVEL} == {"power"}


@pytest.mark.parametrize("family", FAMILY)
def test_amounts_have_names_of_their_own(family):
    names = [q.name for q in FAMILY[family].quantities]
    assert len(names) == len(set(names))
    assert len(names) == sum(of == family for of, _ in AMOUNTS)


def test_a_number_is_set_by_one_variable_and_one_of_its_options_present():
    """Two options may set the same number only where a design has one of them, or both set it alike."""
    setting: dict[tuple[str, str], set[str]] = {}
    for family, e in AMOUNTS:
        if e.operator == "set":
            setting.setdefault((family, e.parameter), set()).add(e.variable)
            options = [
                o for f, o in AMOUNTS if (f, o.variable, o.parameter) == (family, e.variable, e.parameter)
            ]
            alike = {(o.amount.low, o.amount.value, o.amount.high) for o in options}
            assert len(alike) == 1 or CATALOGUE.variables[e.variable].kind == "options"
    assert all(len(variables) == 1 for variables in setting.values())


def test_every_way_of_finding_help_that_a_family_has_is_chosen_by_an_option():
    for family, routes in ROUTES_OF.items():
        if len(routes) == 1:
            continue  # nothing to choose
        assert set(routes) <= {e.route for of, e in ALL if of == family and e.parameter == ROUTING}
    assert set(ROUTES_OF) == set(FAMILIES)


@pytest.mark.parametrize("quantile", [0.0001, 0.9999])
@pytest.mark.parametrize("name", list(CATALOGUE.archetypes))
def test_no_archetype_leaves_a_number_of_a_caseload_out_of_bounds(name, quantile):
    effects, today = FAMILY["caseload"], as_bought_today()
    raw = CATALOGUE.archetypes[name].settings
    settings, _ = parse_settings(raw, CATALOGUE, Document(name, {}, {}), ())
    scenario = Scenario(0, {q.name: quantile for q in effects.quantities})
    design = Design(name, name, settings)
    values = values_of(design, today, small_caseload(), scenario, effects, CATALOGUE)
    assert all(not math.isnan(v) for v in values.numbers.values())
    back = values_of(today, design, small_caseload(), scenario, effects, CATALOGUE)
    assert all(not math.isnan(v) for v in back.numbers.values())


def test_turnover_by_contract_or_origin_is_an_effect_nowhere():
    """Published associations are not causes: no terms of employment act on the rate of leaving itself."""
    acting = [e for family, e in AMOUNTS if family == "caseload" and e.parameter.endswith(".leave_per_year")]
    assert all("centred on none" in e.amount.assumption for e in acting)
    assert not [e for e in acting if e.variable == "employment_terms"]


def test_an_effect_in_words_is_in_the_unit_its_number_is_stated_in():
    effects = FAMILY["caseload"]
    (effect,) = effects.by_option["process", "project_pitch"]
    assert effects.words_of(effect) == "add 6 (2 to 16) weeks"
    (level,) = effects.by_option["assets", LEVEL]
    assert effects.words_of(level) == "power 1"
    assert effects.words_of(effects.by_option["relationship", "direct_matched"][0]) == "market"


def test_an_effect_on_a_number_that_the_family_has_not_is_told():
    change = (
        "{parameter: alert.lapse_per_year, operator: multiply",
        "{parameter: alert.lapse, operator: multiply",
    )
    raised = faults(change)
    assert codes_of(raised) == ["MEC004"]
    assert raised.faults[0].place.line > 0


def test_an_amount_without_provenance_is_told():
    old = ', low: 0.4, high: 0.95, assumption: "Tests turn people away or put them off; size depends on the threshold."'
    assert codes_of(faults((old, ", low: 0.4, high: 0.95"))) == ["QTY003"]


def test_an_amount_added_is_of_the_kind_of_its_number():
    old = "amount: {value: 60, unit: minute, low: 10, high: 1440"
    assert codes_of(faults((old, "amount: {value: 1, unit: factor, low: 0.9, high: 1.1"))) == ["QTY002"]


def test_an_option_left_out_is_told():
    raised = faults((UNIVERSAL, '    nobody: "x"\n'))
    assert [f.what for f in raised.faults] == [
        "eligibility.universal is not declared",
        "eligibility.nobody is not in the catalogue",
    ]


@pytest.mark.parametrize("effects", FAMILY.values(), ids=FAMILY)
def test_settings_without_a_cost_of_their_own_are_variables_that_act(effects):
    acting = {variable for variable, _ in effects.by_option}
    assert effects.uncosted <= acting


def test_an_uncosted_variable_that_is_none_is_told():
    raised = faults(("uncosted: [time, ", "uncosted: [tyme, "))
    assert [(f.code, f.what) for f in raised.faults] == [("CAT001", "no variable tyme")]


def test_an_option_with_effects_and_none_is_told():
    assert codes_of(faults((UNIVERSAL, UNIVERSAL + '    budget_holders: "x"\n'))) == ["CAT001"]


def test_an_operator_that_is_none_is_told_at_its_line():
    old = "{parameter: crews.travel_factor, operator: multiply"
    (fault,) = faults((old, "{parameter: crews.travel_factor, operator: divide")).faults
    assert fault.code == "BRF001"
    assert TEXT.splitlines()[fault.place.line - 1].lstrip().startswith("- {parameter: crews.travel_factor")


def test_what_holds_for_the_main_option_stands_apart_from_what_holds_for_it_anywhere():
    table = FAMILY["commons"].by_option
    assert {e.parameter for e in table["funding_method", MAIN + "endowment_giving"]} == {
        "endowment.on",
        "streams.commuted.on",
    }
    assert "endowment.on" not in {e.parameter for e in table["funding_method", "endowment_giving"]}


def test_only_settings_with_a_main_option_have_effects_of_it():
    mains = [e.variable for _, e in ALL if e.option.startswith(MAIN)]
    assert {CATALOGUE.variables[v].kind for v in mains} == {"multi"}


def test_the_main_option_of_a_setting_that_has_none_is_told():
    old = "- variable: power\n  options:\n"
    effect = (
        "{parameter: call.dispatch_minutes, operator: add, amount: {value: 0, unit: minute, source: own}}"
    )
    mains = f"- variable: power\n  mains:\n    nobody:\n    - {effect}\n  options:\n"
    raised = faults((old, mains))
    assert [f.what for f in raised.faults] == ["power.nobody is not in the catalogue"]
