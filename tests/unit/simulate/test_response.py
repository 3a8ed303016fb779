import numpy as np
import pytest

from answers import question
from remit.briefs.scenario import Scenario
from remit.ground.faults import Faults
from remit.kernel.batch import make_workspace
from remit.kernel.layout import Hour
from remit.mechanism.cost import yearly_cost
from remit.mechanism.lower import lower, span_of
from remit.simulate.outcomes import outcome_columns
from remit.simulate.response import GROUP_KINDS, room_for, simulate
from remit.simulate.rows import LUCKS_PER_SCENARIO, luck_of
from small_brief import CATALOGUE, EFFECTS, opened, today_with

SHARES = ("survival", "accepted_share", "volunteer_first_share", "not_reached_share", "repeat_share")
COUNTS = ("need", "requests", "survivors", "survivors_drawn")
A_YEAR = (("  days: 60\n", "  days: 365\n"),)


def lowered(name="today", changes=()):
    asked = question(changes=changes)
    design = asked.designs[name]
    return lower(design, asked.today, asked.brief, Scenario(), EFFECTS, CATALOGUE), asked


def run(name="today", lucks=(0, 1), changes=(), work=None, seed=7):
    one, asked = lowered(name, changes)
    span = span_of(asked.brief)
    cost = yearly_cost(asked.designs[name], asked.today, one.values, asked.brief, Scenario(), CATALOGUE)
    return simulate(one, asked.brief, span, seed, list(lucks), cost, room_for(one.plan, span, work))


def of(rows, column, kind, name=""):
    return rows.columns[column][:, rows.groups.index((kind, name))]


def summed(rows, column, kind):
    return rows.columns[column][:, [g for g, (k, _) in enumerate(rows.groups) if k == kind]].sum(1)


def test_a_replicate_has_a_number_of_its_own_over_scenarios():
    corners = [0, 1, 65_535]
    numbers = {luck_of(s, r) for s in (0, 1, 2, 999_999) for r in corners}
    assert len(numbers) == 12
    assert max(corners) < LUCKS_PER_SCENARIO
    assert luck_of(999_999, 65_535) < 2**63


def test_every_promised_column_is_there_and_no_other():
    rows = run()
    columns = outcome_columns(opened().brief)
    assert set(rows.columns) == set(columns)
    assert len(set(columns)) == len(columns)
    assert {kind for kind, _ in rows.groups} == set(GROUP_KINDS)
    assert len(set(rows.groups)) == len(rows.groups)
    assert all(v.shape == (2, len(rows.groups)) for v in rows.columns.values())


@pytest.mark.parametrize("column", COUNTS)
@pytest.mark.parametrize("kind", ["own_fifth", "national_fifth", "zone", "month"])
def test_parts_of_a_year_add_up_to_the_whole(column, kind):
    rows = run("neighbours", changes=A_YEAR)
    assert of(rows, column, "all").min() > 0.0
    assert summed(rows, column, kind) == pytest.approx(of(rows, column, "all"))


def test_only_zones_of_the_place_itself_are_told():
    assert [name for kind, name in run().groups if kind == "zone"] == ["Z1", "Z2"]


def test_nobody_is_not_a_number_and_none_lost_is_nothing():
    rows = run(lucks=range(4))
    for i in range(4):
        for g in range(len(rows.groups)):
            need, survival = rows.columns["need"][i, g], rows.columns["survival"][i, g]
            assert np.isnan(survival) == (need == 0.0)
    empty = [f for f in "12345" if (of(rows, "requests", "national_fifth", f) == 0.0).all()]
    assert empty == ["3"], "the small town has nobody in the third national fifth"
    assert np.isnan(of(rows, "response_mean", "national_fifth", "3")).all()


def test_shares_are_shares():
    rows = run("neighbours", lucks=range(3))
    for column in SHARES:
        told = rows.columns[column][np.isfinite(rows.columns[column])]
        assert told.min() >= 0.0
        assert told.max() <= 1.0


