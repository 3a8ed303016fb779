import pytest

from remit.design.design import TODAY, Several, Solved
from remit.design.parse import designs_of, parse_settings, turn
from remit.ground.document import parse_document
from remit.ground.faults import Faults
from small_brief import CATALOGUE, FILE, codes_of, small, small_designs, small_text


def parse(text: str, *designs: str) -> tuple[dict[str, object], list[str]]:
    doc = parse_document(f"settings:\n  {text}", "t.yaml")
    settings, faults = parse_settings(doc.values["settings"], CATALOGUE, doc, ("settings",), designs)
    assert all(f.place.line == 2 for f in faults)
    return settings, [f.code for f in faults]


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("staff: 1", 1.0),
        ("staff: 1.25", 1.25),
        ("data: siloed", "siloed"),
        ("who_involved: volunteers", Several("volunteers")),
        ("who_involved: {main: volunteers}", Several("volunteers")),
        ("who_involved: {main: volunteers, also: [citizens]}", Several("volunteers", ("citizens",))),
        ("staff: {equal_cost_to: today}", Solved(equal_cost_to="today")),
        ("staff: {equal_cost_to: other}", Solved(equal_cost_to="other")),
        ("staff: {more_crews: 2}", Solved(more_crews=2.0)),
    ],
)
def test_a_sound_setting_is_read(text, setting):
    settings, faults = parse(text, "other")
    assert faults == []
    assert list(settings.values()) == [setting]


def test_an_option_beside_itself_or_twice_is_one():
    settings, _ = parse("who_involved: {main: volunteers, also: [citizens, volunteers, citizens]}")
    assert settings["who_involved"] == Several("volunteers", ("citizens",))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("staf: 1", "DSN001"),
        ("data: silod", "DSN002"),
        ("who_involved: nobody", "DSN002"),
        ("who_involved: {main: volunteers, also: [nobody]}", "DSN002"),
        ("staff: 1.7", "DSN003"),
        ("staff: -0.1", "DSN003"),
        ("staff: 1e999", "DSN005"),
        ("staff: many", "DSN005"),
        ("staff: true", "DSN005"),
        ("staff: ~", "DSN005"),
        ("staff: [1]", "DSN005"),
        ("staff: {more_crews: some}", "DSN005"),
        ("staff: {more_crews: 1, equal_cost_to: today}", "DSN005"),
        ("data: 3", "DSN005"),
        ("data: [siloed]", "DSN005"),
        ("who_involved: {also: [volunteers]}", "DSN005"),
        ("who_involved: {main: [volunteers, citizens]}", "DSN005"),
        ("who_involved: {main: volunteers, beside: [citizens]}", "DSN005"),
        ("who_involved: 3", "DSN005"),
        ("staff: {equal_cost_to: nobody}", "DSN007"),
    ],
)
def test_one_thing_wrong_is_one_fault(text, code):
    assert parse(text) == ({}, [code])


def test_every_unknown_option_is_told():
    assert parse("who_involved: {main: nobody, also: [noone]}")[1] == ["DSN002", "DSN002"]


@pytest.mark.parametrize("raw", [None, 3, "staff: 1", ["staff"]])
def test_settings_are_a_mapping(raw):
    settings, faults = parse_settings(raw, CATALOGUE, parse_document("a: 1", "t"), ())
    assert settings == {}
    assert [f.code for f in faults] == ["DSN005"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("relationshp: hierarchical", '"relationship"'),
        ("data: silod", '"siloed"'),
        ("staff: {equal_cost_to: neighbors}", '"neighbours"'),
    ],
)
def test_the_nearest_name_is_told(text, meant):
    doc = parse_document(text, "t.yaml")
    _, (fault,) = parse_settings(doc.values, CATALOGUE, doc, (), ("neighbours",))
    assert meant in fault.fix


def test_today_comes_first_and_the_rest_in_the_order_written():
    assert list(small_designs()) == [TODAY, "neighbours", "same_money", "one_more"]


def test_every_design_sets_every_variable_in_the_order_of_the_catalogue():
    assert all(list(d.settings) == list(CATALOGUE.variables) for d in small_designs().values())


def test_a_design_is_today_where_it_says_nothing():
    designs = small_designs()
    assert designs["neighbours"].settings["time"] == designs[TODAY].settings["time"]


def faulty(*changes: tuple[str, str]) -> list[str]:
    doc = parse_document(small_text(*changes), FILE)
    with pytest.raises(Faults) as raised:
        designs_of(small(*changes), CATALOGUE, doc)
    return codes_of(raised.value)


def test_today_sets_all():
    assert faulty(("  power: senior_managers\n", "")) == ["DSN004"]


def test_a_setting_of_today_that_is_wrong_is_not_told_as_missing_too():
    assert faulty(("  power: senior_managers\n", "  power: nobody\n")) == ["DSN002"]


def test_no_design_may_be_called_today():
    assert faulty(("  one_more:\n", "  today:\n")) == ["BRF009"]


def test_faults_of_all_designs_are_told_together():
    assert faulty(("  staff: 0.8", "  staff: 8"), ("more_crews: 1", "more_crews: one")) == [
        "DSN003",
        "DSN005",
    ]


@pytest.mark.parametrize(
    ("said", "variable", "setting"),
    [
        ("staff=1.1", "staff", 1.1),
        (" staff = 1.1 ", "staff", 1.1),
        ("staff=rich", "staff", 1.05),
        ("data=user_held", "data", "user_held"),
        ("who_involved=volunteers", "who_involved", Several("volunteers")),
        ("who_involved=public_staff+volunteers", "who_involved", Several("public_staff", ("volunteers",))),
    ],
)
def test_one_setting_of_today_is_turned(said, variable, setting):
    today = small_designs()[TODAY]
    turned = turn(today, said, CATALOGUE)
    assert turned.settings[variable] == setting
    assert {v: s for v, s in turned.settings.items() if v != variable} == {
        v: s for v, s in today.settings.items() if v != variable
    }


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("staff", "CLI001"),
        ("stuff=1", "DSN001"),
        ("data=nothing", "DSN002"),
        ("who_involved=public_staff+", "DSN002"),
        ("staff=9", "DSN003"),
        ("staff=nan", "DSN003"),
        ("staff=lots", "DSN005"),
    ],
)
def test_what_cannot_be_turned_is_told(said, code):
    with pytest.raises(Faults) as raised:
        turn(small_designs()[TODAY], said, CATALOGUE)
    assert codes_of(raised.value) == [code]
