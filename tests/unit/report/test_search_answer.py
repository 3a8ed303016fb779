from remit.report.search_answer import Objective
from remit.simulate.response_outcomes import RESPONSE


def test_more_lives_and_less_cost_are_better_and_lives_count_those_prevented():
    lives, cost = Objective(RESPONSE.by_id["survivors"]), Objective(RESPONSE.by_id["cost_public"])
    assert (lives.sign, lives.column) == (1.0, "lives")
    assert (cost.sign, cost.column) == (-1.0, "cost_public")
