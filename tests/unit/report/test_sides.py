import math

import pytest

from answers import answer, compared, others, with_row
from remit.design.design import TODAY
from remit.report.figures import MINUS
from remit.report.sides import UNSURE, side, sides_of

SURE = {"n_scenarios": 20, "monte_carlo_error": 0.1}
MORE = {"difference": 2.0, "low": 1.0, "high": 3.0, **SURE}
LESS = {"difference": -2.0, "low": -3.0, "high": -1.0, **SURE}
NONE = {"difference": 0.0, "low": 0.0, "high": 0.0, **SURE}


@pytest.mark.parametrize(
    ("row", "better", "said"),
    [
        (MORE, "up", "gains"),
        (LESS, "down", "gains"),
        (MORE, "down", "loses"),
        (LESS, "up", "loses"),
        (MORE, "none", "more"),
        (LESS, "none", "less"),
        (NONE, "up", "the same"),
        (NONE, "none", "the same"),
        ({**MORE, "low": -0.5}, "up", UNSURE),  # the futures do not agree
        ({**MORE, "low": 0.0}, "up", UNSURE),
        ({**MORE, "n_scenarios": 11}, "up", UNSURE),  # too few futures
        ({**MORE, "monte_carlo_error": 1.0}, "up", UNSURE),  # too few years
        ({**MORE, "monte_carlo_error": math.nan}, "up", UNSURE),
        ({**MORE, "difference": math.nan}, "up", "not known"),
        ({**MORE, "n_scenarios": 0}, "up", "not known"),
    ],
)
def test_what_is_said_of_a_party(row, better, said):
    assert side(compared(**row), better) == said


def test_a_row_a_party_and_a_column_a_design():
    given = answer()
    table = sides_of(given)
    parties = given.outcomes.words.parties
    assert table.head == ("", *(given.designs[d].title for d in others(given)))
    assert TODAY not in table.head
    assert [row[0].split(" (")[0] for row in table.rows] == [party for party, _, _ in parties]
    assert {len(row) for row in table.rows} == {len(table.head)}


def test_a_party_is_told_with_its_outcome_and_unit():
    rows = [row[0] for row in sides_of(answer()).rows]
    assert "People in the headline need (survivors a year, lives a year)" in rows
    assert "Public purse (cost to the public purse, pounds a year)" in rows
    assert any(row.endswith(", per cent)") for row in rows)


def told(outcome: str, party: str, **row: object) -> str:
    """Return the cell of a party in the first design, that outcome's row changed."""
    given = answer("neighbours")
    (line,) = [
        r for r in sides_of(with_row(given, "neighbours", outcome, **row)).rows if r[0].startswith(party)
    ]
    return line[1]


def test_a_cell_tells_side_size_and_range():
    said = told("survivors", "People in the headline need", **MORE)
    assert said.startswith("gains: +2.00")
    assert said.endswith("(+1.00 to +3.00)")


def test_dearer_is_a_loss_to_who_pays():
    row = {"difference": 1000.0, "low": 500.0, "high": 2000.0, "n_scenarios": 20, "monte_carlo_error": 1.0}
    assert told("cost_public", "Public purse", **row).startswith("loses: +1,000")
    cheaper = {**row, "difference": -1000.0, "low": -2000.0, "high": -500.0}
    assert told("cost_public", "Public purse", **cheaper).startswith(f"gains: {MINUS}1,000")


def test_volunteers_hours_are_more_or_less_and_neither_gain_nor_loss():
    assert told("unpaid_hours", "Volunteers", **MORE).startswith("more: ")
    assert told("unpaid_hours", "Volunteers", **LESS).startswith("less: ")


def test_what_cannot_be_told_still_shows_its_range():
    said = told("survivors", "People in the headline need", **{**MORE, "low": -1.0})
    assert said.startswith(f"{UNSURE}: +2.00")
    assert said.endswith(f"({MINUS}1.00 to +3.00)")


def test_what_is_the_same_or_not_known_has_no_figures():
    assert told("survivors", "People in the headline need", **NONE) == "the same"
    unknown = dict.fromkeys(("difference", "low", "high"), math.nan)
    assert told("survivors", "People in the headline need", **unknown) == "not known"
