"""Lowering a design of the caseload family: numbers after effects to the plan the engine runs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from remit.briefs.brief import Brief
from remit.briefs.patterns import BANDS
from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import Catalogue
from remit.design.design import Design
from remit.ground.faults import fail
from remit.kernel.alias import alias_table
from remit.kernel.caseload.layout import PLATFORM, PROVIDER, Employer, Floats, Plan, Scalar, World
from remit.mechanism.caseload import fates, geography, hour
from remit.mechanism.caseload.leaving import leaving_hazard
from remit.mechanism.caseload.neighbours import neighbours_of
from remit.mechanism.caseload.tables import (
    EMPLOYER_NAMES,
    EMPLOYERS,
    MINUTES_AN_HOUR,
    SCALARS,
    WORLD,
    told,
)
from remit.mechanism.effect import Effects
from remit.mechanism.geography import zone_km
from remit.mechanism.values import Lowered, Values, check_route, on_a_date, values_of

MARKET, TEAMS, PARTNERS = "market", "teams", "partners"
BESIDE = (MARKET, PARTNERS)  # ways of finding help beside today's provider, who keeps everyone else
STAY_AS_TODAY = ("provider.", "price.provider_", "work.posts", "work.hours_per_post", "teams.")
VOLUNTEERS_TOLD = "clients.family_share"  # what volunteers fill, where they are not simulated one by one
MEALS = "meals"  # what a brief measures that has an uptake
DAYS_A_WEEK = 7
TEAMS_A_PATCH = 2.0


def lower(
    design: Design, today: Design, brief: Brief, scenario: Scenario, effects: Effects, catalogue: Catalogue
) -> Lowered:
    """Return the plan of a design in a scenario.

    Raises:
        Faults: MEC001 a way of finding help that this family does not have, MEC003 and MEC008 a ceiling passed,
            MEC005 a parameter out of bounds.
    """
    todays = values_of(today, today, brief, scenario, effects, catalogue)
    values = values_of(design, today, brief, scenario, effects, catalogue)
    for one, where in ((todays, "today's service"), (values, f'design "{design.id}"')):
        check_route(one, where)
        if one.route == PARTNERS and brief.measures != MEALS:
            raise fail("MEC001", f'"{PARTNERS}" in {where}: the brief has no uptake of it')
    values = at_todays_terms(values, todays)
    provider_route = todays.route if values.route in BESIDE else values.route
    segments = [(0, values), *_dated(brief, values, design.id)]
    plan = plan_of(segments, todays, provider_route, brief, design.id)
    beside = neighbours_of(segments, plan, brief) if values.route == PARTNERS else None
    return Lowered(plan, values, beside=beside)


def at_todays_terms(values: Values, todays: Values) -> Values:
    """Return the values in which those whom no other way reaches stay with today's provider at today's terms."""
    if values.route not in BESIDE:
        return values
    stay = [n for n in values.numbers if n.startswith(STAY_AS_TODAY)]
    stay += [VOLUNTEERS_TOLD] if values.route == PARTNERS else []  # never counted twice
    numbers = {**values.numbers, **{n: todays[n] for n in stay}}
    steps = {**values.steps, **{n: todays.steps[n] for n in stay}}
    return replace(values, numbers=numbers, steps=steps)


def _dated(brief: Brief, values: Values, design: str) -> list[tuple[int, Values]]:
    """Return (first week, values) of each dated change, each on top of those before it; one a week."""
    segments: dict[int, Values] = {}
    current = values
    for change in sorted((c for c in brief.changes if c.happens_to(design)), key=lambda c: c.day):
        current = on_a_date(current, change.multiply)
        week = (brief.warm_up_days + change.day - 1) // DAYS_A_WEEK
        segments[week] = current
    if 0 in segments:
        raise fail("MEC007", "a change in the first week of a run without warm-up", path="changes")
    return list(segments.items())


GRANTS = {
    Scalar.GRANT_DELAY_WEEKS: Scalar.MARKET_GRANT_DELAY_WEEKS,
    Scalar.GRANT_STEP_HOURS: Scalar.MARKET_GRANT_STEP_HOURS,
    Scalar.GRANT_SHARE: Scalar.MARKET_GRANT_SHARE,
}


def _provider_grants(values: Values, first: Values, todays: Values) -> dict[Scalar, float]:
    """Return how hours are granted to the provider's clients: in a market as today, dated changes apart."""
    if values.route not in BESIDE:
        return {}
    found = {}
    for column in GRANTS:
        rule = SCALARS[column]
        now, before = told(rule, values.numbers), told(rule, first.numbers)
        found[column] = told(rule, todays.numbers) * (now / before if before > 0.0 else 1.0)
    return found


