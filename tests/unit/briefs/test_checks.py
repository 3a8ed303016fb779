import pytest

from remit.briefs.parse import parse_brief
from remit.ground.faults import Fault, Faults
from small_brief import FILE, small, small_text
from small_streets import streets, streets_text

BEFORE_TODAY = "\ntoday:\n"


def faults_of(*changes: tuple[str, str]) -> list[Fault]:
    with pytest.raises(Faults) as raised:
        parse_brief(small_text(*changes), FILE)
    return raised.value.faults


def added(text: str) -> tuple[str, str]:
    return BEFORE_TODAY, f"\n{text}\n{BEFORE_TODAY}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("severe_cpr: {value: -0.1,", "severe_cpr: {value: 0.1,"),
        ("low: -0.3, high: -0.1, source", "low: -0.3, high: 0.01, source"),
        ("severe_shock: {value: -2, unit: percent", "severe_shock: {value: 2, unit: percent"),
    ],
)
def test_survival_may_not_rise_with_time_anywhere_in_the_range(old, new):
    (fault,) = faults_of((old, new))
    assert fault.code == "BRF007"
    assert fault.place.path.startswith("curves.")
    assert fault.place.line > 0


def test_a_level_curve_is_allowed():
    parse_brief(small_text(("severe_cpr: {value: -0.1,", "severe_cpr: {value: 0,")), FILE)


def test_a_curve_to_choose_from_is_one_that_stands_there():
    (fault,) = faults_of(("one_of: {steep: 3, straight: 1}", "one_of: {step: 3, straight: 1}"))
    assert fault.code == "BRF014"
    assert '"steep"' in fault.fix


def test_an_outcome_needs_a_curve():
    assert [f.code for f in faults_of(("curve: {one_of: {steep: 3, straight: 1}", "curve: ~ #"))] == [
        "BRF003"
    ]


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("kind: arrest, urgent", "kind: arest, urgent", "headline.kind"),
        ("urgent: [arrest]", "urgent: [arrest, fal]", "headline.urgent"),
    ],
)
def test_the_headline_names_kinds_that_stand_there(old, new, path):
    faults = faults_of((old, new))
    assert [(f.code, f.place.path) for f in faults if f.code == "BRF014"] == [("BRF014", path)]


def test_a_dated_change_is_of_a_number_that_the_family_has():
    (fault,) = faults_of(added("changes: [{day: 3, why: x, multiply: {crews.numbr: 2}}]"))
    assert fault.code == "MEC004"
    assert '"crews.number"' in fault.fix
    assert fault.place.line > 0


def test_a_dated_change_has_a_factor_of_nought_or_more():
    (fault,) = faults_of(added("changes: [{day: 3, why: x, multiply: {crews.number: -1}}]"))
    assert fault.code == "QTY006"


@pytest.mark.parametrize(
    "name",
    ["kinds.fall.incidence", "crews.speed_km_per_hour", "demand.ceiling_factor", "curves.steep.severe_cpr"],
)
def test_what_is_the_same_for_a_whole_run_cannot_change_on_a_date(name):
    (fault,) = faults_of(added(f"changes: [{{day: 3, why: x, multiply: {{{name}: 2}}}}]"))
    assert (fault.code, fault.place.path) == ("MEC007", f"changes[0].multiply.{name}")


def test_eight_skills_are_allowed_and_nine_are_not():
    needs = "    name: Fall\n    needs: [a, b, c, d, e, f, g{}]\n"
    shift = ("  - {}\n", "  - {skills: [a, h]}\n")
    parse_brief(small_text(shift, ("    name: Fall\n", needs.format(""))), FILE)
    (fault,) = faults_of(shift, ("    name: Fall\n", needs.format(", i")))
    assert fault.code == "BRF015"


def test_a_headline_without_an_outcome_is_refused_where_another_kind_has_one():
    (fault,) = faults_of(
        ("headline: {kind: arrest, urgent: [arrest]}", "headline: {kind: fall, urgent: [arrest]}")
    )
    assert (fault.code, fault.place.path) == ("BRF016", "headline.kind")


def test_a_brief_no_kind_of_which_has_an_outcome_is_about_reports():
    assert small().measures == "response"
    assert streets().measures == "reports"


def test_a_kind_that_is_conveyed_needs_a_hospital():
    text = streets_text(
        (
            "      repeat_share:",
            "      convey_share: {value: 0.1, unit: share, source: survey}\n      repeat_share:",
        )
    )
    with pytest.raises(Faults) as raised:
        parse_brief(text, FILE)
    (fault,) = raised.value.faults
    assert fault.code == "BRF003"
    assert "hospitals" in fault.what


@pytest.mark.parametrize("name", ["repeat_share", "away_return_share", "self_share"])
@pytest.mark.parametrize("number", ["value: 0.1", "value: 0, low: 0, high: 0.1"])
def test_a_need_with_an_outcome_does_not_come_back(name, number):
    old = 'repeat_share: {value: 0, unit: share, assumption: "An arrest'
    (fault,) = faults_of((old, f'{name}: {{{number}, unit: share, assumption: "An arrest'))
    assert (fault.code, fault.place.path) == ("BRF017", f"kinds.arrest.numbers.{name}")


def test_a_published_result_is_held_against_a_design_that_there_is():
    entry = "published: [{what: x, value: 1, unit: minute, source: study, design: neighbour}]"
    (fault,) = faults_of(added(entry))
    assert (fault.code, fault.place.path) == ("BRF014", "published[0].design")
    assert "neighbours" in fault.fix


def test_a_published_result_rests_on_a_source_that_is_listed():
    (fault,) = faults_of(added("published: [{what: x, value: 1, unit: minute, source: studi}]"))
    assert (fault.code, fault.place.path) == ("QTY004", "published[0].source")
    assert "study" in fault.fix


def test_meaning_is_checked_though_numbers_are_faulty():
    faults = faults_of(("unit: km_per_hour", "unit: knots"), ("kind: arrest, urgent", "kind: arest, urgent"))
    assert {f.code for f in faults} >= {"QTY001", "BRF014"}
