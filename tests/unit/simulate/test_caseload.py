from dataclasses import replace

import numpy as np
import pytest

from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY
from remit.ground.faults import Faults
from remit.kernel.caseload.batch import make_tape, make_workspace
from remit.kernel.caseload.layout import PLATFORM, PROVIDER, Count, Scalar, Total, Weekly, Work, World
from remit.mechanism.cost import YearlyCost, yearly_cost
from remit.simulate import caseload
from remit.simulate.caseload import MARKET_ROUTE, name_outcomes, room_for, run, through_todays_door
from remit.simulate.outcomes import outcome_columns
from small_brief import codes_of
from small_caseload import care, care_designs, care_lowered

WARM, WEEKS = 4, 13
YEARS = WEEKS / (365 / 7)
TODAYS = care_lowered()
NOTHING = YearlyCost(0.0, 0.0, 0.0, 0.0)
ROTA, TEAMS = 0, 1


def tape(counts=None, work=None, weekly=None, totals=None, runs=1):
    """Return a tape of 4 weeks and 13 measured ones: each of 10 hours needed and none undelivered if not told."""
    made = make_tape(WARM + WEEKS, runs)
    made.weekly[:, :, Weekly.NEEDED_HOURS] = 10.0
    for (route, fifth, name), value in (counts or {}).items():
        made.counts[:, route, fifth, Count[name]] = value
    for (employer, name), value in (work or {}).items():
        made.work[:, employer, Work[name]] = value
    for name, values in (weekly or {}).items():
        made.weekly[:, WARM:, Weekly[name]] = values
    for name, value in (totals or {}).items():
        made.totals[:, Total[name]] = value
    return made


def rows_of(lowered=TODAYS, cost=NOTHING, everyone_only=False, **given):
    return name_outcomes(tape(**given), lowered, WARM, cost, everyone_only)


def of(rows, column, kind="all", name=""):
    return float(rows.columns[column][0, rows.groups.index((kind, name))])


def all_nan(rows, column, kind):
    told = rows.columns[column][:, [g for g, (k, _) in enumerate(rows.groups) if k == kind]]
    return bool(np.isnan(told).all())


# ---------- help ----------
HELP = {
    (ROTA, 0, "NEEDED_HOURS"): 1000.0,
    (ROTA, 0, "UNDELIVERED_HOURS"): 400.0,
    (ROTA, 0, "DELIVERED_HOURS"): 600.0,
    (MARKET_ROUTE, 3, "NEEDED_HOURS"): 500.0,
    (MARKET_ROUTE, 3, "UNDELIVERED_HOURS"): 50.0,
    (MARKET_ROUTE, 3, "DELIVERED_HOURS"): 450.0,
}


def test_what_is_undelivered_is_a_share_of_what_is_needed_over_routes_and_fifths():
    rows = rows_of(counts=HELP)
    assert of(rows, "undelivered_share") == pytest.approx(450 / 1500)
    assert of(rows, "undelivered_share", "own_fifth", "1") == pytest.approx(0.4)
    assert of(rows, "undelivered_share", "own_fifth", "4") == pytest.approx(0.1)


def test_a_narrower_door_counts_those_turned_away_in_full():
    narrow = care_lowered(channels="digital_only")
    assert through_todays_door(narrow) == pytest.approx(0.85)
    assert of(rows_of(narrow, counts=HELP), "undelivered_share") == pytest.approx(1 - 0.85 * (1 - 0.3))


def test_a_wider_door_counts_as_todays():
    wide = care_lowered(eligibility="universal")
    assert through_todays_door(wide) == 1.0
    assert of(rows_of(wide, counts=HELP), "undelivered_share") == pytest.approx(0.3)


def test_hours_are_a_years():
    rows = rows_of(counts=HELP)
    assert of(rows, "needed_hours") == pytest.approx(1500 / YEARS)
    assert of(rows, "delivered_hours") == pytest.approx(1050 / YEARS)


def test_what_a_person_chose_is_what_came_by_market():
    rows = rows_of(counts=HELP)
    assert of(rows, "chosen_share") == pytest.approx(450 / 1050)
    assert of(rows, "chosen_share", "own_fifth", "1") == 0.0
    assert of(rows, "chosen_share", "own_fifth", "4") == 1.0


