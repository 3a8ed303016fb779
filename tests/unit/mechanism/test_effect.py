from importlib import resources

import pytest

from remit.briefs.vocabulary import vocabulary
from remit.ground.document import parse_document
from remit.ground.faults import Faults
from remit.mechanism.effect import LEVEL, ROUTING, Effects, load_effects, parse_effects
from small_brief import CATALOGUE, EFFECTS, codes_of

FILE = "effects_response.yaml"
TEXT = resources.files("remit.mechanism").joinpath("data", FILE).read_text("utf-8")
UNIVERSAL = '    universal: "The reference: everyone in need may call."\n'
ALL = [e for effects in EFFECTS.by_option.values() for e in effects]


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


def test_every_option_and_level_is_accounted_for_once():
    wanted = {(v.id, o) for v in CATALOGUE.variables.values() for o in (v.options or {LEVEL: ""})}
    assert {*EFFECTS.by_option, *EFFECTS.none} == wanted
    assert not {*EFFECTS.by_option} & {*EFFECTS.none}


def test_an_option_without_effect_says_why():
    assert all(EFFECTS.none.values())


@pytest.mark.parametrize("effect", ALL, ids=lambda e: f"{e.variable}.{e.option}.{e.parameter}")
def test_an_effect_has_an_amount_with_provenance_or_is_a_route(effect):
    if effect.parameter == ROUTING:
        assert effect.route
        assert effect.amount is None
    else:
        assert effect.parameter in vocabulary("response")
        assert effect.amount.source in CATALOGUE.sources or effect.amount.assumption


@pytest.mark.parametrize("effect", [e for e in ALL if e.amount], ids=lambda e: e.amount.name)
def test_a_factor_is_never_below_nothing(effect):
    if effect.operator == "multiply":
        assert effect.amount.low >= 0.0
        assert effect.amount.value > 0.0


def test_only_levels_have_powers():
    assert {e.option for e in ALL if e.operator == "power"} == {LEVEL}
    assert {e.operator for e in ALL if e.option == LEVEL} == {"power"}


def test_amounts_have_names_of_their_own():
    names = [q.name for q in EFFECTS.quantities]
    assert len(names) == len(set(names))
    assert len(names) == sum(e.amount is not None for e in ALL)


def test_no_two_options_of_a_variable_set_the_same_number():
    found = [(e.variable, e.parameter) for e in ALL if e.operator == "set" and e.parameter != ROUTING]
    assert len(found) == len(set(found))


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


def test_settings_without_a_cost_of_their_own_are_variables_that_act():
    acting = {variable for variable, _ in EFFECTS.by_option}
    assert EFFECTS.uncosted <= acting


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
