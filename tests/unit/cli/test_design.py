import json

import pytest

from pages import read_page
from remit.catalogue.catalogue import load_catalogue
from remit.consistency.count import Estimate, Opened
from remit.workbench import thinking
from remit.workbench.thinking import Openness
from small_brief import SMALL, small_text
from standing import FORBIDS_TODAY, GOOD_RULES

CATALOGUE = load_catalogue()
NASTY = "<script>alert(1)</script>"
FRONTLINE = "power=frontline_teams"
COUNTS = Openness(
    ("own_purchase",),
    ("data_access",),
    776_160,
    1_065,
    2_065,
    244_488,
    (Opened("risk_appetite", 3_000),),
    8.5e18,
    Estimate(6.7e13, 1e12, 400),
    Estimate(7.7e13, 1e12, 400),
)


def traditional(**settings):
    """A design file: the 18 settings of a traditional service, and some of one's own."""
    row = CATALOGUE.archetypes["traditional"].settings
    first = {v.id: row[v.id] for v in CATALOGUE.variables.values() if not v.is_higher}
    lines = [f"  {k}: {v}" for k, v in {**first, **settings}.items()]
    return "\n".join(["design: mine", f"title: '{NASTY}'", "settings:", *lines, ""])


@pytest.fixture
def told(remit):
    """Run a command with --json and return its exit code and what it said."""

    def run(*words):
        said = remit(*words, "--json")
        assert said.err == ""
        return said.code, json.loads(said.out, parse_constant=pytest.fail)

    return run


@pytest.mark.parametrize(
    ("command", "words", "code"),
    [
        ("check", ("self_managing_teams",), 0),
        ("check", (FRONTLINE,), 1),
        ("check", ("powr=members",), 2),
        ("check", ("cardiac-arrest/volunteer_responders",), 0),
        ("check", ("today", "--for", SMALL), 0),
        ("check", ("today", "--for", "nowhere"), 2),
        ("explain", ("who_involved=volunteers, employment_terms=salaried",), 1),
        ("explain", (FRONTLINE,), 0),
        ("explain", ("nobody",), 2),
        ("repair", (FRONTLINE,), 0),
        ("repair", ("self_managing_teams",), 0),
        ("repair", (FRONTLINE, "--keep", "power,relationship,nothing"), 2),
        ("repair", (f"{FRONTLINE}, staff=1.1", "--keep", "power,staff", "--n", "1"), 0),
        ("repair", ("who_involved=volunteers, time=45", "--keep", "who_involved,employment_terms"), 1),
        ("complete", (f"{FRONTLINE}, funding_method=community_shares",), 0),
        ("complete", ("who_involved=volunteers, employment_terms=salaried",), 1),
        ("complete", (FRONTLINE, "--near", "nobody"), 2),
        ("between", ("today", "self_managing_teams", "--for", "cardiac-arrest"), 0),
        ("between", ("today", FRONTLINE), 1),
        ("between", ("today", "tomorow"), 2),
        ("ideas", ("--n", "1", "--for", SMALL), 0),
        ("ideas", ("--n", "1", "--free", "chanels"), 2),
        ("open", ("--grant", "data_acess"), 2),
        ("map", ("nobody",), 2),
    ],
)
def test_it_ends_with_0_done_1_the_answer_is_no_and_2_bad_input(remit, command, words, code):
    said = remit("design", command, *words)
    assert said.code == code, said.err
    assert "Traceback" not in said.err
    assert bool(said.out) == (code < 2)
    assert code < 2 or "fault" in said.err