def test_waits_continuity_and_clipping_are_over_those_they_are_about():
    rows = rows_of(
        counts={
            (TEAMS, 2, "CLIENT_WEEKS"): 260.0,
            (TEAMS, 2, "HELP_WEEKS"): 30.0,
            (TEAMS, 2, "HELPED"): 12.0,
            (TEAMS, 2, "WAIT_ASSESS_WEEKS"): 26.0,
            (TEAMS, 2, "WAIT_HELP_WEEKS"): 13.0,
            (TEAMS, 2, "BOOKED_HOURS"): 800.0,
            (TEAMS, 2, "CLIPPED_HOURS"): 40.0,
            (TEAMS, 2, "DELIVERED_HOURS"): 760.0,
            (TEAMS, 2, "MAIN_HOURS"): 570.0,
            (TEAMS, 2, "KNOWN_HOURS"): 380.0,
            (TEAMS, 2, "HOSPITAL_STAYS"): 3.0,
            (TEAMS, 2, "RESIDENTIAL_MOVES"): 2.0,
        }
    )
    said = {
        "clients": 20.0,
        "need": 20.0,
        "wait_weeks": 2.5,
        "waiting": 3.0,
        "clipped_share": 0.05,
        "continuity": 0.75,
        "known_share": 0.5,
        "hospital_stays": 3.0 / YEARS,
        "residential_moves": 2.0 / YEARS,
    }
    assert {name: of(rows, name) for name in said} == pytest.approx(said)
    assert {name: of(rows, name, "own_fifth", "3") for name in said} == pytest.approx(said)


def test_where_nobody_is_nothing_can_be_told():
    rows = rows_of(counts=HELP)
    for column in ("undelivered_share", "chosen_share", "continuity"):
        assert np.isnan(of(rows, column, "own_fifth", "2")), column
    for column in (
        "wait_weeks",
        "clipped_share",
        "pay_per_hour",
        "turnover",
        "vacancy_share",
        "overhead_share",
    ):
        assert np.isnan(of(rows, column)), column
    assert of(rows, "needed_hours", "own_fifth", "2") == 0.0


def test_a_year_in_which_nobody_needs_help_is_told_without_a_warning():
    assert np.isnan(of(rows_of(weekly={"NEEDED_HOURS": 0.0}), "worst_undelivered_share"))


def test_each_replicate_is_told_for_itself():
    made = tape(counts=HELP, runs=2)
    made.counts[1, ROTA, 0, Count.UNDELIVERED_HOURS] = 100.0
    rows = name_outcomes(made, TODAYS, WARM, NOTHING)
    assert rows.columns["undelivered_share"][:, 0] == pytest.approx([450 / 1500, 150 / 1500])


# ---------- carers ----------
KM_PER_HOUR = float(TODAYS.plan.scalars[0, Scalar.KM_PER_HOUR])
DRIVEN = (
    400 * KM_PER_HOUR * TODAYS.values["provider.mileage_gbp_per_km"]
)  # the platform's carers, for themselves
CARERS = {
    (PROVIDER, "CARER_WEEKS"): 130.0,
    (PROVIDER, "JOINING_WEEKS"): 20.0,
    (PROVIDER, "VACANCY_WEEKS"): 50.0,
    (PROVIDER, "CONTACT_HOURS"): 2000.0,
    (PROVIDER, "TRAVEL_PAID_HOURS"): 200.0,
    (PROVIDER, "TRAVEL_UNPAID_HOURS"): 300.0,
    (PROVIDER, "TRAINING_HOURS"): 100.0,
    (PROVIDER, "AVAILABLE_HOURS"): 3000.0,
    (PROVIDER, "UNPAID_IDLE_HOURS"): 500.0,
    (PROVIDER, "PAY_POUNDS"): 26_000.0,
    (PROVIDER, "PAID_HOURS"): 2300.0,
    (PLATFORM, "PAID_HOURS"): 1000.0,
    (PROVIDER, "SWITCHERS"): 1.0,
    (PROVIDER, "LEAVERS"): 3.0,
    (PROVIDER, "REVENUE_POUNDS"): 48_000.0,
    (PROVIDER, "OVERHEAD_POUNDS"): 8000.0,
    (PROVIDER, "SURPLUS_POUNDS"): -1000.0,
    (PLATFORM, "CARER_WEEKS"): 65.0,
    (PLATFORM, "CONTACT_HOURS"): 1000.0,
    (PLATFORM, "TRAVEL_UNPAID_HOURS"): 400.0,
    (PLATFORM, "AVAILABLE_HOURS"): 1000.0,
    (PLATFORM, "UNPAID_IDLE_HOURS"): 300.0,
    (PLATFORM, "PAY_POUNDS"): 14_000.0,
    (PLATFORM, "LEAVERS"): 1.0,
    (PLATFORM, "REVENUE_POUNDS"): 22_000.0,
    (PLATFORM, "OVERHEAD_POUNDS"): 2000.0,
    (PLATFORM, "SURPLUS_POUNDS"): 500.0,
}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("pay_per_hour", (40_000 - DRIVEN) / (2300 + 1000 + 700 + 100)),  # paid, unpaid on the road, training
        ("pay_per_week", (40_000 - DRIVEN) / 195),
        ("paid_share", 3300 / 4000),
        ("turnover", 3 / (195 / (365 / 7))),  # one of the four changed over
        ("switching", 1 / (195 / (365 / 7))),
        ("vacancy_share", 50 / 200),  # the provider's, joiners hold a post
        ("carers", 195 / 13),
        ("overhead_share", 9500 / 70_000),
        ("surplus_provider", -1000 / YEARS),
        ("surplus_platform", 500 / YEARS),
    ],
)
def test_carers_of_both_employers_are_told_together(column, value):
    assert of(rows_of(work=CARERS), column) == pytest.approx(value)


