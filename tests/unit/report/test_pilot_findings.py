import json
import math

import numpy as np

from pilot_files import pilot
from remit.pilots.analysis.analyse import analyse
from remit.pilots.analysis.data import Table
from remit.pilots.analysis.estimate import estimate
from remit.pilots.analysis.type_one import Rate
from remit.report.pilot_findings import (
    chance_words,
    effect_words,
    findings_lines,
    findings_plain,
    p_words,
    type_one_lines,
    verdict_words,
)


def _found(**changes):
    rng = np.random.default_rng(1)
    ids = tuple(i for i in "abcd" for _ in range(9))
    arm = tuple({"a": "today", "b": "evening", "c": "today", "d": "evening"}[i] for i in ids)
    wait = tuple(map(str, 12 + rng.normal(size=36)))
    data = Table("data.csv", {"id": ids, "arm": arm, "wait": wait, **changes})
    return analyse(pilot(), data, n_draws=99, extra=tuple(changes))


def test_the_answer_begins_with_what_departs():
    text = "\n".join(findings_lines(_found(cost=("1",) * 36)))
    assert "DEVIATION PIL205" in text
    assert "NOT REGISTERED" in text
    assert text.index("DEVIATION") < text.index("Worked out by")
    assert "As promised" in "\n".join(findings_lines(_found()))


def test_plain_values_are_json_without_nan():
    plain = json.loads(json.dumps(findings_plain(_found()), allow_nan=False))
    assert plain["comparisons"][0]["estimator"] == "blocked_means"
    assert plain["flow"][0]["units"] == 2


def test_words_for_every_kind_of_estimate():
    assert "Odds ratio 2;" in effect_words(estimate("e", "log odds ratio", math.log(2), 0.1, 9.0, n=4))
    assert "+1.00;" in effect_words(estimate("e", "difference in means", 1.0, 0.1, 9.0, n=4))
    assert "no interval" in effect_words(estimate("e", "difference in means", 1.0, math.nan, 9.0, n=4))
    assert "cannot" in effect_words(estimate("e", "difference in means", math.nan, 0.1, 9.0, n=4))
    assert "not tried" in chance_words(estimate("e", "difference in means", 1.0, 0.1, 9.0, n=4))


def test_the_verdict_goes_by_the_draw():
    c = _found().comparisons[0]
    assert verdict_words(c, 0.05).startswith("Not clear")
    assert "better" in verdict_words(c, 1.0) or "WORSE" in verdict_words(c, 1.0)


def test_type_one_marks_what_claims_too_often():
    lines = type_one_lines(
        (Rate("a", 6, 0.2, 0.05, 0.007, 1000), Rate("b", 6, 0.05, math.nan, 0.007, 1000)), 1
    )
    assert sum("too often" in line for line in lines) == 1
    assert type_one_lines((), 1) == []
    assert p_words(0.0001) == "below 0.001"
