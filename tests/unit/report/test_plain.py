import json
import math

import pytest

from answers import answer, with_row
from remit.report.plain import as_plain
from remit.report.sentences import verdicts
from remit.simulate.response_outcomes import RESPONSE


def strict(given):
    """What a strict reader of JSON makes of it."""
    return json.loads(json.dumps(as_plain(given), allow_nan=False))


def test_every_row_is_told_in_full():
    given = answer()
    told = strict(given)
    rows = {(r["design"], r["outcome"]): r for r in told["compared"]}
    assert len(rows) == len(told["compared"]) == len(given.designs) * len(RESPONSE.every)
    for row in given.rows:
        plain = rows[row.design, row.outcome]
        for name in ("value", "difference", "monte_carlo_error"):
            value = getattr(row, name)
            assert plain[name] == (None if math.isnan(value) else value)
        assert plain["rests_on_assumption"] is given.rests_on_assumption(row.design, row.outcome)
    assert len(told["by_fifth"]) == len(given.by_fifth)
    assert told["sentences"] == verdicts(given)
    assert told["not_for"] == list(given.brief.not_for)
    assert set(told["outcomes"]) == {o.id for o in RESPONSE.every}
    assert told["complete"] is True
    assert (told["scenarios"], told["replicates"]) == (4, 2)


def test_designs_are_told_with_all_their_settings():
    told = strict(answer())
    assert list(told["designs"]) == list(answer().designs)
    for design in told["designs"].values():
        assert len(design["settings"]) == 24


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_what_is_not_known_is_null(odd):
    told = strict(with_row(answer(), "neighbours", "survivors", difference=odd, low=odd, value_high=odd))
    row = next(r for r in told["compared"] if (r["design"], r["outcome"]) == ("neighbours", "survivors"))
    assert row["difference"] is None
    assert row["interval"][0] is None
    assert row["value_interval"][1] is None


def test_what_drives_a_difference_is_told_with_whether_it_is_clear():
    told = strict(answer(n_scenarios=16))
    for found in told["drivers"].values():
        assert len(found) <= 10
        assert all({"unknown", "strength", "clear", "assumption"} == set(d) for d in found)
    assert told["drivers"]["neighbours"]
