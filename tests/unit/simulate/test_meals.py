from dataclasses import replace

import numpy as np
import pytest

from remit.design.design import TODAY
from remit.ground.faults import Faults
from remit.kernel.caseload.batch import run_caseload
from remit.kernel.caseload.layout import Count, Total
from remit.kernel.commons.uptake_layout import Person
from remit.mechanism.cost import YearlyCost
from remit.simulate import meals as told
from remit.simulate.caseload import MARKET_ROUTE
from remit.simulate.meals import beside_neighbours, cooked_share, platform_cost, run
from remit.simulate.neighbours import run_neighbours
from remit.simulate.outcomes import outcome_columns
from small_brief import codes_of
from small_meals import FREE, meals, meals_lowered, meals_run

ROWS, TODAYS = meals_run(), meals_run(design=TODAY)
EVERYONE = 0
FIFTHS = [ROWS.groups.index(("own_fifth", str(f))) for f in range(1, 6)]
MONTHS = [g for g, (kind, _) in enumerate(ROWS.groups) if kind == "month"]
YEARS = 13 / (365 / 7)


def of(column, rows=ROWS):
    return rows.columns[column][:, EVERYONE]


def test_every_column_is_there():
    assert set(ROWS.columns) == set(outcome_columns(meals())) == set(TODAYS.columns)
    assert {rows.shape for rows in ROWS.columns.values()} == {(4, len(ROWS.groups))}


def test_meals_needed_are_brought_by_staff_or_neighbours_or_missing():
    """What is brought beyond need is the one thing besides: in this brief the rounding of grants to half hours."""
    brought = of("paid_meals") + of("neighbour_meals")
    missing = of("missed_meals") * of("needed_meals")
    assert (brought + missing >= of("needed_meals") - 1e-6).all()
    assert brought + missing == pytest.approx(of("needed_meals"), rel=0.03)


def test_meals_are_those_of_the_fifths_together():
    for column in (
        "needed_meals",
        "paid_meals",
        "neighbour_meals",
        "cooks_active",
        "cooks_signed",
        "clients",
    ):
        assert ROWS.columns[column][:, FIFTHS].sum(axis=1) == pytest.approx(of(column)), column


def test_where_nobody_cooks_staff_are_as_today_and_nothing_is_paid_for():
    lone = meals_run(
        ("active_at_start_share: {value: 0.1,", "active_at_start_share: {value: 0,"),
        ("innovate_per_week: {value: 0.01,", "innovate_per_week: {value: 0,"),
        ("platform_gbp_per_year: {value: 10000,", "platform_gbp_per_year: {value: 0,"),
    )
    for column, values in lone.columns.items():
        if column not in (
            "cooks_not_reached",
            "waiting_cook",
        ):  # who is there to be reached, or would like a cook
            assert np.array_equal(values, TODAYS.columns[column], equal_nan=True), column


def test_who_brings_a_meal_today_brings_less_beside_neighbours():
    assert (of("neighbour_meals") > 0.0).all()
    assert (of("paid_meals") < of("paid_meals", TODAYS)).all()
    assert (of("missed_meals") < of("missed_meals", TODAYS)).all()
    assert np.array_equal(of("needed_meals"), of("needed_meals", TODAYS))
    for column in ("waiting", "turnover", "vacancy_share", "pay_per_hour", "not_reached", "cost_nhs"):
        assert np.array_equal(of(column), of(column, TODAYS), equal_nan=True), column


@pytest.mark.parametrize("saved", [0.0, 0.6, 1.0])
def test_money_is_what_is_paid_for_ordered_meals_and_the_part_that_is_not_saved(saved):
    rows = meals_run(("saved_share: {value: 0.6,", f"saved_share: {{value: {saved},"))
    spent = of("cost_council", rows) + of("cost_clients", rows) + of("cost_grants", rows)
    platform = of("cost_platform", rows)
    before = of("cost_council", TODAYS) + of("cost_clients", TODAYS)
    # a brief of one price: pounds for each paid meal today
    hourly = 24.0
    assert (before - (spent - platform)) == pytest.approx(
        saved * (of("paid_meals", TODAYS) - of("paid_meals", rows)) * 0.5 * hourly, rel=1e-6, abs=1e-6
    )
    assert of("cost_public", rows) - of("cost_council", rows) == pytest.approx(of("cost_nhs", rows))


def test_the_platform_is_paid_by_grants_and_the_public_and_nobody_else():
    assert of("cost_grants") == pytest.approx(0.25 * of("cost_platform"))
    dearer = meals_run(("grant_share: {value: 0.25,", "grant_share: {value: 0,"))
    assert of("cost_public", dearer) - of("cost_public") == pytest.approx(of("cost_grants"))
    assert not of("cost_grants", dearer).any()
    expected = 10_000.0 + 20.0 * of("cooks_signed") + 30.0 * of("cooks_active")
    assert of("cost_platform") == pytest.approx(expected)


