import math
from dataclasses import replace

import numpy as np
import pytest

from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY, Design
from remit.ground.faults import Faults
from remit.kernel.caseload.layout import PLATFORM, PROVIDER, Employer, Plan, Scalar, World
from remit.mechanism.caseload.lower import lower, need_share
from remit.mechanism.caseload.tables import EMPLOYERS, SCALARS, TURN, WITHOUT_END, WORLD, told
from remit.mechanism.values import Lowered
from small_brief import codes_of
from small_caseload import CARE_EFFECTS, CENTRE, care, care_designs, care_lowered

WEEK = 365 / 7
CATALOGUE = load_catalogue()
Change = tuple[str, str]


def refused(*changes: Change, **settings: object) -> list[str]:
    with pytest.raises(Faults) as raised:
        care_lowered(*changes, **settings)
    return codes_of(raised.value)


def dated(*changes: str) -> Change:
    return "changes: []\n", f"changes: [{', '.join(changes)}]\n"


def on(day: int, multiply: str) -> str:
    return f"{{day: {day}, why: x, multiply: {{{multiply}}}}}"


def same(one: Plan, other: Plan) -> bool:
    return all(a.tobytes() == b.tobytes() for a, b in zip(one, other, strict=True))


def scalar(lowered: Lowered, column: Scalar) -> float:
    return float(lowered.plan.scalars[0, column])


# ---------- the same, and what differs ----------
def test_the_same_inputs_give_the_same_bits():
    assert same(care_lowered().plan, care_lowered().plan)


def test_a_design_equal_to_today_has_todays_plan():
    today = care_designs()[TODAY]
    equal = Design("equal", "Equal", today.settings)
    found = lower(equal, today, care(), CENTRE, CARE_EFFECTS, CATALOGUE)
    assert same(found.plan, care_lowered().plan)


def test_every_design_meets_the_same_people():
    plans = [care_lowered(design=d).plan for d in care_designs()]
    shared = ("world", "births", "cell_keep", "cell_alias", "first", "carer_zones", "client_bands", "zone_km")
    for name in shared:
        assert len({getattr(p, name).tobytes() for p in plans}) == 1, name


def test_a_scenario_moves_what_is_uncertain():
    high = care_lowered(scenario=Scenario(0, {"carers.pool": 0.9}))
    assert scalar(high, Scalar.POOL_PEOPLE) > scalar(care_lowered(), Scalar.POOL_PEOPLE) == 150.0


# ---------- every column ----------
def test_every_column_of_the_plan_comes_from_somewhere():
    assert {w.name for w in World} - {w.name for w in WORLD} == {
        "INITIAL_CLIENTS",
        "HOURS_MEAN",
        "PAID_AT_START",
    }
    assert {s.name for s in Scalar} - {s.name for s in SCALARS} == {
        "NEED_SHARE",
        "PROVIDER_ROUTE",
        "MARKET_SHARE",
        "POSTS",
        "POSTS_PER_HOUR",
        "TOUR_K",
        "REACH_ZONES",
    }
    of_one_employer = {"HOURLY", "TRAVEL_PAID", "PRICE", "ONCOST", "CLIENT_FEE", "COMMISSION"}
    from_today = {"LEAVE_HAZARD", "DISCRETION"}
    assert {e.name for e in Employer} - {e.name for e in EMPLOYERS} == of_one_employer | from_today


def test_every_rule_names_a_turn_and_a_number_of_the_family():
    for how, name in (*WORLD.values(), *SCALARS.values()):
        assert how in TURN
        assert name in care().numbers
    for how, name in EMPLOYERS.values():
        assert how in TURN
        assert {f"provider.{name}", f"platform.{name}"} <= set(care().numbers)


def test_numbers_reach_the_engine_in_its_units():
    plan = care_lowered().plan
    assert plan.world[World.CARER_HOURS_MEAN] == pytest.approx(25.0)
    assert plan.world[World.HOURS_SIGMA] == pytest.approx(math.sqrt(math.log(1.25)))
    row = plan.scalars[0]
    assert row[Scalar.ASSESS_PER_WEEK] == pytest.approx(6.0)
    assert row[Scalar.GRANT_DELAY_WEEKS] == pytest.approx(2.0)
    assert row[Scalar.KM_PER_HOUR] == pytest.approx(20.0)
    assert row[Scalar.KM_EFFECT_CLIENT] == pytest.approx(1 / 10)
    assert row[Scalar.KM_EFFECT_CARER] == 0.0  # not given: distance is no matter
    assert row[Scalar.TEAM_CAP] == WITHOUT_END
    assert row[Scalar.TOUR_K] == pytest.approx(0.7124 * 1.2)
    assert plan.employers[0, PROVIDER, Employer.JOIN_HAZARD] == pytest.approx(6 / WEEK)
    assert plan.employers[0, PROVIDER, Employer.LAG_WEEKS] == pytest.approx(3.0)
    assert plan.areas.tolist() == [4.0, 2.0]
    assert plan.client_bands.tolist() == [[1.0, 0.0, 0.0, 0.0], [0.4, 0.2, 0.2, 0.2]]
    assert plan.client_patterns.tolist() == [0.25, 1.0]