def plan_of(
    segments: Sequence[tuple[int, Values]], todays: Values, provider_route: str, brief: Brief, name: str
) -> Plan:
    """Return the plan of a service whose numbers change on dates: (first week, values) in order."""
    values = segments[0][1]
    numbers = values.numbers
    km = zone_km(brief)
    keep, alias = alias_table(geography.cell_weights(brief, numbers))
    plan = Plan(
        segment_weeks=np.array([week for week, _ in segments], np.int64),
        world=_world(numbers, todays.numbers),
        scalars=np.array([_scalars(v, values, todays, provider_route, km, name) for _, v in segments]),
        employers=np.array([_employers(v, todays) for _, v in segments]),
        hazards=np.array([fates.weekly_hazards(v.numbers) for _, v in segments]),
        growth=np.array([fates.weekly_growth(v.numbers) for _, v in segments]),
        first=fates.first_states(numbers),
        births=geography.births_by_week(brief, numbers),
        cell_keep=keep,
        cell_alias=alias,
        client_bands=_bands(brief, numbers, "client_days"),
        client_patterns=_patterns(brief, numbers, "client_days"),
        carer_bands=_bands(brief, numbers, "carer_days"),
        carer_patterns=_patterns(brief, numbers, "carer_days"),
        carer_zones=geography.carer_zones(brief, numbers),
        areas=np.array([z.area_km2 for z in brief.locality.zones]),
        patches=geography.patches(brief, _patches_of(numbers)),
        neighbours=geography.neighbours(km),
        zone_km=km,
    )
    _check(plan, name)
    return plan


def _patches_of(numbers: Mapping[str, float]) -> int:
    """Return how many patches there are: each has work for two full teams at least, so that one can help the other."""
    hours = numbers["clients.at_start"] * numbers["clients.hours_per_week"] * numbers["grant.of_need"]
    posts = (numbers["work.posts"] + hours / numbers["work.hours_per_post"]) * numbers["work.posts_factor"]
    return max(1, int(posts / (TEAMS_A_PATCH * numbers["teams.most_carers"])))


def _world(numbers: Mapping[str, float], todays: Mapping[str, float]) -> Floats:
    row = {column: told(rule, numbers) for column, rule in WORLD.items()}
    # the engine lets as many of the first clients arise as of later births: born at the ceiling, as those are
    row[World.INITIAL_CLIENTS] = round(numbers["clients.at_start"] * numbers["demand.ceiling_factor"])
    # the brief's mean is over everyone, the engine's over those whose needs are not complex
    complex_more = numbers["clients.complex_share"] * (numbers["clients.complex_hours_factor"] - 1.0)
    row[World.HOURS_MEAN] = numbers["clients.hours_per_week"] / MINUTES_AN_HOUR / (1.0 + complex_more)
    # what carers have heard before the run: what an hour offered earns at today's provider
    row[World.PAID_AT_START] = min(1.0, hour.paid_hours(todays) * todays["work.usual_contact_share"])
    return _row(World, row)


def _row(columns: type[World] | type[Scalar] | type[Employer], given: dict) -> Floats:  # type: ignore[type-arg]
    row = np.zeros(len(columns))
    for column, value in given.items():
        row[column] = value
    return row


