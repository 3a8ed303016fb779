"""Lowering a place's projects: numbers after effects to the plan that the campaigns engine runs."""

import numpy as np

from remit.briefs.brief import Brief
from remit.kernel.alias import alias_table
from remit.kernel.commons.campaign_layout import CampaignPlan, Scalar
from remit.kernel.commons.layout import Floats
from remit.kernel.elementary import lognormal_sigma
from remit.mechanism.commons.places import mean_one, people_by_fifth, people_by_zone
from remit.mechanism.commons.tables import (
    CAMPAIGN,
    CAMPAIGN_SPREADS,
    CAMPAIGN_WEEKS,
    MINUTES_A_WEEK,
    ROUTE_NAMES,
    WEEKS,
    told,
)
from remit.mechanism.geography import by_fifth, own_fifths, zone_km
from remit.mechanism.values import Values

DAYS_A_WEEK = 7


def campaign_plan(values: Values, brief: Brief, pot_gbp: float) -> CampaignPlan:
    """Return the plan of a year's projects, with so many pounds a year in the council's pot."""
    people = people_by_fifth(brief)
    ideas = _idea_weights(brief, values)
    keep, alias = alias_table(ideas.ravel())
    from_fifth = ideas.sum(axis=0)
    reach, givers = _reach(brief, values)
    return CampaignPlan(
        scalars=_scalars(values, brief, pot_gbp),
        cell_keep=keep,
        cell_alias=alias,
        forward=np.array([_forward(name, values, from_fifth) for name in ROUTE_NAMES]),
        match_share=_match(values, people),
        network_factor=mean_one(by_fifth(values["projects.network_deprived_factor"]), from_fifth),
        gift_factor=mean_one(by_fifth(values["crowd.gift_deprived_factor"]), people),
        reach=reach,
        givers=givers,
    )


def _scalars(values: Values, brief: Brief, pot_gbp: float) -> Floats:
    row = np.zeros(len(Scalar))
    for column, rule in CAMPAIGN.items():
        row[column] = told(rule, values.numbers)
    for column, name in CAMPAIGN_SPREADS.items():
        row[column] = lognormal_sigma(values[name])
    for column, name in CAMPAIGN_WEEKS.items():
        row[column] = round(values[name] / MINUTES_A_WEEK)
    row[Scalar.IDEAS] = values["projects.ideas"] * brief.locality.population / 100_000.0 / WEEKS
    row[Scalar.POT] = pot_gbp
    row[Scalar.BORN_UNTIL] = brief.days // DAYS_A_WEEK
    for column in (Scalar.PANEL_ON, Scalar.CROWD_ON, Scalar.SHARES_ON, Scalar.MATCH_ON, Scalar.KEEP):
        row[column] = float(row[column] > 0.5)
    return row


def _idea_weights(brief: Brief, values: Values) -> Floats:
    """Return ``(Z, 5)`` how many ideas come from each zone and fifth, relative to one another."""
    factor = by_fifth(values["projects.idea_deprived_factor"])
    weights: Floats = people_by_zone(brief)[:, None] * own_fifths(brief) * factor
    return weights


def _forward(name: str, values: Values, from_fifth: Floats) -> Floats:
    """Return the share of ideas that come forward by a route, by fifth; their mean over ideas is the brief's."""
    factor = mean_one(by_fifth(values[f"{name}.forward_deprived_factor"]), from_fifth)
    share: Floats = np.minimum(1.0, values[f"{name}.forward_share"] * factor)
    return share


def _match(values: Values, people: Floats) -> Floats:
    """Return the share of a goal that the council offers, by fifth; over people its mean is the brief's."""
    factor = mean_one(by_fifth(values["match.deprived_factor"]), people)
    share: Floats = np.minimum(1.0, values["match.share"] * factor)
    return share


def _reach(brief: Brief, values: Values) -> tuple[Floats, Floats]:
    """Return ``(Z,)`` people in reach of each zone's projects, and ``(Z, 5)`` their fifths, cumulative.

    People count less the farther away they live (a third at the distance of the brief) and by means.
    """
    near = np.exp(-zone_km(brief) / (values["crowd.reach_km"] / 1000.0))
    means = mean_one(by_fifth(values["crowd.means_deprived_factor"]), people_by_fifth(brief))
    giving = people_by_zone(brief)[:, None] * own_fifths(brief) * means  # (Z, 5)
    by_zone: Floats = near @ giving
    total = by_zone.sum(axis=1)
    shares = np.cumsum(by_zone / np.maximum(total, 1e-300)[:, None], axis=1)
    shares[:, -1] = 1.0
    return np.ascontiguousarray(total), np.ascontiguousarray(shares)
