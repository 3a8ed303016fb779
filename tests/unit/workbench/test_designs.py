import pytest

from remit.consistency.space import Choice
from remit.design.design import TODAY, Several, Solved, changes_from, plain
from remit.ground.faults import Faults
from remit.workbench.designs import grown_from_signature, propose, stand_on
from remit.workbench.thinking import judge
from small_brief import CATALOGUE, codes_of, opened, small_text
from standing import city, files, never, proposed, town, typical, under

A_DESIGN = """\
design: mine
title: My own
why: To see.
settings:
  staff: 1.1
  who_involved: {main: public_staff, also: [volunteers]}
"""
MAIN = {v: plain(s) for v, s in typical().today.settings.items()}


def refused(text, place=None, read_text=never):
    with pytest.raises(Faults) as raised:
        propose(text, place or typical(), read_text)
    return raised.value


def test_without_a_brief_today_is_what_the_catalogue_calls_typical():
    place = typical()
    for variable in CATALOGUE.variables.values():
        assert plain(place.today.settings[variable.id]) == variable.typical
    assert judge(place.today, place).is_open
    assert set(place.ground.met) >= {c.id for c in CATALOGUE.conditions.values() if c.today}


def test_a_brief_brings_its_today_its_name_and_what_it_already_leans_on():
    place = town()
    assert place.today == opened().designs[TODAY]
    assert place.name == "Small town"
    # nobody granted it, but decision support is already in use there
    assert "digital_foundations" in place.ground.met
    granted = stand_on(opened(("designs:\n", "conditions_met: [data_access]\ndesigns:\n")), None, never)
    assert set(granted.ground.met) == {*place.ground.met, "data_access"}


@pytest.mark.parametrize("name", list(CATALOGUE.archetypes))
def test_an_archetype_is_its_whole_row_and_holds_together(name):
    found = proposed(name)
    assert found.design.title == CATALOGUE.archetypes[name].name
    assert found.stated == tuple(CATALOGUE.variables) == tuple(found.design.settings)
    for variable, setting in CATALOGUE.archetypes[name].settings.items():
        told = plain(found.design.settings[variable])
        if isinstance(setting, dict):
            assert (told["main"], set(told["also"])) == (setting["main"], set(setting["also"]))
        else:
            assert told == setting
    assert judge(found.design, typical()).is_consistent


def test_a_design_file_sets_what_it_says_and_leaves_the_rest_as_today():
    found = propose("some/folder/mine.yaml", typical(), files(mine=A_DESIGN))
    assert (found.design.id, found.design.title) == ("mine", "My own")
    assert found.stated == ("staff", "who_involved")
    assert changes_from(found.design, typical().today) == ["staff", "who_involved"]
    assert found.design.settings["staff"] == 1.1
    assert found.design.settings["who_involved"] == Several("public_staff", ("volunteers",))


def test_faults_of_a_design_file_are_told_all_at_once_with_their_lines():
    bad = A_DESIGN.replace("staff: 1.1", "staff: 7\n  powr: members\n  channels: on_line")
    raised = refused("mine.yaml", read_text=files(mine=bad))
    assert codes_of(raised) == ["DSN001", "DSN002", "DSN003"]
    assert sorted(f.place.line for f in raised.faults) == [5, 6, 7]
    assert {f.place.file for f in raised.faults} == {"mine.yaml"}
    assert 'Did you mean "power"?' in str(raised)


def test_a_design_of_a_brief_is_named_behind_the_brief():
    found = proposed("cardiac-arrest/one_crew_more")
    assert found.design == city().opened.designs["one_crew_more"]
    assert found.stated == tuple(CATALOGUE.variables)
    read = files(**{"my-town": small_text()})
    assert propose("my-town.yaml/neighbours", typical(), read).design.title == "Neighbours alerted"
    assert propose("my-town.yaml/today", typical(), read).design.settings == opened().designs[TODAY].settings


@pytest.mark.parametrize("name", ["same_money", "one_more"])
def test_levels_of_a_design_of_a_brief_are_worked_out(name):
    staff = proposed(name, town()).design.settings["staff"]
    assert isinstance(opened().written[name].settings["staff"], Solved)
    assert staff > town().today.settings["staff"]


def test_a_brief_s_own_design_goes_before_an_archetype_of_the_same_name():
    own, archetype = proposed("volunteer_responders", city()), proposed("volunteer_responders")
    assert own.design == city().opened.designs["volunteer_responders"]
    assert archetype.design.title == CATALOGUE.archetypes["volunteer_responders"].name
    assert own.design.digest != archetype.design.digest
    assert proposed("volunteer_responders", town()).design.digest == archetype.design.digest


def test_settings_are_typed_out_with_levels_by_number_or_band_and_options_beside_a_main_one():
    found = proposed(" time = 45 ,prevention=serious, who_involved = public_staff + volunteers+citizens ,")
    told = found.design.settings
    assert found.stated == ("time", "prevention", "who_involved")
    assert told["time"] == 45.0
    assert CATALOGUE.variables["prevention"].band_of(told["prevention"]) == "serious"
    assert told["who_involved"] == Several("public_staff", ("volunteers", "citizens"))
    assert {v: plain(told[v]) for v in told if v not in found.stated} == {
        v: s for v, s in MAIN.items() if v not in found.stated
    }
    assert list(told) == list(CATALOGUE.variables)


