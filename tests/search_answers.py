"""What a search might have found, made by hand."""

from remit.questions.confirm import Confirmed, Fresh
from remit.questions.evolve import Found
from remit.report.search_answer import Chosen, Objective, SearchAnswer
from remit.simulate.response_outcomes import RESPONSE
from small_brief import opened


def answer() -> SearchAnswer:
    """Return a front of a known design and one that was found, alike."""
    design = opened().designs["one_more"]
    values, errors = ((1.0, 2000.0), (0.5, -3000.0)), ((0.25, 100.0), (0.25, float("nan")))
    chosen = tuple(
        Chosen(name, design, i == 0, ("Staff: more",), (), values[i], errors[i], i == 1, True, 0)
        for i, name in enumerate(("one_more", "d-0123456789"))
    )
    fresh = tuple(Fresh((i,), values[i], errors[i], 8, 0, True, i == 1, 0) for i in range(2))
    groups = (((0,), (1,)),)
    findings = ("Of 2 designs on the front, 2 are still on it in 8 fresh scenarios; 1 are clearly beaten.",)
    confirmed = Confirmed(fresh, (((0,), (1,)),), groups, range(8, 16), findings)
    found = Found((), ((0,), (1,)), (), 300, range(8), "budget")
    objectives = (Objective(RESPONSE.by_id["survivors"], "tenth"), Objective(RESPONSE.by_id["cost_public"]))
    return SearchAnswer(objectives, ("opening_hours",), found, confirmed, chosen)
