import re

import pytest

from remit.simulate.outcome import Outcomes
from remit.simulate.outcomes import OUTCOMES_OF, find_outcome, outcome_columns, outcomes_of
from small_brief import small
from small_caseload import care
from small_commons import commons
from small_meals import meals
from small_streets import streets

EACH = pytest.mark.parametrize("outcomes", OUTCOMES_OF.values(), ids=OUTCOMES_OF)
BRIEFS = {
    "response": small(),
    "reports": streets(),
    "caseload": care(),
    "meals": meals(),
    "estate": commons("estate"),
    "projects": commons("projects"),
    "adoption": commons("uptake"),
}


def columns_of(outcomes: Outcomes) -> set[str]:
    (measures,) = [name for name, one in OUTCOMES_OF.items() if one is outcomes]
    return set(outcome_columns(BRIEFS[measures]))


def test_all_that_briefs_measure_has_outcomes():
    assert {measures: brief.measures for measures, brief in BRIEFS.items()} == {m: m for m in OUTCOMES_OF}
    assert all(outcomes_of(measures) is one for measures, one in OUTCOMES_OF.items())


@EACH
def test_every_outcome_has_a_name_of_its_own_a_unit_a_direction_and_a_meaning(outcomes):
    assert len(outcomes.by_id) == len(outcomes.every)
    assert len({o.name for o in outcomes.every}) == len(outcomes.every)
    for outcome in outcomes.every:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", outcome.id)
        assert outcome.unit
        assert outcome.better in {"up", "down", "none"}
        assert outcome.meaning.endswith(".")
        assert outcome.decimals >= (2 if outcome.unit == "share" else 0)


@EACH
def test_one_outcome_decides_and_is_told_by_fifth(outcomes):
    assert [o for o in outcomes.every if o.is_headline] == [outcomes.headline]
    assert outcomes.headline.by_group
    assert outcomes.headline.better in {"up", "down"}


def test_an_id_means_the_same_in_every_family_that_has_it():
    seen: dict[str, tuple[str, str, str]] = {}
    shared = set()
    for outcomes in OUTCOMES_OF.values():
        for o in outcomes.every:
            said = (o.name, o.unit, o.better)
            shared |= {o.id} & set(seen)
            assert seen.setdefault(o.id, said) == said, o.id
    assert {"cost_public", "unpaid_hours", "gifts"} <= shared


def test_a_column_beside_the_outcomes_is_no_outcome_elsewhere():
    beside = {column for one in OUTCOMES_OF.values() for column in (*one.first, *one.last)}
    assert not [name for name in beside if find_outcome(name) is not None]


@EACH
def test_what_is_shown_and_summed_up_are_outcomes_and_the_headline_comes_first(outcomes):
    for listed in (outcomes.shown, outcomes.summary):
        assert set(listed) <= set(outcomes.by_id)
        assert len(set(listed)) == len(listed)
        assert listed[0] == outcomes.headline.id
    assert {outcomes.by_month, outcomes.luck} <= set(outcomes.by_id)
    assert set(outcomes.also_by_month) <= set(outcomes.by_id) - {outcomes.by_month}
    assert not outcomes.by_kind or outcomes.by_kind in outcomes.by_id
    assert not outcomes.lasting or outcomes.lasting in outcomes.by_id


@EACH
def test_who_has_a_stake_has_it_in_an_outcome(outcomes):
    parties = outcomes.words.parties
    assert len({party for party, _, _ in parties}) == len(parties)
    for party, outcome, better in parties:
        assert outcome in outcomes.by_id, party
        assert better in {"up", "down", "none"}


@EACH
def test_who_pays_has_a_column(outcomes):
    assert {column for _, column in outcomes.words.payers} <= columns_of(outcomes)
    assert len({payer for payer, _ in outcomes.words.payers}) == len(outcomes.words.payers)


@EACH
def test_a_difference_is_told_from_a_column_that_is_there(outcomes):
    assert {o.difference_of for o in outcomes.every if o.difference_of} <= columns_of(outcomes)


@EACH
def test_better_and_worse_are_told_with_their_size(outcomes):
    assert "{size}" in outcomes.words.better
    assert "{size}" in outcomes.words.worse
    assert "{strayed}" in outcomes.words.luck


@pytest.mark.parametrize("measures", BRIEFS)
def test_columns_are_every_outcome_once_between_what_comes_first_and_last(measures):
    columns, outcomes = outcome_columns(BRIEFS[measures]), outcomes_of(measures)
    ids = tuple(o.id for o in outcomes.every)
    assert len(set(columns)) == len(columns)
    assert columns[: len(outcomes.first)] == outcomes.first
    told = columns[len(outcomes.first) :]
    assert told[: len(ids)] == ids
    assert told[len(ids) :][: len(outcomes.last)] == outcomes.last


def test_only_a_family_of_calls_keeps_an_outcome_by_kind():
    assert [c for c in outcome_columns(streets()) if "@" in c] == ["fixed_share@pothole", "fixed_share@lamp"]
    assert [c for c in outcome_columns(small()) if "@" in c] == ["response_mean@arrest", "response_mean@fall"]
    others = [
        c
        for name, brief in BRIEFS.items()
        if name not in ("response", "reports")
        for c in outcome_columns(brief)
    ]
    assert [c for c in others if "@" in c] == []


def test_an_outcome_is_found_by_name_in_any_family():
    assert find_outcome("survivors") is outcomes_of("response").headline
    assert find_outcome("undelivered_share") is outcomes_of("caseload").headline
    assert find_outcome("missed_meals") is outcomes_of("meals").headline
    assert find_outcome("happiness") is None
