import math
from dataclasses import replace

import numpy as np
import pytest

from answers import batch, question
from fakes import CountedStore, MemoryStore
from remit.adapters.executors import Serial, Threads
from remit.design.design import TODAY
from remit.ensemble import runner
from remit.ensemble.results import gather
from remit.ground.faults import Faults, fail
from remit.report.sentences import verdicts
from remit.simulate.family import family_of
from remit.workbench.compare import (
    Wish,
    choose_designs,
    describe,
    partial_answer,
    pose,
    reach,
    run_comparison,
    worst_error,
)
from small_brief import opened

pytestmark = pytest.mark.usefixtures("single_tasks")

SMALL = Wish(4, 2)


def with_ceiling(per_km2):
    """So few that some scenarios' pool is over it, the central one's not."""
    line = f'  ceiling_per_km2: {{value: {per_km2}, unit: per_km2, assumption: "Few."}}\n'
    return (("  see_share:", f"{line}  see_share:"),)


def run(asked=None, wish=SMALL, store=None, executor=None, told=None):
    told = told if told is not None else []
    return run_comparison(
        asked or question(), wish, store or MemoryStore(), executor or Serial(), told.append
    )


def same(a, b):
    assert a.results.keys == b.results.keys
    assert np.array_equal(a.results.values, b.results.values, equal_nan=True)
    assert np.array_equal(a.results.chart, b.results.chart)
    assert repr(a.rows) == repr(b.rows)
    assert repr(a.drivers) == repr(b.drivers)


def turned(*turns, names=()):
    return pose(opened(), choose_designs(opened(), names, turns), 1)


def test_today_comes_first_and_is_always_there():
    assert list(choose_designs(opened(), [], [])) == [TODAY, "neighbours", "same_money", "one_more"]
    assert list(choose_designs(opened(), ["one_more"], [])) == [TODAY, "one_more"]
    assert list(choose_designs(opened(), [TODAY], [])) == [TODAY]
    assert list(choose_designs(opened(), [], ["staff=1.1", "skills=70"])) == [TODAY, "staff=1.1", "skills=70"]
    assert list(choose_designs(opened(), ["one_more"], ["staff=1.1"])) == [TODAY, "one_more", "staff=1.1"]


def test_a_turn_changes_one_setting():
    design = choose_designs(opened(), [], ["staff=1.1"])["staff=1.1"]
    changed = {v for v, s in design.settings.items() if s != opened().designs[TODAY].settings[v]}
    assert changed == {"staff"}
    assert design.settings["staff"] == 1.1


@pytest.mark.parametrize(
    ("names", "turns", "code", "near"),
    [
        (["neighbour"], [], "DSN007", 'Did you mean "neighbours"?'),
        ([], ["stff=1"], "DSN001", 'Did you mean "staff"?'),
        ([], ["staff=9"], "DSN003", ""),
        ([], ["staff=many"], "DSN005", ""),
        ([], ["relationship=hierarchicl"], "DSN002", 'Did you mean "hierarchical"?'),
        ([], ["who_involved=public_staff+volunters"], "DSN002", 'Did you mean "volunteers"?'),
        ([], ["staff"], "CLI001", "--set staff=1.1"),
        ([], ["="], "DSN001", ""),
    ],
)
def test_an_unknown_design_or_setting_is_a_fault(names, turns, code, near):
    with pytest.raises(Faults, match=code) as raised:
        choose_designs(opened(), names, turns)
    assert near in str(raised.value)


def test_a_design_that_cannot_be_run_at_all_is_refused_before_anything_runs():
    with pytest.raises(Faults, match="MEC001"):
        turned("relationship=open_network")


def test_the_same_comparison_twice_is_the_same_to_the_bit():
    same(run(), run())
    same(run(executor=Threads(3)), run())


def test_progress_counts_up_to_all_of_it():
    told = []
    run(told=told)
    assert [p.total for p in told] == [32] * 4
    assert [p.done for p in told] == [8, 16, 24, 32]
    assert set(told[-1].first_look) == {"neighbours", "same_money", "one_more"}
    assert told[-1].first_look["one_more"] == pytest.approx(run().row("one_more", "survivors").difference)