def test_carers_are_told_for_everyone_only():
    rows = rows_of(work=CARERS)
    for column in ("pay_per_hour", "turnover", "carers", "price", "cost_public", "not_reached"):
        assert all_nan(rows, column, "own_fifth"), column
        assert all_nan(rows, column, "month"), column


# ---------- money ----------
MONEY = {
    (ROTA, 0, "COUNCIL_POUNDS"): 21_000.0,
    (ROTA, 0, "CLIENT_POUNDS"): 3000.0,
    (ROTA, 0, "DELIVERED_HOURS"): 1000.0,
    (ROTA, 1, "STARTS"): 5.0,
    (ROTA, 1, "RESIDENTIAL_MOVES"): 2.0,
    (ROTA, 2, "HOSPITAL_WEEKS"): 7.0,
    (MARKET_ROUTE, 2, "FAMILY_HOURS"): 60.0,
}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("price", 24.0),
        ("cost_council", (21_000 + 5 * 400 + 2 * 900 * 100) / YEARS + 1600),
        ("cost_clients", 3000 / YEARS),
        ("cost_nhs", 7 * 3000 / YEARS),
        ("cost_public", (21_000 + 5 * 400 + 2 * 900 * 100 + 7 * 3000) / YEARS + 1600),
        ("cost_grants", 400.0),
        ("unpaid_hours", 60 / YEARS),
        ("unpaid_value", 600 / YEARS),
    ],
)
def test_money_is_a_years_and_told_by_who_bears_it(column, value):
    cost = YearlyCost(crews_gbp=0.0, assets_gbp=1000.0, roles_gbp=1000.0, roles_paid_by_grants_gbp=400.0)
    assert of(rows_of(cost=cost, counts=MONEY), column) == pytest.approx(value)


# ---------- through the year ----------
def test_the_worst_four_weeks_running_are_found_wherever_they_lie():
    missing = np.array([0, 0, 8, 0, 0, 0, 4, 6, 2, 3, 0, 0, 0], float)
    rows = rows_of(weekly={"UNDELIVERED_HOURS": missing})
    assert of(rows, "worst_undelivered_share") == pytest.approx(15 / 40)


def test_weeks_of_the_warm_up_count_for_nothing():
    made = tape()
    made.weekly[:, :WARM, Weekly.UNDELIVERED_HOURS] = 10.0
    rows = name_outcomes(made, TODAYS, WARM, NOTHING)
    assert of(rows, "worst_undelivered_share") == of(rows, "undelivered_share", "month", "1") == 0.0


def test_months_share_out_the_weeks_and_each_tells_its_own():
    weeks = np.arange(13, dtype=float)
    rows = rows_of(
        weekly={"UNDELIVERED_HOURS": weeks / 2, "WAIT_ASSESS": weeks, "WAIT_HELP": 1.0, "AT_HOME": 2 * weeks}
    )
    assert [name for kind, name in rows.groups if kind == "month"] == ["1", "2", "3"]
    means = [np.mean(weeks[:4]), np.mean(weeks[4:9]), np.mean(weeks[9:])]
    for month, mean in zip("123", means, strict=True):
        assert of(rows, "undelivered_share", "month", month) == pytest.approx(mean / 20)
        assert of(rows, "waiting", "month", month) == pytest.approx(mean + 1)
        assert of(rows, "clients", "month", month) == pytest.approx(2 * mean)
        assert np.isnan(of(rows, "continuity", "month", month))


