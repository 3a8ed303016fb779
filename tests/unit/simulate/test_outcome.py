import re

from remit.simulate.response_outcomes import RESPONSE


def test_every_outcome_has_a_name_of_its_own_a_unit_a_direction_and_a_meaning():
    assert len(RESPONSE.by_id) == len(RESPONSE.every)
    assert len({o.name for o in RESPONSE.every}) == len(RESPONSE.every)
    for outcome in RESPONSE.every:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", outcome.id)
        assert outcome.unit
        assert outcome.better in {"up", "down", "none"}
        assert outcome.meaning.endswith(".")
        assert outcome.decimals >= (2 if outcome.unit == "share" else 0)


def test_one_outcome_decides_and_is_told_by_fifth():
    assert [o.id for o in RESPONSE.every if o.is_headline] == [RESPONSE.headline.id]
    assert RESPONSE.headline.by_group
    assert RESPONSE.headline.better == "up"