@pytest.mark.parametrize(
    ("variable", "band"), [(v.id, b) for v in CATALOGUE.variables.values() for b in v.bands]
)
def test_every_band_of_every_level_can_be_typed(variable, band):
    found = proposed(f"{variable}={band}").design.settings[variable]
    assert CATALOGUE.variables[variable].band_of(found) == band


def test_what_is_not_typed_beside_a_main_option_is_left_open():
    typed = proposed("funding_method=taxation+grants")
    assert typed.choices == (Choice("funding_method", "taxation"), Choice("funding_method", "grants", "has"))
    whole = proposed("traditional").choices
    assert Choice("funding_method", "grants", "has_not") in whole


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("self_manging_teams", "DSN006", "self_managing_teams"),
        ("selfmanagingteams", "DSN006", "self_managing_teams"),
        ("cardiac-arrest/volunteer", "DSN007", "volunteer_responders"),
        ("powr=members", "DSN001", "power"),
        ("power=member", "DSN002", "members"),
        ("power=", "DSN002", "frontline_teams"),
        ("who_involved=public_staff+volunter", "DSN002", "volunteers"),
        ("staff=7", "DSN003", "0 to 1.6"),
        ("staff=-1", "DSN003", "0 to 1.6"),
        ("staff=nan", "DSN003", "0 to 1.6"),
        ("staff=lots", "DSN005", "Staff is a number"),
        ("power=members, volunteers", "DSN005", "volunteers"),
        ("power=members, power=service_users", "DSN005", "power"),
        ("", "DSN006", "traditional"),
        ("=", "DSN001", "unknown variable"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused_with_the_nearest_there_is(typed, code, words):
    raised = refused(typed)
    assert codes_of(raised) == [code]
    assert words in str(raised)


def test_a_design_of_this_brief_is_offered_as_the_nearest():
    assert "neighbours" in str(refused("neighbors", town()))


def test_everything_wrong_with_what_is_typed_is_told_at_once():
    raised = refused("powr=members, staff=9, data=open, time=30, time=60, volunteers")
    assert codes_of(raised) == ["DSN001", "DSN002", "DSN003", "DSN005", "DSN005"]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (small_text(), "DSN006", "mine.yaml/DESIGN"),
        ("settings: {power: members}\n", "BRF003", '"design" is missing'),
        ("design: mine\n", "BRF003", '"settings" is missing'),
        ("- power\n", "BRF001", "a design file has design: NAME and settings:"),
    ],
)
def test_a_file_that_is_no_design_says_what_is_missing(text, code, words):
    raised = refused("mine.yaml", read_text=files(mine=text))
    assert codes_of(raised) == [code]
    assert words in str(raised)


def test_a_file_is_judged_by_its_ending_and_only_then_read():
    asked = []

    def read(path):
        asked.append(path.name)
        return A_DESIGN

    for name in ("mine.yaml", "mine.yml"):
        assert propose(name, typical(), read).design.id == "mine"
    refused("mine.txt")
    assert asked == ["mine.yaml", "mine.yml"]


@pytest.mark.parametrize("name", list(CATALOGUE.archetypes))
def test_an_archetype_as_this_place_would_have_it_keeps_signature_and_role_and_little_else(name):
    place = city()
    near = grown_from_signature(name, place)
    whole = proposed(name).design
    kept = (*CATALOGUE.archetypes[name].signature, "public_role")
    for variable in kept:
        assert plain(near.design.settings[variable]) == plain(whole.settings[variable])
    assert judge(near.design, place).is_consistent
    changed = changes_from(near.design, place.today)
    assert len(changed) <= len(changes_from(whole, place.today))
    assert set(changed) <= {*kept, *near.changed}


def test_an_archetype_whose_signature_a_local_rule_forbids_cannot_be_grown():
    rule = """\
remit_rules: 1
rules:
- {id: no_platform, kind: normative, forbid: [{v: employment_terms, in: [self_employed]}], why: So., assumption: x}
"""
    assert grown_from_signature("direct_platform", under(rule)) is None
    assert grown_from_signature("self_managing_teams", under(rule)) is not None


def test_a_band_that_today_is_in_leaves_the_level_as_it_is():
    assert changes_from(proposed("staff=standard").design, typical().today) == []


def test_an_unknown_key_of_a_design_file_is_refused():
    raised = refused("mine.yaml", read_text=files(mine=A_DESIGN + "titel: Mine\n"))
    assert codes_of(raised) == ["BRF002"]


@pytest.mark.parametrize("name", ["../../elsewhere", "/tmp/elsewhere", "{a: b}"])
def test_the_id_of_a_design_file_is_a_plain_name(name):
    refused("mine.yaml", read_text=files(mine=A_DESIGN.replace("design: mine", f"design: {name}")))


@pytest.mark.parametrize("level", ["{more_crews: 1}", "{equal_cost_to: today}"])
def test_a_level_to_be_worked_out_is_worked_out_or_refused(level):
    text = A_DESIGN.replace("staff: 1.1", f"staff: {level}")
    try:
        found = propose("mine.yaml", town(), files(mine=text)).design
    except Faults:
        return
    assert isinstance(found.settings["staff"], float)


def test_a_level_is_written_by_band_in_a_file_as_it_is_typed():
    text = A_DESIGN.replace("staff: 1.1", "staff: thin")
    found = propose("mine.yaml", typical(), files(mine=text))
    assert found.design.settings["staff"] == proposed("staff=thin").design.settings["staff"]
