import json
from dataclasses import replace

import ways as made
from remit.report.way_plain import ways_plain


def test_it_is_json_with_every_month_and_nothing_that_is_no_number():
    answer = made.told("neighbours", stop="response_mean>today+0.01@30")
    told = json.loads(json.dumps(ways_plain(answer), allow_nan=False))
    (way,) = told["ways"]
    assert len(way["lives_by_month"]) == told["months"]
    assert way["stop_rule"]["rule"].startswith("hand back if")
    assert told["complete"]


def test_what_is_not_known_is_null():
    answer = made.told("neighbours")
    way = answer.ways[0]
    odd = replace(way, lives=(replace(way.lives[0], difference=float("nan")), *way.lives[1:]))
    told = ways_plain(replace(answer, ways=(odd,)))
    assert told["ways"][0]["lives_by_month"][0]["difference"] is None