def test_a_year_has_twelve_months():
    made = make_tape(WARM + 52, 1)
    made.weekly[:, :, Weekly.NEEDED_HOURS] = 10.0
    groups = name_outcomes(made, TODAYS, WARM, NOTHING).groups
    assert sum(kind == "month" for kind, _ in groups) == 12
    assert groups[:6] == (("all", ""), *(("own_fifth", str(f)) for f in range(1, 6)))


def test_who_is_not_reached_follows_from_those_who_came():
    """200 of the first 300 arise; of 500 born and 160 not arisen 140 came beside them: four tenths stay away."""
    rows = rows_of(totals={"BORN": 500.0, "NOT_ARISEN": 160.0})
    years = (WARM + WEEKS) / (365 / 7)
    assert TODAYS.plan.world[World.INITIAL_CLIENTS] == 300.0
    assert of(rows, "not_reached") == pytest.approx(140 / years * 0.4 / 0.6)


def test_everyone_alone_is_one_group_with_the_same_numbers():
    given = {"counts": {**HELP, **MONEY}, "work": CARERS, "weekly": {"UNDELIVERED_HOURS": 3.0}}
    alone, full = rows_of(everyone_only=True, **given), rows_of(**given)
    assert alone.groups == (("all", ""),)
    assert set(alone.columns) == set(full.columns)
    for column, values in alone.columns.items():
        assert values.shape == (1, 1)
        assert np.array_equal(values[:, 0], full.columns[column][:, 0], equal_nan=True), column


# ---------- runs ----------
def cost_of(name, lowered):
    designs = care_designs()
    return yearly_cost(designs[name], designs[TODAY], lowered.values, care(), Scenario(), load_catalogue())


def run_of(name=TODAY, lucks=(0, 1), work=None):
    lowered = care_lowered(design=name)
    return run(lowered, care(), 7, list(lucks), cost_of(name, lowered), work)


@pytest.mark.parametrize("name", ["today", "teams", "platform"])
def test_every_promised_column_is_there_and_no_other(name):
    rows, _ = run_of(name)
    assert set(rows.columns) == set(outcome_columns(care()))
    assert all(values.shape == (2, 1 + 5 + 3) for values in rows.columns.values())
    assert of(rows, "need") > 0.0


def test_a_run_does_not_depend_on_its_company_nor_on_the_memory_it_is_given():
    together, work = run_of(lucks=(0, 1, 2))
    for i in (2, 0, 1):
        alone, work = run_of(lucks=(i,), work=work)
        for column, values in together.columns.items():
            assert np.array_equal(values[i], alone.columns[column][0], equal_nan=True), column


def test_shares_of_a_run_are_shares():
    rows, _ = run_of("platform", lucks=range(3))
    for column in (
        "undelivered_share",
        "clipped_share",
        "continuity",
        "known_share",
        "chosen_share",
        "paid_share",
    ):
        told = rows.columns[column][np.isfinite(rows.columns[column])]
        assert 0.0 <= told.min() <= told.max() <= 1.0


def test_working_memory_is_used_again_only_where_its_shapes_agree():
    plan = care_lowered().plan
    work = make_workspace(plan, WARM + WEEKS)
    assert room_for(plan, WARM + WEEKS, work) is work
    assert room_for(plan, WARM + WEEKS + 52, work) is not work
    more_carers = plan._replace(
        world=np.where(np.arange(len(World)) == World.CARER_CEILING, 300.0, plan.world)
    )
    assert room_for(more_carers, WARM + WEEKS, work) is not work
    assert room_for(plan, WARM + WEEKS, None) is not work


def test_more_clients_than_there_is_room_for_stop_the_run(monkeypatch):
    monkeypatch.setattr(caseload, "make_workspace", lambda plan, weeks: make_workspace(plan, weeks, rows=100))
    with pytest.raises(Faults) as raised:
        run_of()
    assert codes_of(raised.value) == ["SIM001"]


def test_a_longer_run_is_told_by_its_own_weeks():
    longer = replace(care(), days=26 * 7)
    lowered = care_lowered()
    rows, _ = run(lowered, longer, 7, [0], cost_of(TODAY, lowered), None)
    assert sum(kind == "month" for kind, _ in rows.groups) == 6