def test_roles_are_paid_once():
    roles = YearlyCost(0.0, 0.0, 1_000.0, 400.0)
    rows = meals_run(cost=roles)
    assert of("cost_public", rows) - of("cost_public") == pytest.approx(np.full(4, 600.0))
    assert of("cost_grants", rows) - of("cost_grants") == pytest.approx(np.full(4, 400.0))


def test_unpaid_hours_are_cooks_and_families_once():
    family = 0.5 * of("missed_meals") * of("needed_meals") * 0.75
    assert of("cook_hours") == pytest.approx(of("neighbour_meals") * 0.75)
    assert of("unpaid_hours") == pytest.approx(of("cook_hours") + family, rel=1e-6)
    assert of("unpaid_value") == pytest.approx(of("unpaid_hours") * 10.0)
    assert of("cost_cooks") == pytest.approx(of("neighbour_meals") * 2.0)


def test_cooks_without_a_diner_and_diners_without_a_cook_are_told():
    assert (of("cooks_idle") >= 0.0).all()
    assert (of("cooks_idle") <= of("cooks_active")).all()
    assert (of("diners_with_cook") + of("waiting_cook") <= of("clients") + 1e-9).all()
    offline = meals_lowered().beside.uptake.people[:, Person.OFFLINE]
    assert (ROWS.columns["cooks_not_reached"][:, FIFTHS] == offline).all()
    assert ((of("known_cook") >= 0.0) & (of("known_cook") <= 1.0)).all()


def test_months_tell_the_curve_of_adoption():
    curve = ROWS.columns["cooks_active"][:, MONTHS]
    assert curve.mean() == pytest.approx(of("cooks_active").mean(), rel=0.02)
    meals_a_year = ROWS.columns["neighbour_meals"][:, MONTHS].mean(axis=1)
    assert meals_a_year == pytest.approx(of("neighbour_meals"), rel=0.03)
    assert not TODAYS.columns["cooks_active"][:, MONTHS].any()
    assert np.isnan(ROWS.columns["cost_public"][:, MONTHS]).all()


def test_everyone_alone_is_told_the_same():
    alone = run(meals_lowered(), meals(), 7, range(4), FREE, None, everyone_only=True)[0]
    assert alone.groups == (("all", ""),)
    for column, values in alone.columns.items():
        assert np.array_equal(values[:, 0], of(column), equal_nan=True), column


def test_more_cannot_be_cooked_than_is_needed(monkeypatch):
    lowered, seen = meals_lowered(), []
    monkeypatch.setattr(told, "name_outcomes", lambda *given: seen.append(given))
    run(lowered, meals(), 7, range(2), FREE, None)
    paid, cooked = seen[0][:2]
    assert (cooked_share(paid, cooked) <= 1.0).all()
    help_ = cooked.help._replace(counts=cooked.help.counts * 1000.0)
    assert cooked_share(paid, replace(cooked, help=help_)).max() == 1.0
    nobody = cooked.uptake._replace(makers=np.zeros_like(cooked.uptake.makers))
    idle = replace(cooked, uptake=nobody)
    values = lowered.values
    assert (platform_cost(cooked, values, 13, 4) - platform_cost(idle, values, 13, 4) == 10_000.0).all()


def test_too_many_clients_at_once_stop_the_run(monkeypatch):
    def full(*given):
        tape = real(*given)
        tape.totals[:, Total.OVERFLOW] = 1.0
        return tape

    real = told.run_caseload
    monkeypatch.setattr(told, "run_caseload", full)
    with pytest.raises(Faults) as stopped:
        meals_run()
    assert codes_of(stopped.value) == ["SIM001"]


def test_meals_conserve_to_the_grain_in_every_fifth():
    """Needed and over = paid, cooked and missing; pounds today = paid now + saved (law 5)."""
    lowered = meals_lowered()
    paid = run_caseload(lowered.plan, 17, 4, 7, np.arange(4))
    cooked = run_neighbours(lowered.beside, 7, range(4), 4)
    before, now = paid.counts.sum(1), beside_neighbours(paid, cooked, lowered.values)
    given = cooked.help.counts[:, MARKET_ROUTE, :, Count.DELIVERED_HOURS]
    out = now[..., Count.DELIVERED_HOURS] + given + now[..., Count.UNDELIVERED_HOURS]
    assert now[..., Count.NEEDED_HOURS] + now[..., Count.OVER_HOURS] == pytest.approx(out)
    pounds = [Count.CLIENT_POUNDS, Count.COUNCIL_POUNDS]
    saved = 0.6 * before[..., pounds].sum(-1) * cooked_share(paid, cooked)
    assert before[..., pounds].sum(-1) == pytest.approx(now[..., pounds].sum(-1) + saved)
    assert (now[..., pounds] >= 0.0).all()
    # both plans meet the same people
    assert np.array_equal(paid.totals[:, Total.BORN], cooked.help.totals[:, Total.BORN])
    assert cooked.help.counts.sum(1)[..., Count.NEEDED_HOURS] == pytest.approx(
        before[..., Count.NEEDED_HOURS]
    )
