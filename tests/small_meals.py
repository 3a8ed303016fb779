"""The small brief of care with neighbours who cook beside the provider, for tests."""

from remit.briefs.brief import Brief
from remit.mechanism.cost import YearlyCost
from remit.mechanism.values import Lowered
from remit.simulate.meals import run
from remit.simulate.rows import RunRows
from small_caseload import care, care_lowered

FREE = YearlyCost(0.0, 0.0, 0.0, 0.0)
COOK = "neighbours"  # the design with cooks
SECTIONS = """
meals:
  paid_minutes: {value: 30, unit: minute, assumption: "A long meal."}
neighbours:
  diner_share: {value: 0.5, unit: share, assumption: "Half would like one."}
  wanted_share: {value: 0.25, unit: share, assumption: "A quarter of their meals."}
  meals_a_turn: {value: 2, unit: factor, assumption: "Two plates."}
  minutes_per_meal: {value: 45, unit: minute, assumption: "A cook's time."}
  saved_share: {value: 0.6, unit: share, assumption: "Kitchens stay."}
  gbp_per_signup: {value: 20, unit: gbp, price_year: 2023, assumption: "Vetting."}
  support_gbp_per_year: {value: 30, unit: gbp_per_year, price_year: 2023, assumption: "Calls."}
  platform_gbp_per_year: {value: 10000, unit: gbp_per_year, price_year: 2023, assumption: "A coordinator."}
  grant_share: {value: 0.25, unit: share, assumption: "A fund."}
  food_gbp_per_meal: {value: 2, unit: gbp, price_year: 2023, assumption: "Own food."}
uptake:
  potential_share: {value: 0.05, unit: share, assumption: "One in twenty."}
  offline_share_most_deprived: {value: 0.2, unit: share, assumption: "Offline."}
  offline_share_least_deprived: {value: 0.1, unit: share, assumption: "Offline."}
  active_at_start_share: {value: 0.1, unit: share, assumption: "Some."}
  innovate_per_week: {value: 0.01, unit: per_week, assumption: "Posters."}
  active_share: {value: 0.5, unit: share, assumption: "Half."}
  churn_per_week: {value: 0.03, unit: per_week, assumption: "Half a year."}
  churn_none_per_week: {value: 0.7, unit: per_week, assumption: "Soon."}
  makers_at_start: {value: 1, unit: people, assumption: "One venture."}
  uses_per_week: {value: 0.5, unit: per_week, assumption: "Every other week."}

assess:
"""
DESIGN = """designs:
  neighbours:
    title: Neighbours cook
    settings: {relationship: federated_partners}
  teams:
"""
MEALS = (("\nassess:\n", SECTIONS), ("designs:\n  teams:\n", DESIGN))


def meals(*changes: tuple[str, str]) -> Brief:
    """Return the small brief of meals; changes may act on what is written here."""
    return care(*_changed(changes))


def meals_lowered(*changes: tuple[str, str], design: str = COOK) -> Lowered:
    """Return a design of the small brief of meals, lowered."""
    return care_lowered(*_changed(changes), design=design)


def meals_run(
    *changes: tuple[str, str], design: str = COOK, lucks: range = range(4), cost: YearlyCost = FREE
) -> RunRows:
    """Return the outcomes of some replicates."""
    return run(meals_lowered(*changes, design=design), meals(*changes), 7, lucks, cost, None)[0]


def _changed(changes: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the changes to the brief of care: a change within what is put in is made before it is put in."""
    said = [list(pair) for pair in MEALS]
    beside = []
    for old, new in changes:
        inside = [pair for pair in said if old in pair[1]]
        for pair in inside:
            pair[1] = pair[1].replace(old, new)
        beside += [] if inside else [(old, new)]
    return (*((a, b) for a, b in said), *beside)
