"""Home care and community nursing through the real command line."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from remit.workbench.briefs import read_brief

FEW = ("--scenarios", "4", "--replicates", "1")


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


@pytest.mark.parametrize(
    ("brief", "designs"),
    [
        (
            "home-care",
            {"today", "improved_today", "direct_platform", "member_cooperative", "self_managing_teams"},
        ),
        (
            "community-nursing",
            {"today", "improved_today", "self_managing_teams", "self_managing_social_enterprise"},
        ),
    ],
)
def test_both_briefs_print_and_write_full_reports(remit, tmp_path, brief, designs):
    told = json.loads(remit("compare", brief, *FEW, "--out", "out", "--json"))
    assert set(told["designs"]) == designs
    assert told["complete"]
    assert not told["failures"]
    named = {row["outcome"] for row in told["compared"] if row["value"] is not None}
    assert {"undelivered_share", "wait_weeks", "turnover", "price", "cost_public", "pay_per_hour"} <= named
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    for words in (
        "Who gains and who loses",
        "Held against published results",
        "Help not delivered",
        "Not for",
    ):
        assert words in page
    assert not re.search(r"\b(nan|inf|lives a year|survivors)\b", page)


def test_the_terminal_tells_help_not_lives(remit):
    said = remit("compare", "home-care", *FEW, "--designs", "improved_today", "--out", "out")
    assert "Help needed and not delivered (per cent)" in said
    assert "legal minimum" in said
    assert "lives" not in said


def test_the_same_command_gives_the_same_table(remit, tmp_path):
    for folder in ("a", "b"):
        remit("compare", "home-care", *FEW, "--designs", "direct_platform", "--out", folder, "--json")
    a, b = ((tmp_path / folder / "runs.csv").read_bytes() for folder in ("a", "b"))
    assert a == b


def test_the_price_of_an_hour_is_traced_to_sources(remit):
    said = remit("trace", "home-care", "direct_platform", "price.client_gbp_per_hour")
    for words in ("commission", "provider.wage_gbp_per_hour", "mileage", "running costs", "trustontap_faq:"):
        assert words in said


def test_a_surprise_makes_the_year_worse_and_is_said(remit):
    def today(*more):
        told = json.loads(remit("compare", "home-care", *FEW, "--designs", "improved_today", "--json", *more))
        rows = {r["outcome"]: r["value"] for r in told["compared"] if r["design"] == "today"}
        return rows["worst_undelivered_share"], told["findings"]

    plain, _ = today()
    struck, findings = today("--surprise", "provider_fails")
    assert struck > plain
    assert any(f.startswith("From day") for f in findings)
    assert "Known: provider_fails" in remit("compare", "home-care", "--surprise", "flood", code=2)


def test_an_ensemble_of_care_is_filled_asked_and_made_again(remit):
    remit(
        "explore",
        "home-care",
        "--scenarios",
        "8",
        "--replicates",
        "2",
        "--designs",
        "improved_today",
        "--into",
        "s",
    )
    assert "help needed and not delivered" in remit("drivers", "s")
    assert "the same to the last bit" in remit("rerun", "s", "today/3/1")


BAD = {
    "hours beyond a week": ("hours_most: {value: 48,", "hours_most: {value: 200,", "QTY006"),
    "commission over 100 %": (
        "\nplatform:\n",
        "\nplatform:\n  commission_share: {value: 1.2, unit: share, assumption: Greed.}\n",
        "QTY006",
    ),
    "a pattern that is not a day": ("[morning, 0.15, 1.0,", "[morning, 0.15, 0.5,", "BRF012"),
    "a pool above its ceiling": ("ceiling: {value: 3000,", "ceiling: {value: 1000,", "MEC008"),
}


@pytest.mark.parametrize("case", list(BAD))
def test_what_cannot_be_is_refused_with_its_line(remit, tmp_path, case):
    old, new, code = BAD[case]
    text = read_brief("home-care", Path.read_text)[0]
    assert text.count(old) == 1, case
    (tmp_path / "bad.yaml").write_text(text.replace(old, new), "utf-8")
    said = remit("check", "bad.yaml", code=2)
    assert code in said
    assert re.search(r"bad\.yaml:\d+", said)
    assert "Nothing was run" in said
