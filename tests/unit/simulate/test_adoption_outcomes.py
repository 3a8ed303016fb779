import numpy as np
import pytest

from remit.simulate.adoption_outcomes import ADOPTION
from remit.simulate.rows import RunRows
from small_commons import commons_rows


@pytest.fixture(scope="module")
def rows() -> RunRows:
    """Rows of a design in which all that is told may happen."""
    return commons_rows("uptake", design="today")


def told(rows: RunRows, column: str, kind: str) -> bool:
    of_kind = [g for g, (k, _) in enumerate(rows.groups) if k == kind]
    return bool(np.isfinite(rows.columns[column][:, of_kind]).any())


def test_the_headline_is_time_saved_and_more_is_better():
    assert ADOPTION.headline.id == "hours_saved"
    assert ADOPTION.headline.better == "up"
    assert ADOPTION.words.sides == ("less time saved", "more time saved")


def test_users_those_never_reached_makers_and_the_purse_have_a_stake():
    stakes = {outcome for _, outcome, _ in ADOPTION.words.parties}
    assert stakes == {"hours_saved", "not_reached_share", "makers", "cost_public"}


def test_time_valued_is_paid_by_nobody():
    assert "value" not in {column for _, column in ADOPTION.words.payers}


def test_every_outcome_is_told_for_everyone(rows):
    assert [o.id for o in ADOPTION.every if not told(rows, o.id, "all")] == []


def test_an_outcome_is_told_by_fifth_exactly_where_it_says_so(rows):
    assert [o.id for o in ADOPTION.every if told(rows, o.id, "own_fifth") != o.by_group] == []


def test_what_is_told_by_year_is_there_by_year(rows):
    assert ADOPTION.period == "year"
    assert all(told(rows, name, "year") for name in (ADOPTION.by_month, *ADOPTION.also_by_month))


def test_a_stake_is_better_the_way_its_outcome_is_where_that_has_a_way():
    for party, outcome, better in ADOPTION.words.parties:
        assert ADOPTION.by_id[outcome].better in (better, "none"), party
