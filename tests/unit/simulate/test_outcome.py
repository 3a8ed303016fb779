import re

from remit.simulate.outcome import BY_ID, HEADLINE, OUTCOMES


def test_every_outcome_has_a_name_of_its_own_a_unit_a_direction_and_a_meaning():
    assert len(BY_ID) == len(OUTCOMES)
    assert len({o.name for o in OUTCOMES}) == len(OUTCOMES)
    for outcome in OUTCOMES:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", outcome.id)
        assert outcome.unit
        assert outcome.better in {"up", "down", "none"}
        assert outcome.meaning.endswith(".")
        assert outcome.decimals >= (2 if outcome.unit == "share" else 0)


def test_one_outcome_decides_and_is_told_by_fifth():
    assert [o.id for o in OUTCOMES if o.is_headline] == [HEADLINE.id]
    assert HEADLINE.by_group
    assert HEADLINE.better == "up"