def test_told_finds_an_employers_number_under_its_name():
    assert told(("weeks", "lag_weeks"), {"platform.lag_weeks": 20_160.0}, "platform") == 2.0


# ---------- clients ----------
def test_the_mean_hours_are_over_everyone_complex_needs_included():
    world = care_lowered().plan.world
    share, factor = world[World.COMPLEX_SHARE], world[World.COMPLEX_HOURS]
    assert world[World.HOURS_MEAN] * (1.0 - share + share * factor) == pytest.approx(12.0)


def test_the_first_clients_are_born_at_the_ceiling_as_all_others():
    plan = care_lowered().plan
    assert plan.world[World.INITIAL_CLIENTS] == 300.0
    assert plan.world[World.INITIAL_CLIENTS] * plan.scalars[0, Scalar.NEED_SHARE] == pytest.approx(200.0)


def test_need_is_todays_share_of_the_ceiling():
    assert scalar(care_lowered(), Scalar.NEED_SHARE) == pytest.approx(1 / 1.5)


def test_a_narrower_or_wider_door_moves_need_relative_to_todays_door():
    universal = care_lowered(eligibility="universal")
    assert scalar(universal, Scalar.NEED_SHARE) == pytest.approx(1 / 0.7 / 1.5)
    digital = care_lowered(channels="digital_only")
    assert scalar(digital, Scalar.NEED_SHARE) == pytest.approx(0.85 / 1.5)


def test_todays_own_door_does_not_matter_for_need():
    door = ("reach_share: {value: 0.6,", "reach_share: {value: 0.3,")
    assert scalar(care_lowered(door), Scalar.NEED_SHARE) == pytest.approx(1 / 1.5)
    assert scalar(care_lowered(door, channels="digital_only"), Scalar.NEED_SHARE) == pytest.approx(0.85 / 1.5)


def test_need_share_is_need_and_door_over_the_ceiling():
    todays = care_lowered().values
    numbers = {**todays.numbers, "demand.need_factor": 1.2, "demand.reach_share": 0.3}
    assert need_share(replace(todays, numbers=numbers), todays) == pytest.approx(1.2 * 0.5 / 1.5)


# ---------- ways of finding help ----------
def test_each_relationship_has_its_route():
    assert scalar(care_lowered(), Scalar.PROVIDER_ROUTE) == 0.0
    assert scalar(care_lowered(design="teams"), Scalar.PROVIDER_ROUTE) == 1.0
    assert scalar(care_lowered(design="platform"), Scalar.PROVIDER_ROUTE) == 0.0


def test_beside_a_market_todays_teams_stay_teams():
    teams = ("  relationship: centralised\n", "  relationship: decentralised_teams\n")
    found = care_lowered(teams, design="platform")
    assert scalar(found, Scalar.PROVIDER_ROUTE) == 1.0
    assert scalar(found, Scalar.MARKET_SHARE) > 0.0


def test_nobody_finds_their_own_help_outside_a_market():
    stated = ("  looks_per_week:", '  share: {value: 0.4, unit: share, assumption: "x"}\n  looks_per_week:')
    assert scalar(care_lowered(stated), Scalar.MARKET_SHARE) == 0.0
    assert scalar(care_lowered(stated, design="teams"), Scalar.MARKET_SHARE) == 0.0
    assert scalar(care_lowered(design="platform"), Scalar.MARKET_SHARE) == pytest.approx(0.285)


def test_who_a_market_does_not_reach_stays_with_todays_provider_at_todays_terms():
    settings = {"employment_terms": "salaried", "skills": 40.0, "discretion": 50.0, "staff": 0.4}
    market = care_lowered(design="platform", **settings)
    provider = market.plan.employers[0, PROVIDER]
    assert provider.tolist() == care_lowered().plan.employers[0, PROVIDER].tolist()
    stay = [n for n in market.values.numbers if n.startswith(("provider.", "price.provider_", "teams."))]
    assert all(market.values[n] == care_lowered().values[n] for n in stay)
    assert all(market.values.steps[n] == care_lowered().values.steps[n] for n in stay)


