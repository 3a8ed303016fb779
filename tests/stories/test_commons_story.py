"""Parks, local projects and travel information through the real command line."""

import json
import re
import subprocess
import sys

import pytest

FEW = ("--scenarios", "8", "--replicates", "2")


@pytest.fixture
def remit(tmp_path):
    def run(*words, code=0):
        done = subprocess.run(
            [sys.executable, "-m", "remit", *map(str, words)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == code, done.stderr
        return done.stdout if code == 0 else done.stderr

    return run


@pytest.fixture
def compared(remit, tmp_path):
    def run(brief, *more):
        told = json.loads(remit("compare", brief, *FEW, *more, "--out", "out", "--json"))
        assert told["complete"]
        assert not told["failures"]
        return told, (tmp_path / "out" / "report.html").read_text("utf-8")

    return run


def value(told, design, outcome):
    (found,) = [r for r in told["compared"] if r["design"] == design and r["outcome"] == outcome]
    return found["value"]


def in_fifth(told, design, outcome, fifth):
    (found,) = [
        r
        for r in told["by_fifth"]
        if (r["design"], r["outcome"], r["group_kind"], r["group"]) == (design, outcome, "own_fifth", fifth)
    ]
    return found["value"]


def test_parks_are_told_with_the_year_in_which_half_the_futures_are_insolvent(compared):
    told, page = compared("parks")
    assert {"today", "improved_today", "community_foundation", "endowed_trust", "transfer_taper"} == set(
        told["designs"]
    )
    about = " ".join(told["findings"])
    assert re.search(
        r"by year \d+ half of the futures have run out of money|at no time within them half", about
    )
    assert value(told, "today", "insolvent") == value(told, "community_foundation", "insolvent") == 0.0
    assert value(told, "transfer_taper", "insolvent") > 0.0
    for words in (
        "Condition, year by year",
        "The body ran out of money, year by year",
        "Condition by neighbourhood",
    ):
        assert words in page
    # streams add up to what their payers give
    users = sum(value(told, "improved_today", f"from_{s}") for s in ("charges", "events", "leases"))
    assert users == pytest.approx(value(told, "improved_today", "income_users"))


def test_a_trust_endowed_at_birth_is_told_beside_its_council(compared):
    told, _ = compared("endowed-parks")
    assert value(told, "endowed_trust", "income_fund") > value(told, "today", "income_fund") == 0.0


def test_a_match_weighted_by_deprivation_changes_who_gains_and_what_is_raised(compared):
    told, page = compared("civic-projects", "--designs", "matched_crowdfunding,weighted_match")
    same, weighted = "matched_crowdfunding", "weighted_match"
    assert in_fifth(told, weighted, "project_worth", "1") > in_fifth(told, same, "project_worth", "1")
    assert in_fifth(told, weighted, "project_worth", "5") < in_fifth(told, same, "project_worth", "5")
    assert value(told, weighted, "gifts_net") != value(told, same, "gifts_net")
    assert any("offered" in said for said in told["findings"])
    assert "Given by the largest tenth of gifts" in page


def test_travel_information_is_told_with_its_users_over_the_years(compared):
    told, page = compared("travel-information")
    assert value(told, "open_data_innovation", "makers") > value(told, "today", "makers")
    assert "Users, year by year" in page
    assert value(told, "today", "not_reached_share") > 0.0


@pytest.mark.parametrize(
    ("brief", "design", "number"),
    [
        ("parks", "endowed_trust", "endowment.spending_gbp_per_year"),
        ("parks", "transfer_taper", "streams.income_gbp_per_year"),
        ("parks", "today", "estate.routine_gbp_per_year"),
        ("civic-projects", "weighted_match", "match.offer_most_deprived_gbp"),
        ("civic-projects", "crowdfunding", "campaign.goal_gbp"),
        ("civic-projects", "crowdfunding", "crowd.gift_gbp"),
        ("travel-information", "open_data_innovation", "uptake.upkeep"),
    ],
)
def test_a_number_of_a_campaign_or_an_endowment_has_an_ancestry(remit, brief, design, number):
    said = remit("trace", brief, design, number)
    assert number in said
    assert "from " in said


def test_an_idea_can_be_followed(remit):
    remit("explore", "civic-projects", "--scenarios", 2, "--into", "store")
    assert "an idea arises" in remit("rerun", "store", "weighted_match/0/0")
    remit("explore", "endowed-parks", "--scenarios", 2, "--into", "parks")
    assert "Nothing is kept event by event" in remit("rerun", "parks", "today/0/0")