def _scalars(
    values: Values, first: Values, todays: Values, provider_route: str, km: Floats, name: str
) -> Floats:
    numbers = values.numbers
    need = need_share(values, todays)
    if need > 1.0 + 1e-9:
        raise fail("MEC003", f'{need:.3f} times the ceiling in design "{name}"', path="demand.need_factor")
    factor, hours = numbers["work.posts_factor"], numbers["work.hours_per_post"] / MINUTES_AN_HOUR
    row = {column: told(rule, numbers) for column, rule in SCALARS.items()}
    row |= _provider_grants(values, first, todays)
    row |= {
        Scalar.NEED_SHARE: min(1.0, need),
        Scalar.PROVIDER_ROUTE: float(provider_route == TEAMS),
        Scalar.MARKET_SHARE: numbers["market.share"] if values.route == MARKET else 0.0,
        Scalar.POSTS: numbers["work.posts"] * factor,
        Scalar.POSTS_PER_HOUR: factor / hours,
        Scalar.TOUR_K: numbers["travel.tour_factor"] * numbers["travel.circuity"],
        Scalar.REACH_ZONES: round(geography.zones_in_reach(km, numbers["market.reach_km"] / 1000.0)),
    }
    return _row(Scalar, row)


def need_share(values: Values, todays: Values) -> float:
    """Return the share of births at the ceiling that arise: need and door, each relative to today's."""
    door = values["demand.reach_share"] / todays["demand.reach_share"]
    return values["demand.need_factor"] * door / values["demand.ceiling_factor"]


def _employers(values: Values, todays: Values) -> Floats:
    numbers, base = values.numbers, todays.numbers
    rows = []
    for name in EMPLOYER_NAMES:
        row = {column: told(rule, numbers, name) for column, rule in EMPLOYERS.items()}
        row[Employer.LEAVE_HAZARD] = leaving_hazard(numbers[f"{name}.leave_per_year"], numbers, base)
        row[Employer.DISCRETION] = numbers[f"{name}.discretion"] - base["provider.discretion"]
        rows.append(row)
    net = hour.net_of_carried(numbers)
    rows[PROVIDER] |= {
        Employer.HOURLY: numbers["provider.wage_gbp_per_hour"] * net,
        Employer.TRAVEL_PAID: numbers["provider.travel_paid_share"],
        Employer.PRICE: hour.provider_price(numbers, base),
        Employer.ONCOST: (1.0 + hour.oncost_share(numbers)) / net - 1.0,
    }
    # on the platform carers put holiday and pension aside themselves: taken off their pay, and shown as its on-cost
    carried = hour.carried_share(numbers)
    kept = (1.0 - numbers["platform.commission_share"]) / (1.0 + carried)
    rows[PLATFORM] |= {
        Employer.HOURLY: numbers["price.platform_gbp_per_hour"],
        Employer.CLIENT_FEE: numbers["platform.client_fee_share"],
        Employer.COMMISSION: 1.0 - kept,
        Employer.ONCOST: (1.0 + carried) * (1.0 + numbers["platform.oncost_share"]) - 1.0,
    }
    return np.array([_row(Employer, row) for row in rows])


def _bands(brief: Brief, numbers: Mapping[str, float], head: str) -> Floats:
    return np.array([[numbers[f"{head}.{n}.{band}"] for band in BANDS] for n in brief.named_under(head)])


def _patterns(brief: Brief, numbers: Mapping[str, float], head: str) -> Floats:
    shares: Floats = np.cumsum([numbers[f"{head}.{n}.share"] for n in brief.named_under(head)])
    shares[-1] = 1.0
    return shares


def _check(plan: Plan, name: str) -> None:
    """Refuse what the engine could not run as written."""
    if plan.scalars[:, Scalar.POOL_PEOPLE].max() > plan.world[World.CARER_CEILING] + 1e-9:
        most = plan.scalars[:, Scalar.POOL_PEOPLE].max()
        raise fail("MEC008", f'{most:,.0f} carers in design "{name}"', path="carers.pool")
