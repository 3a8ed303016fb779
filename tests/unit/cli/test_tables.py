import math
import re
from dataclasses import replace

import pytest

from answers import answer, with_row
from remit.cli.tables import print_answer
from remit.report.figures import DAGGER
from remit.report.sentences import not_knowing, verdicts


def flat(words):
    return re.sub(r"\s+", " ", words)


@pytest.fixture
def printed(capsys, monkeypatch):
    """What is printed of an answer, on a terminal or into a pipe."""

    def make(given, columns=None):
        if columns:
            monkeypatch.setenv("FORCE_COLOR", "1")
            monkeypatch.setenv("TTY_COMPATIBLE", "1")
            monkeypatch.setenv("COLUMNS", str(columns))
        capsys.readouterr()
        print_answer(given)
        return re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)

    return make


def block(words, title):
    """The lines of one outcome's table."""
    lines = words.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(title))
    stop = next((i for i in range(start, len(lines)) if not lines[i].strip()), len(lines))
    return "\n".join(lines[start:stop])


def test_designs_outcomes_kinds_of_not_knowing_and_sentences_are_printed(printed):
    given = answer()
    said = flat(printed(given))
    for design in given.designs.values():
        assert f"{design.id} {design.title}" in said
    for name, words in not_knowing(given):
        assert f"{name}. {words}" in said
    for sentence in verdicts(given):
        assert f"* {sentence}" in said
    for title in (
        "Survivors a year (lives a year)",
        "Survival (per cent)",
        "Cost to the public purse (pounds a year)",
    ):
        assert title in said
    assert "4 futures, 2 years in each" in said
    assert f"{DAGGER} rests on an assumption" in said


def test_each_design_is_set_against_today_with_range_error_and_fifths(printed):
    given = with_row(
        answer("neighbours"),
        "neighbours",
        "survivors",
        difference=2.0,
        low=1.0,
        high=3.0,
        monte_carlo_error=0.125,
    )
    table = block(printed(given), "Survivors a year")
    assert "against today" in table
    row = next(line for line in table.splitlines() if line.startswith("neighbours"))
    assert re.search(rf"\+2\.00{DAGGER}\s+\+1\.00 to \+3\.00\s+0\.12", row)
    for words in ("most deprived", "least", "own", "national"):
        assert words in table


def test_pipes_and_narrow_terminals_get_it_all(printed):
    given = answer()
    wide, narrow = printed(given), printed(given, columns=80)
    assert max(len(line.rstrip()) for line in wide.splitlines()) <= 136
    assert max(len(line.rstrip()) for line in narrow.splitlines()) <= 80
    for words in ("against today", "computing error", "most deprived", "national"):
        assert words in flat(wide)
        assert words.split()[0] in flat(narrow)


def test_long_names_of_designs_are_not_cut_so_that_two_look_the_same(printed):
    given = answer("neighbours", "one_more")
    names = {"neighbours": "volunteers_alerted_first", "one_more": "volunteers_alerted_second"}

    def renamed(found):
        return tuple(replace(r, design=names.get(r.design, r.design)) for r in found)

    designs = {names.get(d, d): replace(x, id=names.get(d, d)) for d, x in given.designs.items()}
    given = replace(
        given, designs=designs, rows=renamed(given.rows), by_fifth=renamed(given.by_fifth), rivals=()
    )
    table = block(printed(given), "Survivors a year")
    firsts = [line.split("  ")[0].strip() for line in table.splitlines()]
    shown = [f for f in firsts if f.startswith("volunt")]
    assert len(shown) == len(set(shown)) == 2


@pytest.mark.parametrize("title", ["Falls [pilot] 2024", "Falls [/b] 2024"])
def test_square_brackets_are_words(printed, title):
    given = answer("neighbours")
    brief = replace(given.brief, title=title, locality=replace(given.brief.locality, name=title))
    designs = {d: replace(x, title=title) for d, x in given.designs.items()}
    said = flat(printed(replace(given, brief=brief, designs=designs, stopped=title)))
    assert said.count(title) >= 4


def test_nobody_is_said_only_where_nobody_is(printed):
    given = answer()
    # someone of the first national fifth lives here, yet no 90th centile is worked out for national fifths
    assert given.fifth("today", "survival", "national_fifth", "1").value > 0.0
    table = block(printed(given), "Urgent response, nine in ten within")
    assert "nobody" not in table


def test_an_empty_fifth_is_said_to_be_empty(printed):
    found = answer()
    values = found.results.values.copy()
    values[
        :, :, :, found.results.groups.index(("national_fifth", "5")), found.results.columns.index("need")
    ] = 0.0
    given = replace(found, results=replace(found.results, values=values))
    rows = tuple(
        replace(r, value=math.nan, difference=math.nan) if r.group == ("national_fifth", "5") else r
        for r in given.by_fifth
    )
    assert "nobody" in block(printed(replace(given, by_fifth=rows)), "Survival (per cent)")


def test_what_is_nothing_everywhere_is_named_in_one_line(printed):
    said = flat(printed(answer("one_more")))
    quiet = said[said.index("Nothing in any design: ") :]
    assert "a volunteer came first" in quiet[:200]


@pytest.mark.parametrize("names", [("today",), ("neighbours",)])
def test_few_designs_and_runs_can_be_printed(printed, names):
    said = printed(answer(*names, n_scenarios=1, n_replicates=1))
    assert "nan" not in said


def test_a_design_that_never_finished_can_be_printed(printed):
    given = answer("neighbours")
    nothing = dict.fromkeys(("value", "difference", "low", "high", "monte_carlo_error"), math.nan)
    rows = tuple(replace(r, **nothing) if r.design == "neighbours" else r for r in given.rows)
    said = printed(replace(given, rows=rows, rivals=()))
    assert "not known" in said
    assert "nan" not in said


def test_failures_are_printed(printed):
    said = printed(replace(answer("neighbours"), failures=("MEC005 12, allowed 0 to 10",)))
    assert "MEC005" in said
