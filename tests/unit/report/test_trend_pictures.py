import re

import numpy as np
import pytest

from answers import answer
from commons_answers import commons_answer
from remit.report.trend_pictures import trend_pictures


def test_years_are_drawn_for_each_outcome_told_by_year():
    titles = [p.title for p in trend_pictures(commons_answer("estate"))]
    assert titles[0] == "Condition, year by year"
    assert "The body ran out of money, year by year" in titles
    assert "Reserves and fund, year by year" in titles


def test_a_fan_holds_nine_runs_in_ten():
    given = commons_answer("estate")
    first = trend_pictures(given)[0]
    header = first.table.header
    assert header[0] == "Year"
    low, high = header.index("Today's service, low"), header.index("Today's service, high")
    runs = 100.0 * given.results.of("today", "condition", ("year", "3"))
    told = [float(re.sub("[^0-9.]", "", first.table.rows[2][at])) for at in (low, high)]
    assert told == pytest.approx(np.percentile(runs, [5, 95]), abs=0.06)


def test_a_chance_has_no_fan():
    (chance,) = [
        p for p in trend_pictures(commons_answer("estate")) if p.title.startswith("The body ran out")
    ]
    assert not any("low" in h for h in chance.table.header)
    assert "Share of all runs" in chance.note


def test_months_are_drawn_as_before_without_a_fan():
    (only,) = trend_pictures(answer())
    assert only.table.header[0] == "Month"
    assert not any("low" in h for h in only.table.header)


def test_what_never_happens_is_not_drawn():
    rich = (("reserves_gbp: {value: 30000,", "reserves_gbp: {value: 90000000,"),)
    titles = [p.title for p in trend_pictures(commons_answer("estate", "tapering", changes=rich))]
    assert "The body ran out of money, year by year" not in titles
    assert "Condition, year by year" in titles
