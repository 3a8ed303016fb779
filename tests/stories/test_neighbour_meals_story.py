"""Meals by paid staff and by neighbours through the real command line."""

import json
import re

import pytest
from click.testing import CliRunner

from remit.cli.main import cli

FEW = ("--scenarios", "6", "--replicates", "1")


@pytest.fixture
def remit(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*words):
        done = CliRunner().invoke(cli, list(map(str, words)), standalone_mode=False)
        assert done.exception is None, done.output
        return done.stdout

    return run


def outcomes(told, design):
    return {r["outcome"]: r["value"] for r in told["compared"] if r["design"] == design}


def test_a_full_report_of_neighbour_meals_is_printed_and_written(remit, tmp_path):
    told = json.loads(remit("compare", "neighbour-meals", *FEW, "--out", "out", "--json"))
    assert set(told["designs"]) == {"today", "improved_today", "neighbours_cook"}
    assert told["complete"]
    assert not told["failures"]
    named = {row["outcome"] for row in told["compared"] if row["value"] is not None}
    assert {"missed_meals", "neighbour_meals", "cooks_active", "cooks_idle", "cost_public"} <= named
    today, cooked = outcomes(told, "today"), outcomes(told, "neighbours_cook")
    assert today["neighbour_meals"] == today["cost_platform"] == 0.0
    assert cooked["neighbour_meals"] > 0.0
    assert cooked["needed_meals"] == pytest.approx(today["needed_meals"])
    assert any("offline and never reached" in said for said in told["findings"])
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    for words in (
        "Meals missing, against today",
        "Neighbours who cook, month by month",
        "Not for",
        "Who gains",
    ):
        assert words in page
    assert not re.search(r"\b(nan|inf|lives a year|survivors|hours of care)\b", page)


def test_the_terminal_tells_meals(remit):
    said = remit("compare", "neighbour-meals", *FEW, "--designs", "neighbours_cook", "--out", "out")
    assert "Meals needed and not delivered (per cent)" in said
    assert "Active cooks without a diner" in said
    assert "Help needed" not in said


def test_a_venture_that_loses_its_grant_cooks_less(remit):
    def cooked(*more):
        told = json.loads(
            remit("compare", "neighbour-meals", *FEW, "--designs", "neighbours_cook", "--json", *more)
        )
        return outcomes(told, "neighbours_cook")

    plain, struck = cooked(), cooked("--surprise", "grant_ends")
    assert struck["neighbour_meals"] < 0.7 * plain["neighbour_meals"]
    assert struck["missed_meals"] > plain["missed_meals"]
    assert struck["cost_platform"] < plain["cost_platform"]


def test_a_surge_of_volunteers_leaves_more_of_them_without_a_task(remit):
    def idle(*more):
        told = json.loads(
            remit("compare", "neighbour-meals", *FEW, "--designs", "neighbours_cook", "--json", *more)
        )
        found = outcomes(told, "neighbours_cook")
        return found["cooks_signed"], found["cooks_idle"]

    (signed, plain), (more_signed, more) = idle(), idle("--surprise", "lockdown")
    assert more_signed > signed
    assert more > plain


def test_numbers_of_the_uptake_are_traced_to_what_sets_them(remit):
    said = remit("trace", "neighbour-meals", "neighbours_cook", "uptake.on")
    assert "relationship" in said
    assert "uptake.on" in said
    assert "grants" in remit("trace", "neighbour-meals", "neighbours_cook", "neighbours.grant_share")


def test_the_brief_is_sound_by_name(remit):
    assert "ok: brief neighbour-meals" in remit("check", "neighbour-meals")
