import json

import pytest

from pages import read_page
from remit import wiring
from remit.catalogue.catalogue import load_catalogue
from remit.consistency.route import AIMS
from small_brief import SMALL
from standing import GOOD_RULES, NO_RESPONDERS

CATALOGUE = load_catalogue()
CITY = ("route", "cardiac-arrest", "--to")
RESPONDERS = (*CITY, "volunteer_responders")


@pytest.fixture
def told(remit):
    """Run a command with --json and return its exit code and what it said."""

    def run(*words):
        said = remit(*words, "--json")
        assert said.err == ""
        return said.code, json.loads(said.out, parse_constant=pytest.fail)

    return run


@pytest.mark.parametrize("name", list(CATALOGUE.archetypes))
def test_to_every_archetype_there_is_a_way_within_five_years_or_a_reason(told, name):
    code, found = told(*CITY, name, "--months", "60")
    assert list(found) == list(AIMS)
    assert code == 0
    for route in found.values():
        assert route["route"] is not None
        assert route["in_effect_month"] <= 60
        assert all(m["begin"] < m["effect"] <= 60 for m in route["route"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("volunteer_responders",), 0),
        (("volunteer_responders", "--months", "6"), 1),
        (("volunteer_responders", "--refused", "community_capacity"), 1),
        (("power=frontline_teams",), 1),
        (("volunteer_responder",), 2),
        (("nobody.yaml",), 2),
        (("volunteer_responders", "--refused", "community_capasity"), 2),
        (("volunteer_responders", "--aim", "best"), 2),
        (("volunteer_responders", "--months", "0"), 2),
        (("volunteer_responders", "--rules", "nowhere.yaml"), 2),
    ],
)
def test_it_ends_with_0_done_1_there_is_no_way_and_2_bad_input(remit, tmp_path, words, code):
    said = remit(*CITY, *words)
    assert said.code == code, said.err
    assert "Traceback" not in said.err
    assert bool(said.out) == (code < 2)
    written = list((tmp_path / "remit-results").glob("*.html"))
    assert len(written) == (code == 0)


def test_a_way_is_told_month_by_month_for_each_aim_with_a_page(remit, tmp_path):
    said = remit(*RESPONDERS)
    assert said.err == ""
    for part in ("Fastest", "Cheapest", "Safest", "Month   0", "takes effect", "One-off cost", "Worst month"):
        assert part in said.out
    page = tmp_path / "remit-results" / "cardiac-arrest-to-volunteer_responders.html"
    assert str(page.relative_to(tmp_path)) in said.out
    assert [i for i in read_page(page.read_text("utf-8")).ids if i in AIMS] == list(AIMS)


def test_one_aim_is_one_way(remit, told):
    assert list(told(*RESPONDERS, "--aim", "safest")[1]) == ["safest"]
    said = remit(*RESPONDERS, "--aim", "safest").out
    assert "Safest" in said
    assert "Fastest" not in said


def test_a_way_that_serves_two_aims_is_told_once(remit):
    said = remit(*CITY, "community_foundation", "--months", "60").out
    assert "Cheapest: the same as the fastest." in said
    assert said.count("In effect in month") < len(AIMS)


def test_too_few_months_say_what_takes_so_long_and_how_many_would_do(remit):
    said = remit(*RESPONDERS, "--months", "6")
    assert said.code == 1
    assert "No route within 6 months." in said.out
    assert "community_capacity" in said.out
    again = said.out.split("--months ")[1].split()[0]
    assert remit(*RESPONDERS, "--months", again, "--aim", "fastest").code == 0
    assert remit(*RESPONDERS, "--months", int(again) - 1, "--aim", "fastest").code == 1


def test_a_condition_that_will_not_be_granted_is_the_reason(remit, told):
    said = remit(*RESPONDERS, "--refused", "community_capacity")
    assert said.code == 1
    assert "(community_capacity) is needed and will not be granted" in " ".join(said.out.split())
    assert said.out.count("No route") == 1, "the reason is the same for every aim"
    code, found = told(*RESPONDERS, "--refused", "community_capacity")
    assert code == 1
    assert all(r["route"] is None and r["reasons"] for r in found.values())


def test_every_unknown_condition_is_named_with_the_nearest(remit):
    said = remit(*RESPONDERS, "--refused", "community_capasity, rsk_appetite")
    assert said.code == 2
    assert said.err.count("CON001") == 2
    assert '"community_capacity"' in said.err
    assert '"risk_appetite"' in said.err


