import pytest

from remit.briefs.build import NOT_STATED
from remit.briefs.parse import parse_brief, schema
from remit.briefs.vocabulary import vocabulary
from remit.ground.faults import Faults
from small_brief import codes_of, small
from small_caseload import CARE_FILE, care, care_text
from small_commons import MEASURES, commons, commons_text
from small_meals import meals


def test_weeks_of_a_caseload_are_kept_as_days():
    assert (care().warm_up_days, care().days) == (4 * 7, 13 * 7)


def test_a_caseload_brief_that_says_nothing_runs_half_a_year_and_a_year():
    brief = care(("span: {warm_up_weeks: 4, weeks: 13}\n", ""))
    assert (brief.warm_up_days, brief.days) == (26 * 7, 52 * 7)


def test_a_caseload_has_no_calls_crews_or_curves():
    brief = care()
    assert brief.kinds == brief.curves == brief.shifts == brief.urgent_kinds == ()
    assert brief.headline_kind == ""
    assert brief.locality.bases == brief.locality.hospitals == ()


def test_all_hours_of_a_caseloads_week_weigh_the_same():
    assert care().hour_weights == (1.0,) * 168


def test_hours_of_a_response_have_mean_one():
    weights = small().hour_weights
    assert sum(weights) == pytest.approx(168.0)
    assert len(set(weights)) > 1


def test_every_number_of_the_family_is_there():
    names = {"client_days": ("mornings", "all_day"), "carer_days": ("early", "late")}
    wanted = {
        pattern.replace("*", name)
        for pattern in vocabulary("caseload")
        for name in names.get(pattern.split(".")[0], ("",))
    }
    assert set(care().numbers) == wanted


def test_numbers_are_in_canonical_units():
    numbers = care().numbers
    assert numbers["clients.hours_per_week"].value == 12 * 60
    assert numbers["grant.delay_weeks"].value == 2 * 7 * 1440
    assert numbers["assess.per_week"].value == pytest.approx(6 * 365 / 7)
    assert numbers["market.reach_km"].value == 4000
    assert numbers["travel.km_per_hour"].value == pytest.approx(20_000 / 60)


def test_only_what_the_brief_states_is_given():
    brief = care()
    assert "clients.at_start" in brief.given
    assert "fate.short_effect" not in brief.given
    assert brief.numbers["fate.short_effect"].assumption == NOT_STATED


def test_a_section_may_be_left_out_where_all_of_it_has_a_neutral_value():
    assert "\nteams:" not in care_text()
    assert care().numbers["teams.most_carers"].value == float("inf")


def test_designs_sources_and_texts_are_kept():
    brief = care()
    assert (brief.id, brief.family, brief.file) == ("small-care", "caseload", CARE_FILE)
    assert [d.id for d in brief.designs] == ["teams", "platform"]
    assert brief.sources["survey"].cite == "A survey of the town, 2023"
    assert brief.not_for == ("Anything but tests.",)


def test_a_surprise_is_kept_apart_until_it_is_asked_for():
    brief = care()
    assert brief.changes == ()
    (winter,) = brief.surprises
    assert (winter.id, winter.title, winter.why) == ("winter", "A hard winter", "Illness.")
    assert [c.day for c in winter.changes] == [8, 29]
    assert winter.changes[0].multiply == (("fate.hospital_factor", 1.5), ("provider.sick_share", 2.0))


def test_a_surprise_adds_its_changes_to_those_of_the_brief():
    change = ("changes: []\n", "changes:\n  - {day: 3, why: x, multiply: {assess.per_week: 2}}\n")
    brief = care(change)
    assert [c.day for c in brief.surprised("winter").changes] == [3, 8, 29]
    assert brief.surprised("winter").numbers == brief.numbers
    assert [c.day for c in brief.changes] == [3]


def test_a_surprise_that_a_brief_has_not_is_no_name():
    with pytest.raises(KeyError):
        care().surprised("summer")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("fate.hospital_factor: 1.5,", "fate.hospitl_factor: 1.5,", "MEC004"),
        ("fate.hospital_factor: 1.5,", "demand.incidence: 1.5,", "MEC007"),
        ("fate.hospital_factor: 1.5,", "fate.hospital_factor: 100,", "QTY006"),
    ],
)
def test_a_surprise_is_checked_as_a_dated_change_is(old, new, code):
    with pytest.raises(Faults) as raised:
        parse_brief(care_text((old, new)), CARE_FILE)
    assert codes_of(raised.value) == [code]
    assert raised.value.faults[0].place.path.startswith("surprises.winter.changes[0]")


def test_what_only_a_response_has_is_not_known_in_a_caseload():
    with pytest.raises(Faults) as raised:
        parse_brief(care_text(("changes: []\n", "changes: []\nkinds: {}\n")), CARE_FILE)
    assert codes_of(raised.value) == ["BRF002"]


def test_editors_are_told_every_number_of_a_caseload():
    shape = schema("caseload")["properties"]
    for pattern, spec in vocabulary("caseload").items():
        head, *wild, key = pattern.split(".")
        if wild:
            continue
        assert spec.meaning in shape[head]["properties"][key]["description"], pattern
        assert shape[head]["additionalProperties"] is False


def test_editors_are_told_that_patterns_are_tables():
    shape = schema("caseload")
    assert shape["properties"]["client_days"]["$ref"].endswith("TableIn")
    assert "share" not in shape["$defs"]["TableIn"]["properties"]


@pytest.mark.parametrize(
    ("about", "measures", "years"),
    [("estate", "estate", 10), ("projects", "projects", 3), ("uptake", "adoption", 4)],
)
def test_a_commons_brief_measures_what_it_is_about_over_years_of_52_weeks(about, measures, years):
    brief = commons(about)
    assert (brief.measures, brief.warm_up_days, brief.days) == (measures, 0, years * 364)


def test_what_the_other_families_measure_is_their_own():
    assert (small().measures, care().measures) == ("response", "caseload")


def test_an_estate_with_projects_beside_it_is_an_estate():
    beside = ("today:\n", "projects:\n  late_share: {value: 0.5, unit: share, assumption: x}\ntoday:\n")
    assert commons("estate", beside).measures == "estate"


def test_a_commons_brief_that_says_nothing_runs_ten_years():
    assert commons("uptake", ("span: {years: 4}\n", "")).days == 10 * 364


@pytest.mark.parametrize("about", MEASURES)
def test_a_commons_brief_has_neither_calls_nor_hours_of_the_week(about):
    brief = commons(about)
    assert brief.kinds == brief.curves == brief.shifts == brief.locality.bases == ()
    assert brief.hour_weights == (1.0,) * 168
    assert bool(brief.assets) == (about == "estate")


def test_a_run_lasts_one_to_sixty_years():
    for years in ("0", "61"):
        with pytest.raises(Faults) as raised:
            parse_brief(commons_text("uptake", ("span: {years: 4}", f"span: {{years: {years}}}")), "b")
        assert raised.value.faults[0].place.path == "span.years"


def test_editors_are_told_every_number_of_the_commons():
    shape = schema("commons")["properties"]
    for pattern, spec in vocabulary("commons").items():
        head, *wild, key = pattern.split(".")
        held = shape[head]["additionalProperties"] if wild else shape[head]
        assert spec.meaning in held["properties"][key]["description"], pattern
        assert held["additionalProperties"] is False


def test_a_caseload_with_an_uptake_is_told_in_meals_and_any_other_in_hours():
    assert care().measures == "caseload"
    assert meals().measures == "meals"