def test_going_on_runs_only_what_is_missing():
    store = CountedStore(2, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        run(store=store)
    again = MemoryStore()
    again.batches = store.read()
    told = []
    same(run(store=again, told=told), run())
    assert len(told) == 2
    assert told[0].done == 24
    ids = [k.run_id for b in again.read() for k in b.keys]
    assert len(ids) == len(set(ids)) == 32


def test_more_scenarios_replicates_and_designs_join_what_was_run():
    store = MemoryStore()
    run(question("neighbours"), Wish(2, 1), store)
    run(question("neighbours"), Wish(4, 1), store)
    run(question("neighbours", "one_more"), Wish(4, 2), store)
    same(run(store=store), run())
    assert sum(len(b.keys) for b in store.read()) == 4 * 4 * 2


def test_fewer_than_a_folder_holds_may_be_asked_for():
    store = MemoryStore()
    run(wish=Wish(6, 3), store=store)
    same(run(store=store), run())


def test_a_design_that_was_edited_is_not_mixed_with_what_it_was():
    # the digest of a folder leaves designs out: another design joins the same runs
    store = MemoryStore()
    run(question("one_more"), store=store)
    edited = question("one_more", changes=(("{more_crews: 1}", "{more_crews: 2}"),))
    told = run(edited, store=store)
    same(told, run(edited))
    store.batches.reverse()
    same(run(edited, store=store), run(edited))


def test_a_design_alike_to_one_that_was_run_differs_by_exactly_nothing():
    store = MemoryStore()
    run(question("one_more"), store=store)
    row = run(turned("staff=0.8"), store=store).row("staff=0.8", "survivors")
    assert (row.difference, row.low, row.high, row.n_scenarios) == (0.0, 0.0, 0.0, 4)


def test_the_same_design_under_another_name_is_told_too():
    store = MemoryStore()
    first = run(turned("staff=1.10"), store=store).row("staff=1.10", "survivors")
    second = run(turned("staff=1.1"), store=store).row("staff=1.1", "survivors")
    assert second.value == first.value
    assert second.n_scenarios == 4


def test_a_scenario_that_fails_is_told_and_the_rest_survives(monkeypatch):
    family = family_of("response")
    whole, plain = run(), family.lower

    def lower(design, today, brief, scenario, effects, catalogue):
        if scenario.number == 2 and design.id == "neighbours":
            raise fail("MEC005", "12 of 10")
        return plain(design, today, brief, scenario, effects, catalogue)

    monkeypatch.setattr(runner, "family_of", lambda name: replace(family, lower=lower))
    told = run()
    assert len(told.failures) == 1
    assert "MEC005" in told.failures[0]
    assert told.row("neighbours", "survivors").n_scenarios == 3
    assert repr(told.row("one_more", "survivors")) == repr(whole.row("one_more", "survivors"))


@pytest.mark.parametrize("per_km2", [0.65, 0.5])
def test_a_ceiling_that_some_futures_pass_fails_those_runs_only(per_km2):
    asked = question("neighbours", changes=with_ceiling(per_km2))
    told = run(asked, Wish(16, 1))
    row = told.row("neighbours", "survivors")
    assert 0 < row.n_scenarios < 16
    assert any("MEC002" in f for f in told.failures)


def test_precision_adds_replicates_until_it_is_reached():
    loose = run(question("one_more"), Wish(8, 2)).row("one_more", "survivors").monte_carlo_error
    told = run(question("one_more"), Wish(8, 2, precision=loose / 2.0))
    assert worst_error(told.results, "lives") <= loose / 2.0
    assert 4 <= told.results.n_replicates < 40
    assert told.stopped.startswith(f"stopped at {told.results.n_replicates} replicates: error ")
    same(told, replace(run(question("one_more"), Wish(8, told.results.n_replicates)), stopped=told.stopped))


def test_precision_that_is_there_already_adds_nothing():
    told = run(question("one_more"), Wish(4, 5, precision=1e9))
    assert told.results.n_replicates == 5


def test_precision_is_judged_on_four_replicates_at_least():
    told = run(question("one_more"), Wish(4, 1, precision=1e9))
    assert told.results.n_replicates == 4


def test_precision_out_of_reach_stops_at_the_most_and_says_so():
    told = run(question("one_more"), Wish(8, 2, precision=1e-12, most_replicates=5))
    assert told.results.n_replicates == 5
    assert "stopped at the most replicates (5)" in told.stopped
    assert "not 1e-12" in told.stopped


def test_an_error_that_is_not_known_is_never_called_small():
    pairs = [(d, 0, r) for d in ("today", "a") for r in (0, 1)]
    found = gather([batch([*pairs, ("b", 0, 0)])], ("today", "a", "b"))
    assert not worst_error(found, "lives") <= 1.0
    found = gather([batch([*pairs, ("b", 0, 0)])], ("today", "b", "a"))
    assert not worst_error(found, "lives") <= 1.0


def test_today_alone_has_no_error():
    told = run(question("today"), Wish(2, 2, precision=0.1))
    assert worst_error(told.results, "lives") == 0.0
    assert [r.design for r in told.rows] == [TODAY] * len(told.rows)


@pytest.mark.parametrize("n_finished", [1, 5, 14])
def test_an_interrupted_comparison_tells_what_finished(n_finished):
    wish = Wish(20, 2)
    store = CountedStore(n_finished, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        run(wish=wish, store=store)
    told = partial_answer(question(), wish, store)
    assert told is not None
    assert not told.is_complete
    assert "interrupted" in told.stopped
    assert told.row("neighbours", "survivors").n_scenarios == n_finished
    same(replace(told, is_complete=True), run(wish=Wish(n_finished, 2)))


def test_nothing_finished_is_no_answer():
    assert partial_answer(question(), SMALL, MemoryStore()) is None


def test_rivals_are_those_whose_money_was_made_the_same():
    rivals = run().rivals
    assert [(r.design, r.group) for r in rivals] == [("neighbours", ("rival", "same_money"))]
    expected = (
        run().row("neighbours", "survivors").difference - run().row("same_money", "survivors").difference
    )
    assert rivals[0].difference == pytest.approx(expected)
    assert run(question("neighbours", "one_more")).rivals == ()


def test_rivals_cost_the_same_in_expectation():
    told = run(wish=Wish(64, 1))
    ours, theirs = (told.row(d, "cost_public").difference for d in ("neighbours", "same_money"))
    assert ours == pytest.approx(theirs, rel=0.1)


def test_what_can_drive_a_difference_is_what_touches_the_plan():
    found = reach(question())
    plan = {u.name for u in found["neighbours"].plan}
    assert {"alert.see_share", "crews.number", "kinds.arrest.incidence", "outcome.curve"} <= plan
    assert "crews.gbp_per_hour" not in plan
    assert "crews.gbp_per_hour" in {u.name for u in found["neighbours"].cost}
    assert "alert.see_share" in found["neighbours"].own_plan
    assert "alert.see_share" not in {u.name for u in found["one_more"].plan}
    assert "alert.accepted_share" not in found["neighbours"].own_plan, "it has a source"
    assert found["one_more"].own_plan == ()
    assert TODAY not in found


def test_a_folder_says_what_it_holds():
    said = describe(question())
    assert said["digest"] == question().digest
    assert said["brief"] == "small-town"
    assert said["seed"] == "1"
    assert all(isinstance(v, str) and v for v in said.values())


def test_another_question_in_the_same_store_is_refused():
    store = MemoryStore()
    run(store=store)
    with pytest.raises(Faults, match="ENS001"):
        run(question(seed=2), store=store)


def test_a_disk_that_fills_up_ends_the_run_and_keeps_what_was_written():
    store = CountedStore(3, fail("ENS002", "No space left on device"))
    with pytest.raises(Faults, match="ENS002"):
        run(store=store)
    assert len(store.read()) == 3


def test_dated_changes_do_what_they_say():
    # a threefold need from the second day on must be seen; today is measured over 60 days
    change = (
        "\ndesigns:\n",
        "\nchanges:\n  - {day: 2, why: epidemic, multiply: {kinds.arrest.incidence: 3}}\ndesigns:\n",
    )
    try:
        told = run(question("one_more", changes=(change,)), Wish(2, 2))
    except Faults:
        return  # refused is right too; ignored in silence is not
    before = run(question("one_more"), Wish(2, 2)).row(TODAY, "cost_public").value
    assert told.row(TODAY, "cost_public").value != before
    assert math.isfinite(before)


def test_preventing_arrests_is_not_said_to_cost_lives():
    # fewer people in need, fewer survivors and many fewer deaths: survivors alone tell the opposite
    told = run(turned("prevention=10"), Wish(32, 2))

    def deaths(design):
        return float((told.results.of(design, "need") - told.results.of(design, "survivors")).mean())

    assert deaths("prevention=10") < deaths(TODAY)
    said = verdicts(told)[0]
    assert "costs about" not in said
    assert "better in 0 % of futures" not in said
