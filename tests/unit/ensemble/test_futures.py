from dataclasses import replace

import pytest

from answers import question
from remit.ensemble.freezing import points_in_block
from remit.ensemble.futures import check_vary, futures_of
from remit.ensemble.plans import PLANS, Sampling
from remit.ensemble.sampling import scenarios
from remit.ground.faults import Faults
from small_brief import codes_of


def asked(**how):
    return replace(question(), sampling=Sampling(**how))


def test_the_usual_way_is_that_of_the_scenarios_and_has_the_usual_identity():
    assert futures_of(question(), 5) == scenarios(question().unknowns(), 0, 5, 1)
    assert asked().digest == question().digest


@pytest.mark.parametrize("plan", sorted(PLANS))
def test_every_plan_that_extends_does_and_each_has_its_own_identity(plan):
    n = 0 if PLANS[plan].extends else 40
    few, more = futures_of(asked(plan=plan, n=n), 5), futures_of(asked(plan=plan, n=n), 40)
    assert more[:5] == few
    assert (asked(plan=plan, n=n).digest == question().digest) == (plan == "even")


def test_futures_that_swap_unknowns_come_block_by_block_and_extend():
    names = [q.name for q in question().unknowns()][:2]
    way = {"vary": tuple(names), "pairs": False}
    drawn = futures_of(asked(**way), 2 * points_in_block(3, pairs=False))
    assert futures_of(asked(**way), 7) == drawn[:7]
    a, swapped, *_ = drawn
    assert {n for n in a.quantiles if a.quantiles[n] != swapped.quantiles[n]} == {names[0]}
    assert asked(**way).digest != question().digest


@pytest.mark.parametrize("vary", [("no.such",), ("service.calls", "service.calls")])
def test_what_cannot_be_a_factor_is_refused(vary):
    known = [q for q in question().unknowns()]
    vary = tuple(known[0].name if v == "service.calls" else v for v in vary)
    with pytest.raises(Faults) as raised:
        check_vary(question(), vary, known)
    assert codes_of(raised.value) == ["CLI001"]