def test_teams_that_decide_inside_a_traditional_service_are_refused_and_mended(remit, told, tmp_path):
    (tmp_path / "mine.yaml").write_text(traditional(power="frontline_teams"))
    said = remit("design", "check", "mine.yaml")
    assert said.code == 1
    for rule in ("L14", "E01", "E02", "E03"):
        assert rule in said.out
    assert "remit design repair mine.yaml" in said.err
    code, found = told("design", "repair", "mine.yaml")
    assert code == 0
    assert found["kept"] == ["power"]
    for answer in found["answers"]:
        assert set(answer["changed"]) == {"structure", "process", "incentives", "relationship"}
        assert answer["consistent"] is True
        assert answer["settings"]["power"] == "frontline_teams"


def test_a_repair_written_down_is_checked_as_sound(told, tmp_path):
    _, found = told("design", "repair", FRONTLINE, "--n", "1")
    design = {"design": "mended", "settings": found["answers"][0]["settings"]}
    (tmp_path / "mended.yaml").write_text(json.dumps(design))  # JSON is YAML
    code, verdict = told("design", "check", "mended.yaml")
    assert code == 0
    assert verdict["broken"] == []


def test_check_says_which_settings_are_from_today_and_whose(remit):
    said = remit("design", "check", "staff=1.1", "--for", SMALL)
    assert "other 23 settings" in said.out
    assert "Small town" in said.out
    assert "other" not in remit("design", "check", "traditional").out


def test_a_design_of_a_brief_is_judged_in_its_own_place(told):
    _, own = told("design", "check", f"{SMALL}/neighbours")
    conditions = {c["condition"]: c["granted"] for c in own["conditions"]}
    assert conditions["digital_foundations"] is True, "the small town has decision support"
    _, elsewhere = told("design", "check", "volunteer_responders")
    assert {c["condition"]: c["granted"] for c in elsewhere["conditions"]}["digital_foundations"] is False


def test_a_brief_s_own_design_goes_before_an_archetype_of_the_same_name(remit):
    archetype = CATALOGUE.archetypes["volunteer_responders"].name
    assert remit("design", "check", "volunteer_responders").out.startswith(f"{archetype}: ")
    own = remit("design", "check", "volunteer_responders", "--for", "cardiac-arrest").out
    assert not own.startswith(f"{archetype}: ")


def test_local_rules_are_in_force_for_every_command(told, remit, tmp_path):
    (tmp_path / "rules.yaml").write_text(GOOD_RULES)
    rules = ("--rules", "rules.yaml")
    code, verdict = told("design", "check", "direct_platform", *rules)
    assert code == 1
    assert [f["rule"] for f in verdict["broken"]] == ["no_freelancers"]
    code, found = told("design", "explain", "who_involved=freelancers", *rules)
    assert code == 1
    assert [r["rule"] for r in found["clashes"][0]["rules"]] == ["no_freelancers"]
    assert told("design", "complete", "who_involved=freelancers", *rules)[0] == 1
    assert remit("design", "between", "today", "direct_platform", *rules).code == 1
    code, verdict = told("design", "check", FRONTLINE, *rules)
    assert "E01" in [f["rule"] for f in verdict["softened"]]


def test_local_rules_that_cannot_be_right_are_refused_before_anything_else(remit, told, tmp_path):
    (tmp_path / "rules.yaml").write_text(FORBIDS_TODAY)
    said = remit("design", "check", "traditional", "--rules", "rules.yaml")
    assert said.code == 2
    assert "CON004 rules.yaml:3" in said.err
    assert said.out == ""
    code, found = told("design", "repair", FRONTLINE, "--rules", "rules.yaml")
    assert code == 2
    assert found["ok"] is False
    assert [f["code"] for f in found["faults"]] == ["CON004"]


def test_a_brief_with_a_rule_file_outside_its_folder_is_refused(remit, tmp_path):
    (tmp_path / "brief.yaml").write_text(
        small_text(("\ndesigns:\n", "\nlocal_rules: ../rules.yaml\ndesigns:\n"))
    )
    said = remit("design", "check", "today", "--for", "brief.yaml")
    assert said.code == 2
    assert "CON008" in said.err


