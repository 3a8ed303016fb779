from dataclasses import replace

import pytest

import ways as made
from fakes import CountedStore, MemoryStore
from remit.adapters.executors import Serial
from remit.consistency.route import RouteWish
from remit.design.design import TODAY
from remit.ground.faults import Faults
from remit.report.way_plain import ways_plain
from remit.workbench.compare import Wish
from remit.workbench.ways import AFTER, partial_ways, pose_ways, run_ways
from small_brief import codes_of, opened


def test_every_design_that_differs_gets_a_way_and_a_year_after_it():
    asked = made.ways("neighbours", "one_more")
    assert set(asked.routes) == {"neighbours", "one_more"}
    assert asked.months == max(r.last_month for r in asked.routes.values()) + AFTER
    assert asked.question.arms[0] == TODAY
    assert len(asked.question.arms) == 3


def test_a_way_ends_where_the_design_is():
    told = made.told("neighbours")
    (way,) = told.ways
    assert way.route.goal.digest == opened().designs["neighbours"].digest
    assert len(way.lives) == len(way.response) == len(way.money) == told.months


def test_money_begins_when_work_does_and_ends_as_the_designs():
    (way,) = made.told("neighbours").ways
    assert way.money[0].mean > 0.0, "conditions are asked for from the first month"
    assert way.money[-1].changing == 0.0
    assert way.money[-1].mean > 0.0, "public roles"
    assert all(m.low <= m.mean <= m.high for m in way.money)


def test_the_same_question_gives_the_same_numbers():
    wish = Wish(2, 1)
    one, other = (
        run_ways(made.ways("neighbours"), wish, MemoryStore(), Serial(), lambda _: None) for _ in range(2)
    )
    assert ways_plain(one) == ways_plain(other)


def test_a_stop_rule_is_tried_on_the_same_futures():
    told = made.told("neighbours", stop="response_mean>today+0.01@30")
    (way,) = told.ways
    assert way.stop is not None
    assert 0.0 <= way.stop.share_fired <= 1.0
    assert way.stop.hands_back_month > 30
    assert way.stop.n_courses == told.n_scenarios * told.n_replicates


def test_a_stop_rule_before_anything_has_changed_is_refused_for_that_way():
    told = made.told("neighbours", stop="response_mean>today@1")
    (way,) = told.ways
    assert way.stop is None
    assert "nothing has changed by month 1" in way.stop_refused


def test_a_stop_rule_that_looks_past_the_end_is_refused_before_anything_runs():
    with pytest.raises(Faults) as raised:
        made.ways("neighbours", stop="response_mean>today@200")
    assert codes_of(raised.value) == ["CLI001"]


def test_too_few_months_for_every_design_is_a_fault_that_says_why():
    found = opened()
    chosen = {n: found.designs[n] for n in (TODAY, "neighbours")}
    with pytest.raises(Faults) as raised:
        pose_ways(found, made.place(), chosen, RouteWish(3), None, 1)
    assert codes_of(raised.value) == ["RTE001"]
    assert "neighbours" in str(raised.value)


def test_a_design_without_a_way_is_told_beside_those_that_have_one():
    found = opened()
    chosen = {n: found.designs[n] for n in (TODAY, "neighbours", "one_more")}
    asked = pose_ways(found, made.place(), chosen, RouteWish(9), None, 1)
    assert set(asked.routes) == {"one_more"}
    assert asked.no_way["neighbours"].shortest_months > 9


def test_a_design_of_another_family_is_refused_before_anything_runs():
    found = opened()
    teams = replace(found.designs[TODAY].changed(relationship="decentralised_teams"), id="teams")
    with pytest.raises(Faults) as raised:
        pose_ways(found, made.place(), {"teams": teams}, RouteWish(60), None, 1)
    assert codes_of(raised.value)[0] in ("MEC001", "RTE001")


@pytest.mark.usefixtures("single_tasks")
def test_an_interrupt_keeps_what_finished():
    asked, wish = made.ways("neighbours"), Wish(3, 1)
    store = CountedStore(2, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        run_ways(asked, wish, store, Serial(), lambda _: None)
    kept = partial_ways(asked, wish, store)
    assert kept is not None
    assert not kept.is_complete
    assert kept.n_scenarios == 2
    assert partial_ways(asked, wish, MemoryStore()) is None
