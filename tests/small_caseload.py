"""Small briefs of the caseload family for tests.

In memory, made-up numbers in place of those that must be given; as a text, changed here and there, read and lowered.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

from remit.briefs.brief import Brief
from remit.briefs.parse import parse_brief
from remit.briefs.scenario import Scenario
from remit.briefs.vocabulary import stated_unit, vocabulary
from remit.catalogue.catalogue import load_catalogue
from remit.design.design import TODAY, Design
from remit.design.parse import designs_of, parse_settings
from remit.ground.document import Document, parse_document
from remit.ground.quantity import Quantity
from remit.mechanism.caseload.lower import lower
from remit.mechanism.effect import load_effects
from remit.mechanism.values import Lowered
from small_brief import small

STATED = {  # in the unit that the name says
    "demand.incidence": 500.0,
    "demand.reach_share": 0.5,
    "clients.at_start": 2000.0,
    "clients.hours_per_week": 13.0,
    "clients.family_share": 0.3,
    "client_days.*.share": 1.0,
    "client_days.*.morning_share": 0.4,
    "client_days.*.midday_share": 0.2,
    "client_days.*.tea_share": 0.2,
    "client_days.*.bed_share": 0.2,
    "fate.stay_weeks": 1.5,
    "assess.per_week": 20.0,
    "grant.delay_weeks": 3.0,
    "grant.step_hours": 0.25,
    "carers.pool": 1200.0,
    "carers.ceiling": 1500.0,
    "carers.hours_per_week": 28.0,
    "carers.local_wage_gbp_per_hour": 12.0,
    "carer_days.*.share": 1.0,
    "carer_days.*.morning_share": 0.4,
    "carer_days.*.midday_share": 0.2,
    "carer_days.*.tea_share": 0.2,
    "carer_days.*.bed_share": 0.2,
    "work.usual_travel_ratio": 0.2,
    "work.usual_known_share": 0.6,
    "work.usual_contact_share": 0.7,
    "work.posts": 100.0,
    "work.hours_per_post": 26.0,
    "provider.wage_gbp_per_hour": 12.5,
    "provider.overbook_share": 0.05,
    "provider.leave_per_year": 0.3,
    "provider.join_per_year": 6.0,
    "provider.start_share": 0.7,
    "provider.client_change_per_year": 1.0,
    "provider.carer_change_per_year": 1.0,
    "provider.overhead_gbp_per_hour": 5.0,
    "provider.surplus_share": 0.03,
    "provider.client_pays_share": 0.125,
    "platform.leave_per_year": 0.3,
    "platform.join_per_year": 3.0,
    "platform.client_change_per_year": 1.0,
    "platform.carer_change_per_year": 1.0,
    "platform.client_pays_share": 0.125,
    "find.least_visit_minutes": 30.0,
    "travel.km_per_hour": 25.0,
    "market.supported_share": 0.1,
    "market.looks_per_week": 3.0,
    "market.client_accepts_share": 0.5,
    "price.provider_gbp_per_hour": 24.0,
    "price.pass_on_share": 1.0,
    "price.platform_gbp_per_hour": 20.0,
    "money.assets_gbp_per_year": 100000.0,
    "money.grant_share": 0.1,
}


@cache
def small_caseload() -> Brief:
    """Return the brief: STATED, and the neutral value of every other number."""
    numbers, stated = {}, set()
    for pattern, spec in vocabulary("caseload").items():
        name = pattern.replace("*", "usual")
        unit = stated_unit(spec)
        if pattern in STATED:
            value = STATED[pattern] * (unit.factor if unit else 1.0)
            stated.add(name)
        else:
            assert spec.default is not None, f"{pattern} must be given"
            value = spec.default
        assert spec.least <= value <= spec.most, pattern
        numbers[name] = Quantity(name, value, unit.name if unit else "", value, value, assumption="Made up.")
    return replace(
        small(),
        id="small-care",
        family="caseload",
        measures="caseload",
        numbers=numbers,
        choices={},
        given=frozenset(stated),
    )


@cache
def as_bought_today() -> Design:
    """Return today as most councils have it: care at home bought from a contractor."""
    catalogue = load_catalogue()
    raw = catalogue.archetypes["commissioned"].settings
    settings, faults = parse_settings(raw, catalogue, Document("commissioned", {}, {}), ())
    assert not faults
    return Design(TODAY, "As most buy it today", settings)


CARE_FILE = "small_caseload.yaml"
CARE = Path(__file__).parent / "unit" / "briefs" / CARE_FILE
CARE_EFFECTS = load_effects("caseload")
CENTRE = Scenario()


def care_text(*changes: tuple[str, str]) -> str:
    """Return the text of the small brief of care, each (old, new) put in where ``old`` stands exactly once."""
    text = CARE.read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


@cache
def care(*changes: tuple[str, str]) -> Brief:
    """Return the small brief of care, changed as in ``care_text``."""
    return parse_brief(care_text(*changes), CARE_FILE)


@cache
def care_designs(*changes: tuple[str, str]) -> dict[str, Design]:
    """Return the designs of the small brief of care."""
    return designs_of(care(*changes), load_catalogue(), parse_document(care_text(*changes), CARE_FILE))


def care_lowered(
    *changes: tuple[str, str], design: str = TODAY, scenario: Scenario = CENTRE, **settings: object
) -> Lowered:
    """Return a design of the small brief of care lowered, some of its settings changed."""
    designs = care_designs(*changes)
    one = designs[design]
    if settings:
        one = Design("turned", "Turned", one.changed(**settings).settings)
    return lower(one, designs[TODAY], care(*changes), scenario, CARE_EFFECTS, load_catalogue())