def test_faults_as_json_are_all_there(told):
    code, found = told("design", "check", "powr=members, staff=9, power=boss")
    assert code == 2
    assert [f["code"] for f in found["faults"]] == ["DSN001", "DSN002", "DSN003"]
    assert 'Did you mean "power"?' in found["faults"][0]["fix"]


def test_what_is_possible_and_not_is_told_apart(remit, told):
    assert told("design", "explain", FRONTLINE) == (0, {"possible": True, "clashes": []})
    code, found = told("design", "explain", "discretion=none, power=frontline_teams")
    assert (code, found["possible"]) == (1, False)
    assert [[r["rule"] for r in c["rules"]] for c in found["clashes"]] == [["L13"]]
    assert "L13" in remit("design", "explain", "discretion=none, power=frontline_teams").out


def test_as_many_answers_as_asked_for_and_no_more(told, remit):
    for n in (1, 3):
        assert len(told("design", "repair", FRONTLINE, "--n", n)[1]["answers"]) == n
    assert remit("design", "repair", FRONTLINE, "--n", "0").code == 2


def test_what_must_be_kept_and_cannot_be_is_said_and_nothing_is_offered(told, remit):
    words = ("repair", "who_involved=volunteers, employment_terms=zero_hours")
    code, found = told("design", *words, "--keep", "who_involved,employment_terms")
    assert code == 1
    assert found["answers"] == []
    assert [r["rule"] for r in found["clashes"][0]["rules"]] == ["L02"]
    said = remit("design", *words)
    assert said.code == 0
    assert said.out.index("L02") < said.out.index("1. ")


def test_what_holds_together_needs_no_repair(told, remit):
    code, found = told("design", "repair", "self_managing_teams")
    assert code == 0
    assert [a["changed"] for a in found["answers"]] == [{}]
    assert "nothing to change" in remit("design", "repair", "self_managing_teams").out


def test_a_half_thought_is_completed_near_today_or_near_another_design(told):
    _, near_today = told("design", "complete", "power=members", "--for", SMALL)
    _, near_other = told("design", "complete", "power=members", "--near", "volunteer_responders")
    for found in (near_today, near_other):
        assert found["kept"] == ["power"]
        assert found["answers"][0]["settings"]["power"] == "members"
    assert near_today["answers"][0]["settings"]["skills"] == 60
    assert near_other["answers"][0]["settings"]["incentives"] == "recognition"


def test_between_is_told_with_its_order(told, remit):
    code, found = told("design", "between", "today", "direct_platform", "--for", "cardiac-arrest")
    assert code == 0
    assert sorted(v for s in found["steps"] for v in s["settings"]) == sorted(found["changed"])
    assert found["proven"] is True
    code, found = told("design", "between", "traditional", FRONTLINE)
    assert code == 1
    assert list(found["changed"]) == ["power"]
    assert any("L14" in b for b in found["broken"])
    said = remit("design", "between", "today", "traditional")
    assert (said.code, "are the same" in said.out) == (0, True)


def test_ideas_are_counted_and_the_words_for_waiting_stay_out_of_the_answer(told, remit):
    code, found = told("design", "ideas", "--for", "cardiac-arrest", "--n", "3")
    assert code == 0
    assert [i["id"] for i in found] == ["idea_1", "idea_2", "idea_3"]
    assert all(list(i["settings"]) == list(CATALOGUE.variables) for i in found)
    said = remit("design", "ideas", "--for", "cardiac-arrest", "--n", "2")
    assert said.out.startswith("Ideas for ")
    assert "Not simulated" in said.out
    assert [line[:2] for line in said.out.splitlines() if line[:1].isdigit()] == ["1.", "2."]
    assert said.err == ""


def test_fewer_ideas_than_asked_for_are_said_to_be_all(remit, monkeypatch):
    real = thinking.have_ideas
    monkeypatch.setattr(thinking, "have_ideas", lambda place, n, free, told: real(place, 1, free, told))
    said = remit("design", "ideas", "--n", "2")
    assert said.code == 0
    assert "only 1" in said.out


