"""Street reports through the real command line."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from remit.workbench.briefs import open_brief

FEW = ("--scenarios", "4", "--replicates", "1")
DESIGNS = {"today", "improved_today", "digital_social_innovation", "open_data_innovation"}
APPS = ("digital_social_innovation", "open_data_innovation")


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
def told(remit):
    return json.loads(remit("compare", "street-reports", *FEW, "--out", "out", "--json"))


def row(told, design, outcome):
    (found,) = [r for r in told["compared"] if r["design"] == design and r["outcome"] == outcome]
    return found


def test_the_brief_prints_and_writes_a_full_report(told, tmp_path):
    assert set(told["designs"]) == DESIGNS
    assert told["complete"]
    assert not told["failures"]
    named = {r["outcome"] for r in told["compared"] if r["value"] is not None}
    assert {
        "fixed_share",
        "reported_share",
        "wait_days",
        "wait_days_p90",
        "contacts_phone",
        "contacts_online",
        "contacts_app",
        "handling",
        "duplicate_reports",
        "self_share",
        "app_users",
        "app_users_peak",
        "busy_share",
        "cost_public",
        "unpaid_hours",
    } <= named
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    for words in (
        "Who gains and who loses",
        "Held against published results",
        "Put right within the target",
        "Not for",
    ):
        assert words in page
    assert not re.search(r"\b(nan|inf|lives a year|survivors|ambulance)\b", page)


def test_an_app_gets_more_told_and_a_form_costs_least(told):
    for design in APPS:
        assert row(told, design, "reported_share")["difference"] > 0.0
        assert row(told, design, "contacts_app")["value"] > 0.0
        assert row(told, design, "cost_public")["difference"] > 0.0
    assert row(told, "improved_today", "handling")["difference"] < 0.0
    assert row(told, "improved_today", "contacts_app")["value"] == 0.0
    assert row(told, "open_data_innovation", "self_share")["value"] > 0.0


def test_the_same_command_gives_the_same_table(remit, tmp_path):
    for folder in ("a", "b"):
        remit(
            "compare", "street-reports", *FEW, "--designs", "open_data_innovation", "--out", folder, "--json"
        )
    a, b = ((tmp_path / folder / "runs.csv").read_bytes() for folder in ("a", "b"))
    assert a == b


def test_when_the_venture_fails_its_users_are_gone(remit):
    words = ("compare", "street-reports", "--designs", "digital_social_innovation", *FEW, "--json")
    usual = json.loads(remit(*words, "--out", "usual"))
    failed = json.loads(remit(*words, "--surprise", "venture_fails", "--out", "failed"))
    users = [row(t, "digital_social_innovation", "app_users")["value"] for t in (usual, failed)]
    assert users[1] < 0.05 * users[0]
    assert row(failed, "digital_social_innovation", "app_users_peak")["value"] > users[1]


def test_the_terminal_tells_defects_not_lives(remit):
    said = remit("compare", "street-reports", *FEW, "--designs", "improved_today", "--out", "out")
    assert "Put right within the target (per cent)" in said
    assert "Reports by phone (reports a year)" in said
    assert "lives" not in said


def test_the_way_from_today_is_refused_and_says_so(remit):
    said = remit("compare", "street-reports", "--route", *FEW, "--out", "out", code=2)
    assert "MEC009" in said


def test_every_comparison_has_todays_service_improved():
    opened = open_brief("street-reports", Path.read_text)
    assert list(opened.designs)[:2] == ["today", "improved_today"]
    assert opened.brief.measures == "reports"