def test_without_a_market_the_same_settings_move_the_provider():
    found = care_lowered(employment_terms="salaried").plan.employers[0, PROVIDER]
    assert found[Employer.SECURE_SHARE] == pytest.approx(1.0)
    assert found[Employer.PRICE] > care_lowered().plan.employers[0, PROVIDER, Employer.PRICE] == 24.0


def test_say_counts_from_todays_provider():
    assert care_lowered().plan.employers[0, :, Employer.DISCRETION].tolist() == [0.0, 0.0]
    more = care_lowered(power="frontline_teams").plan.employers[0, PROVIDER, Employer.DISCRETION]
    assert more == pytest.approx(0.5)


@pytest.mark.parametrize("route", ["distributed_responders", "federated_partners", "open_network"])
def test_a_way_of_finding_help_of_another_family_is_refused(route):
    assert refused(relationship=route) == ["MEC001"]


def test_that_is_so_for_todays_service_too():
    assert refused(("  relationship: centralised\n", "  relationship: open_network\n")) == ["MEC001"]


# ---------- pay and price ----------
def test_the_provider_pays_its_wage_and_oncosts_on_it():
    firm = care_lowered().plan.employers[0, PROVIDER]
    assert firm[Employer.HOURLY] == pytest.approx(12.0)
    assert firm[Employer.ONCOST] == pytest.approx(0.2)
    assert firm[Employer.CLIENT_FEE] == firm[Employer.COMMISSION] == 0.0


def test_an_hour_of_pay_costs_the_same_whoever_puts_holiday_and_pension_aside():
    firm = care_lowered(employment_terms="self_employed").plan.employers[0, PROVIDER]
    assert firm[Employer.HOURLY] == pytest.approx(12.0 / 1.14)
    assert firm[Employer.HOURLY] * (1.0 + firm[Employer.ONCOST]) == pytest.approx(12.0)


def test_a_carer_on_the_platform_keeps_the_price_less_commission_holiday_and_pension():
    platform = care_lowered(design="platform").plan.employers[0, PLATFORM]
    kept = 20.0 * (1.0 - 0.216)
    pay = platform[Employer.HOURLY] * (1.0 - platform[Employer.COMMISSION])
    assert pay == pytest.approx(kept / 1.14)
    assert pay * (1.0 + platform[Employer.ONCOST]) == pytest.approx(kept)


# ---------- posts and patches ----------
def test_posts_follow_hours_granted_and_the_factor_of_all_posts():
    assert scalar(care_lowered(), Scalar.POSTS) == pytest.approx(10.0)
    assert scalar(care_lowered(), Scalar.POSTS_PER_HOUR) == pytest.approx(1 / 20)
    half = care_lowered(staff=0.425)
    assert scalar(half, Scalar.POSTS) == pytest.approx(5.0)
    assert scalar(half, Scalar.POSTS_PER_HOUR) == pytest.approx(1 / 40)


def test_reach_is_counted_in_zones():
    assert scalar(care_lowered(), Scalar.REACH_ZONES) == 1.0
    near = ("reach_km: {value: 4,", "reach_km: {value: 2,")
    assert scalar(care_lowered(near), Scalar.REACH_ZONES) == 0.0


def capped(most_carers: int) -> Change:
    cap = f'  most_carers: {{value: {most_carers}, unit: people, assumption: "x"}}'
    return "market:\n", f"teams:\n{cap}\nmarket:\n"


@pytest.mark.parametrize(("most_carers", "n_patches"), [(12, 2), (32, 2), (33, 1), (60, 1), (500, 1)])
def test_a_patch_holds_work_for_two_full_teams(most_carers, n_patches):
    """There are 10 + 200 x 12 / 20 = 130 posts, and two zones to cut."""
    assert len(set(care_lowered(capped(most_carers)).plan.patches)) == n_patches


def test_fewer_posts_make_fewer_patches():
    assert len(set(care_lowered(capped(30), staff=0.425).plan.patches)) == 1


def test_teams_without_a_cap_share_one_patch():
    assert care_lowered().plan.patches.tolist() == [0, 0]


# ---------- dated changes ----------
def test_a_dated_change_is_a_segment_from_its_week_of_the_measured_year():
    plan = care_lowered(dated(on(8, "assess.per_week: 2"))).plan
    assert plan.segment_weeks.tolist() == [0, 4 + 1]
    assert plan.scalars[:, Scalar.ASSESS_PER_WEEK] == pytest.approx([6.0, 12.0])