def test_a_setting_of_the_need_is_freed_by_name(told):
    assert told("design", "ideas", "--n", "1", "--free", "channels, location")[0] == 0


def test_how_much_opens_is_told_and_the_words_for_waiting_stay_out_of_the_answer(remit, told, monkeypatch):
    asked = []

    def openness(place, granted, on_step):
        asked.append((place.name, granted))
        on_step("counting")
        return COUNTS

    monkeypatch.setattr(thinking, "openness", openness)
    words = ("design", "open", "--for", SMALL, "--grant", "data_access, data_access")
    said = remit(*words)
    assert said.code == 0
    assert said.err == ""
    assert said.out.startswith("In Small town")
    assert "1,065" in said.out
    assert "risk_appetite" in said.out
    code, found = told(*words)
    assert (code, found["six"]["open"]) == (0, 1_065)
    assert asked[0] == asked[1] == ("Small town", ["data_access", "data_access"])


def test_a_map_is_a_page_with_one_s_own_designs_escaped(remit, tmp_path):
    (tmp_path / "mine.yaml").write_text(traditional(power="frontline_teams"))
    words = ("design", "map", "mine.yaml", f"{SMALL}/neighbours", "staff=1.1", "--for", SMALL)
    said = remit(*words, "--out", "deep/er/map.html")
    assert said.code == 0
    assert "deep/er/map.html" in said.out
    text = (tmp_path / "deep" / "er" / "map.html").read_text("utf-8")
    assert "<script" not in text
    page = read_page(text)
    for words_on_it in (NASTY, "Neighbours alerted", "Small town", "Self-managing teams"):
        assert words_on_it in page.words
    assert ["Employment terms", "salaried", "Who is involved", "volunteers"] in page.rows
    remit(*words, "--out", "again.html")
    assert (tmp_path / "again.html").read_text("utf-8") == text


def test_a_map_without_a_name_goes_to_the_results(remit, tmp_path):
    said = remit("design", "map")
    assert said.code == 0
    read_page((tmp_path / "remit-results" / "design-map.html").read_text("utf-8"))


def test_a_page_that_cannot_be_written_is_a_fault(remit, tmp_path):
    (tmp_path / "taken").write_text("mine")
    said = remit("design", "map", "--out", "taken/map.html")
    assert said.code == 2
    assert "DOC011" in said.err
    assert (tmp_path / "taken").read_text() == "mine"


@pytest.mark.parametrize(
    "words",
    [
        ("check", FRONTLINE),
        ("repair", FRONTLINE),
        ("explain", "who_involved=volunteers, employment_terms=salaried"),
        ("complete", FRONTLINE),
        ("between", "today", "direct_platform"),
        ("ideas", "--n", "2"),
    ],
)
def test_the_same_question_gets_the_same_words(remit, words):
    assert remit("design", *words) == remit("design", *words)


@pytest.mark.parametrize(
    "command", ["check", "explain", "repair", "complete", "between", "ideas", "open", "map"]
)
def test_every_command_explains_itself_with_an_example(remit, command):
    said = remit("design", command, "--help")
    assert said.code == 0
    assert f"remit design {command}" in said.out.split("Options:")[1]


def test_the_command_that_is_proposed_next_judges_in_the_same_place(remit, tmp_path):
    (tmp_path / "rules.yaml").write_text(GOOD_RULES)
    said = remit("design", "check", f"{FRONTLINE}, discretion=0", "--for", SMALL, "--rules", "rules.yaml")
    assert said.code == 1
    assert "--for" in said.err
    assert "--rules" in said.err


@pytest.mark.parametrize(
    "words", [("check", "today"), ("map", "today"), ("complete", FRONTLINE, "--near", "today")]
)
def test_today_has_a_name_everywhere(remit, words):
    assert remit("design", *words).code == 0