def test_pace_capacity_and_asks_are_passed_on(told):
    def month(*words):
        return told(*RESPONDERS, "--months", "120", "--aim", "fastest", *words)[1]["fastest"]

    plain = month()
    assert month("--pace", "quick")["in_effect_month"] < plain["in_effect_month"]
    assert month("--pace", "slow")["in_effect_month"] > plain["in_effect_month"]
    assert month("--capacity", "4")["in_effect_month"] > plain["in_effect_month"]
    assert month("--capacity", "4")["capacity"] == 4
    asked = [(g["begin"], g["granted"]) for g in month("--asks", "1")["conditions"]]
    assert all(a[1] <= b[0] for a, b in zip(sorted(asked), sorted(asked)[1:], strict=False))


def test_a_goal_is_a_design_file_whose_title_is_escaped(remit, tmp_path):
    (tmp_path / "mine.yaml").write_text(
        "design: mine\ntitle: <script>alert(1)</script>\nsettings: {discretion: 100}\n"
    )
    said = remit(*CITY, "mine.yaml", "--out", "deep/er/way.html")
    assert said.code == 0
    text = (tmp_path / "deep" / "er" / "way.html").read_text("utf-8")
    assert "<script" not in text
    assert "<script>alert(1)</script>" in read_page(text).words


def test_a_brief_s_own_design_goes_before_an_archetype_of_the_same_name(remit):
    archetype = f"to: {CATALOGUE.archetypes['volunteer_responders'].name}"
    assert archetype not in remit(*RESPONDERS).out
    assert archetype in remit("route", SMALL, "--to", "volunteer_responders", "--months", "60").out
    assert remit("route", SMALL, "--to", "neighbours", "--months", "60").code == 0


def test_an_archetype_that_a_local_rule_bars_cannot_be_had(remit, tmp_path):
    (tmp_path / "rules.yaml").write_text(GOOD_RULES)
    said = remit(*CITY, "direct_platform", "--rules", "rules.yaml", "--months", "60")
    assert said.code == 2
    assert "DSN009" in said.err


def test_a_softened_rule_opens_a_way_that_was_barred(remit, tmp_path):
    (tmp_path / "rules.yaml").write_text(GOOD_RULES)
    goal = (*CITY, "power=frontline_teams, discretion=200, relationship=decentralised_teams")
    said = remit(*goal)
    assert (said.code, "E01" in said.out) == (1, True)
    assert remit(*goal, "--rules", "rules.yaml").code == 0


def test_a_page_that_cannot_be_written_is_a_fault_and_the_answer_is_told_before(remit, monkeypatch):
    def full(path, text):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(wiring, "write_text", full)
    said = remit(*RESPONDERS, "--out", "way.html")
    assert said.code == 2
    assert "DOC011 way.html - No space left on device" in said.err
    assert "In effect in month" in said.out


def test_the_same_question_gets_the_same_words_and_the_same_page(remit, tmp_path):
    first = remit(*CITY, "direct_platform", "--months", "60", "--out", "way.html")
    page = (tmp_path / "way.html").read_bytes()
    assert remit(*CITY, "direct_platform", "--months", "60", "--out", "way.html") == first
    assert (tmp_path / "way.html").read_bytes() == page


def test_json_is_the_answer_and_nothing_else(told, tmp_path):
    code, found = told(*RESPONDERS)
    assert code == 0
    assert list(found) == list(AIMS)
    assert all(r["route"] and r["conditions"] and r["one_off_cost_gbp"] for r in found.values())
    assert not (tmp_path / "remit-results").exists()


def test_it_explains_itself_with_an_example(remit):
    said = remit("route", "--help")
    assert said.code == 0
    assert "remit route cardiac-arrest --to" in said.out.split("Options:")[1]


def test_a_page_that_is_asked_for_is_written_beside_json(told, tmp_path):
    told(*RESPONDERS, "--out", "way.html")
    assert (tmp_path / "way.html").exists()


def test_a_design_file_cannot_choose_where_its_page_goes(remit, tmp_path, monkeypatch):
    written = []
    monkeypatch.setattr(wiring, "write_text", lambda path, text: written.append(path))
    (tmp_path / "theirs.yaml").write_text("design: ../../../theirs\nsettings: {discretion: 100}\n")
    remit(*CITY, "theirs.yaml")
    assert all(".." not in path.parts for path in written)


def test_a_goal_that_breaks_a_local_rule_is_told_by_that_rule(remit, tmp_path):
    (tmp_path / "rules.yaml").write_text(NO_RESPONDERS)
    said = remit(*RESPONDERS, "--rules", "rules.yaml")
    assert said.code == 1
    assert "we_decide" in said.out


def test_where_nothing_changes_that_is_said_once(remit):
    said = remit(*CITY, "today")
    assert said.code == 0
    assert "the same as the fastest" not in said.out