def test_the_ninetieth_centile_is_told_for_everyone_and_own_fifths_only():
    rows = run(changes=A_YEAR)
    told = {
        kind for g, (kind, _) in enumerate(rows.groups) if np.isfinite(rows.columns["response_p90"][0, g])
    }
    assert told == {"all", "own_fifth"}
    assert (of(rows, "response_p90", "all") > of(rows, "response_mean", "all")).all()


def test_money_is_crews_roles_less_grants_and_calls():
    one, asked = lowered("neighbours")
    cost = yearly_cost(
        asked.designs["neighbours"], asked.today, one.values, asked.brief, Scenario(), CATALOGUE
    )
    rows = run("neighbours")
    calls = (of(rows, "cost_public", "all") - cost.public_gbp) / one.values["money.gbp_per_call"]
    assert calls == pytest.approx(of(rows, "requests", "all"))
    value = of(rows, "unpaid_hours", "all") * one.values["money.volunteer_gbp_per_hour"]
    assert of(rows, "unpaid_value", "all") == pytest.approx(value)
    assert (of(rows, "cost_grants", "all") == cost.roles_paid_by_grants_gbp).all()


def test_nobody_is_alerted_where_nobody_is_asked():
    rows = run("today", lucks=range(3))
    for column in ("accepted_share", "volunteer_first_share", "unpaid_hours"):
        assert (of(rows, column, "all") == 0.0).all()


def test_a_run_does_not_depend_on_its_company():
    together = run("neighbours", lucks=[0, 1, 2])
    for i, luck in enumerate([0, 1, 2]):
        alone = run("neighbours", lucks=[luck])
        for column, values in together.columns.items():
            assert np.array_equal(values[i], alone.columns[column][0], equal_nan=True)
        assert np.array_equal(together.chart[i], alone.chart[0])


def test_working_memory_used_before_changes_no_bit():
    asked = question()
    big, _ = lowered("one_more")
    span = span_of(asked.brief)
    used = make_workspace(big.plan._replace(hours=big.plan.hours * 3.0), span)
    run("one_more", lucks=range(5), work=used)
    fresh, again = run(), run(work=used)
    for column, values in fresh.columns.items():
        assert np.array_equal(values, again.columns[column], equal_nan=True)


def test_working_memory_is_kept_while_it_is_large_enough():
    one, asked = lowered()
    span = span_of(asked.brief)
    work = room_for(one.plan, span, None)
    assert room_for(one.plan, span, work) is work
    design = today_with(asked.designs, staff=1.6)
    more = lower(design, asked.today, asked.brief, Scenario(), EFFECTS, CATALOGUE).plan
    assert len(room_for(more, span, work).crews) == more.crews.shape[0]


def test_more_people_than_can_be_counted_are_refused():
    one, asked = lowered()
    hours = one.plan.hours.copy()
    hours[Hour.BIRTHS_PER_MINUTE] *= 1e6
    with pytest.raises(Faults, match="SIM001"):
        room_for(one.plan._replace(hours=hours), span_of(asked.brief), None)


def test_a_run_that_overflows_is_refused_not_cut_short():
    one, asked = lowered()
    span = span_of(asked.brief)
    work = make_workspace(one.plan, span)
    work = work._replace(requests=work.requests[:5])
    cost = yearly_cost(asked.today, asked.today, one.values, asked.brief, Scenario(), CATALOGUE)
    with pytest.raises(Faults, match="SIM001"):
        simulate(one, asked.brief, span, 1, [0], cost, work)


def test_another_seed_is_other_luck_and_the_same_the_same():
    a, b, c = run(seed=1), run(seed=1), run(seed=2)
    assert np.array_equal(of(a, "survivors", "all"), of(b, "survivors", "all"))
    assert not np.array_equal(of(a, "survivors", "all"), of(c, "survivors", "all"))
