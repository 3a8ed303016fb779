import math

import pytest

from remit.briefs.parse import NOT_STATED, parse_brief
from remit.briefs.vocabulary import vocabulary
from remit.ground.faults import Fault, Faults
from small_brief import FILE, codes_of, small, small_text
from small_commons import MEASURES, commons, commons_text, file_of

CREWS = '{value: 3, unit: crews, low: 2, high: 5, assumption: "Crews of the town and its ring."}'


def faults_of(*changes: tuple[str, str]) -> list[Fault]:
    with pytest.raises(Faults) as raised:
        parse_brief(small_text(*changes), FILE)
    return raised.value.faults


def test_every_number_of_the_family_is_there():
    numbers = small().numbers
    for pattern in vocabulary("response"):
        groups = {"kinds": ("arrest", "fall"), "curves": ("steep", "straight")}.get(
            pattern.split(".")[0], ("",)
        )
        assert all(pattern.replace("*", name) in numbers for name in groups)


def test_a_number_not_stated_is_the_neutral_value_and_says_so():
    q = small().number("crews.travel_factor")
    assert (q.value, q.assumption, q.is_uncertain) == (1.0, NOT_STATED, False)
    assert "crews.travel_factor" not in small().given


def test_a_number_stated_is_given():
    assert "crews.number" in small().given
    assert "kinds.fall.scene_minutes" in small().given


def test_numbers_are_in_canonical_units():
    assert small().number("kinds.arrest.call_minutes").value == 1.5
    assert small().number("kinds.fall.incidence").value == 5000.0
    assert small().number("kinds.fall.scene_minutes").value == 30.0
    assert small().number("crews.speed_km_per_hour").value == pytest.approx(600.0)


def test_a_curve_counts_in_log_odds_or_in_shares():
    assert small().number("curves.steep.severe_intercept").unit == "logit"
    assert small().number("curves.straight.severe_intercept").unit == "share"
    assert small().number("curves.straight.severe_shock").value == pytest.approx(-0.02)


def test_money_is_in_the_price_year_of_the_brief():
    assert small().number("money.gbp_per_call").value == pytest.approx(10 * 100 / 80.9)


def test_hours_of_the_week_have_mean_one():
    weights = small().hour_weights
    assert len(weights) == 168
    assert math.fsum(weights) == pytest.approx(168.0)
    noons = [weights[24 * day + 12] for day in range(7)]
    assert noons[:5] == [noons[0]] * 5
    assert noons[5:] == pytest.approx([noons[0] / 1.5] * 2)


def test_a_kind_taken_wrongly_keeps_its_priority_unless_told():
    arrest, fall = small().kinds
    assert (arrest.under_priority, arrest.over_priority) == (1, 0)
    assert (fall.under_priority, fall.over_priority) == (2, 2)


def test_days_of_a_shift_are_bits_from_monday():
    assert [s.days for s in small().shifts] == [0b1111111, 0b0011111]
    assert [(s.start_minute, s.minutes) for s in small().shifts] == [(0.0, 1440.0), (480.0, 720.0)]


def test_designs_stay_as_written_for_the_floor_above():
    assert [d.id for d in small().designs] == ["neighbours", "same_money", "one_more"]
    assert small().designs[1].settings == {"staff": {"equal_cost_to": "neighbours"}}


def test_a_choice_of_curve_is_kept_with_its_weights():
    assert small().choices["outcome.curve"].weights == (3.0, 1.0)


def test_an_unknown_number_is_told_with_its_nearest():
    (fault,) = faults_of(("  circuity: {", "  circuitry: {"))
    assert (fault.code, str(fault.place)) == ("BRF004", f"{FILE}:78 crews.circuitry")
    assert '"circuity"' in fault.fix


def test_a_number_that_must_be_given_is_told_where_its_section_stands():
    (fault,) = faults_of((f"  number: {CREWS}\n", ""))
    assert (fault.code, str(fault.place)) == ("BRF005", f"{FILE}:73 crews")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 3, unit: crews, low: 2, high: 5", "value: -3, unit: crews"),
        ("value: 3, unit: crews, low: 2, high: 5", "value: 3, unit: crews, low: -1, high: 5"),
        ("value: 3, unit: crews, low: 2, high: 5", "value: 3, unit: crews, low: 2, high: 50000"),
        ("value: 10, unit: percent, low: 5, high: 20", "value: 101, unit: percent"),
        ('value: 1.2, unit: factor, assumption: "Bends."', 'value: 0.9, unit: factor, assumption: "Bends."'),
    ],
)
def test_a_number_or_its_range_out_of_bounds_is_told(old, new):
    assert [f.code for f in faults_of((old, new))] == ["QTY006"]


def test_an_unknown_family_is_told_with_its_nearest():
    (fault,) = faults_of(("family: response", "family: respons"))
    assert (fault.code, fault.place.line) == ("BRF011", 4)
    assert '"response"' in fault.fix


def test_a_family_that_there_is_not_is_told_with_those_that_there_are():
    (fault,) = faults_of(("family: response", "family: pool"))
    assert (fault.code, fault.place.line) == ("BRF011", 4)
    assert all(family in fault.fix for family in ("response", "caseload", "commons"))


def test_a_brief_of_another_family_is_held_to_the_shape_of_that_family():
    faults = faults_of(("family: response", "family: caseload"))
    assert "BRF011" not in {f.code for f in faults}
    assert {"BRF002", "BRF003"} <= {f.code for f in faults}


def test_structure_numbers_and_place_are_told_together():
    codes = [
        f.code
        for f in faults_of(
            ("title: Small town\n", ""),
            ("value: 36, unit: km_per_hour", "value: 36, unit: knots"),
            ("[Z1, North, true, 2000, 6000, 2000,", "[Z1, North, true, 0, 0, 0,"),
        )
    ]
    assert sorted(codes) == ["BRF003", "BRF006", "QTY001"]


@pytest.mark.parametrize("text", ["[]", "text", "12", "{}", "remit: 1"])
def test_what_is_no_brief_at_all_is_told_and_not_tripped_over(text):
    with pytest.raises(Faults) as raised:
        parse_brief(text, FILE)
    assert set(codes_of(raised.value)) <= {"BRF001", "BRF003"}


def test_line_numbers_follow_the_text():
    (fault,) = faults_of(
        ("# A brief small", "#\n#\n#\n# A brief small"), ("unit: crews, low", "unit: crew, low")
    )
    assert fault.place.line == 77


@pytest.mark.parametrize("about", MEASURES)
def test_a_commons_brief_has_every_number_of_its_family_whatever_it_is_about(about):
    names = {
        "streams": ("tax_grant", "subsidy", "events", "grants") if about == "estate" else (),
        "asset_kinds": ("park", "green") if about == "estate" else (),
    }
    wanted = {
        pattern.replace("*", name)
        for pattern in vocabulary("commons")
        for name in names.get(pattern.split(".")[0], ("",))
    }
    assert set(commons(about).numbers) == wanted


def test_a_stream_of_income_says_how_much_it_is():
    misspelt = ("gbp_per_year: {value: 40000,", "gbp_a_year: {value: 40000,")
    with pytest.raises(Faults) as raised:
        parse_brief(commons_text("estate", misspelt), file_of("estate"))
    lacking, wrong = sorted(raised.value.faults, key=lambda f: f.place.path)
    assert (wrong.code, wrong.place.path) == ("BRF004", "streams.events.gbp_a_year")
    assert (lacking.code, lacking.place.path) == ("BRF005", "streams.events")