@pytest.mark.parametrize(("day", "week"), [(1, 4), (7, 4), (8, 5), (91, 16)])
def test_the_first_seven_days_are_the_first_week(day, week):
    assert care_lowered(dated(on(day, "carers.pool: 0.9"))).plan.segment_weeks.tolist() == [0, week]


def test_changes_are_each_on_top_of_those_before_in_order_of_days():
    changes = dated(on(30, "fate.hospital_factor: 3"), on(10, "fate.hospital_factor: 2"))
    hazards = care_lowered(changes).plan.hazards[:, 0, 0, 3] * WEEK
    assert hazards == pytest.approx([0.75, 1.5, 4.5])


def test_two_changes_in_one_week_are_one_segment():
    changes = dated(on(8, "carers.pool: 0.5"), on(14, "carers.pool: 0.5"), on(14, "assess.per_week: 2"))
    plan = care_lowered(changes).plan
    assert plan.segment_weeks.tolist() == [0, 5]
    assert plan.scalars[:, Scalar.POOL_PEOPLE] == pytest.approx([150.0, 37.5])
    assert plan.scalars[:, Scalar.ASSESS_PER_WEEK] == pytest.approx([6.0, 12.0])


def test_a_surprise_comes_on_top():
    plan = lower(
        care_designs()[TODAY],
        care_designs()[TODAY],
        care().surprised("winter"),
        CENTRE,
        CARE_EFFECTS,
        CATALOGUE,
    ).plan
    assert plan.segment_weeks.tolist() == [0, 5, 8]
    assert plan.hazards[:, 0, 0, 3] * WEEK == pytest.approx([0.75, 1.125, 0.5625])


def test_a_dated_wage_moves_the_price_as_far_as_it_is_passed_on():
    plan = care_lowered(dated(on(8, "provider.wage_gbp_per_hour: 1.1"))).plan
    prices = plan.employers[:, PROVIDER, Employer.PRICE]
    assert prices[1] - prices[0] == pytest.approx(0.5 * 1.2 * 1.1 * 1.2 / 0.95)


def test_a_change_before_anything_runs_is_refused():
    no_warm_up = ("warm_up_weeks: 4", "warm_up_weeks: 0")
    assert refused(no_warm_up, dated(on(7, "carers.pool: 0.9"))) == ["MEC007"]
    assert len(care_lowered(no_warm_up, dated(on(8, "carers.pool: 0.9"))).plan.segment_weeks) == 2


def test_a_share_that_a_date_takes_above_all_is_held_or_refused():
    change = dated(on(8, "provider.secure_share: 2"))
    try:
        plan = care_lowered(change, employment_terms="guaranteed_hours").plan
    except Faults:
        return
    assert plan.employers[:, PROVIDER, Employer.SECURE_SHARE].max() <= 1.0


# ---------- ceilings ----------
def test_more_need_than_the_ceiling_is_refused():
    low = ("ceiling_factor: {value: 1.5,", "ceiling_factor: {value: 1.2,")
    assert refused(low, eligibility="universal") == ["MEC003"]


def test_that_is_so_on_any_date():
    assert refused(dated(on(8, "demand.need_factor: 1.6"))) == ["MEC003"]
    assert len(care_lowered(dated(on(8, "demand.need_factor: 1.5"))).plan.scalars) == 2


def test_a_pool_above_its_ceiling_on_any_date_is_refused():
    assert refused(dated(on(8, "carers.pool: 1.4"))) == ["MEC008"]


def test_a_number_that_effects_leave_out_of_bounds_is_refused():
    slow = ("least_visit_minutes: {value: 30,", "least_visit_minutes: {value: 300,")
    assert refused(slow, time=120.0) == ["MEC005"]


def test_every_number_of_the_plan_is_finite():
    for design in care_designs():
        assert all(np.isfinite(a).all() for a in care_lowered(design=design).plan)


def test_a_change_that_names_designs_happens_to_them_only():
    struck = dated("{day: 8, why: x, multiply: {grant.of_need: 0.5}, only: [teams]}")
    assert len(care_lowered(struck).plan.segment_weeks) == 1
    assert len(care_lowered(struck, design="teams").plan.segment_weeks) == 2
    with pytest.raises(Faults) as raised:
        care(dated("{day: 8, why: x, multiply: {grant.of_need: 0.5}, only: [teems]}"))
    assert "teams" in str(raised.value)
