"""Projects simulated: what was made where, who gave, what it cost the council."""

import math
from itertools import pairwise

import numpy as np

from remit.briefs.brief import Brief
from remit.kernel.commons.campaign_layout import CampaignPlan, CampaignTape, Count, Scalar
from remit.kernel.commons.layout import WEEKS_A_YEAR, Floats
from remit.mechanism.commons.places import people_by_zone
from remit.mechanism.commons.tables import MINUTES_AN_HOUR
from remit.mechanism.cost import YearlyCost
from remit.mechanism.geography import own_fifths
from remit.mechanism.values import Lowered
from remit.simulate.groups import Columns, groups_of, laid_out
from remit.simulate.rows import RunRows, ratio

TENTH = 0.1
DAYS_A_YEAR = 364
SIZES = (16, 24, 32)  # bins at which gifts are £16, £64 and £256
SIZE_NAMES = ("small_gifts_share", "middle_gifts_share", "larger_gifts_share", "large_gifts_share")


def project_rows(
    tape: CampaignTape, lowered: Lowered, brief: Brief, cost: YearlyCost, everyone_only: bool
) -> RunRows:
    """Return named outcomes of runs of a place's projects: everyone, the place's own fifths, years."""
    n_years = brief.days // DAYS_A_YEAR
    groups = groups_of(n_years, "year", everyone_only)
    by_fifth = tape.counts / n_years  # (R, 5, counts)
    every = by_fifth.sum(1)
    people = people_by_zone(brief) @ own_fifths(brief)
    measured = tape.weekly[:, : n_years * WEEKS_A_YEAR, 0]  # what is funded after that is in the totals only
    made_by_year = measured.reshape(len(every), n_years, WEEKS_A_YEAR).sum(2)
    with np.errstate(divide="ignore", invalid="ignore"):
        columns: Columns = {
            "need": laid_out(groups, np.full(len(every), people.sum()), np.tile(people, (len(every), 1))),
            "project_worth": laid_out(groups, every[:, Count.WORTH], by_fifth[:, :, Count.WORTH]),
            "projects_made": laid_out(groups, every[:, Count.MADE], by_fifth[:, :, Count.MADE], made_by_year),
            "ideas_missed": laid_out(groups, _missed(every), _missed(by_fifth)),
            "came_forward": laid_out(groups, every[:, Count.CAME], by_fifth[:, :, Count.CAME]),
        }
        whole = _raised(tape, every, n_years, lowered) | _money(every, lowered, cost)
        whole["worth_per_pound"] = ratio(every[:, Count.WORTH], whole["cost_public"])
    columns |= {name: laid_out(groups, values) for name, values in whole.items()}
    gifts = tape.gifts[:, :, 1] / n_years
    columns["gifts"] = laid_out(groups, gifts.sum(1), gifts)
    return RunRows(groups, columns, np.zeros((len(every), 0)))


def tail_of(plan: CampaignPlan) -> int:
    """Return weeks, in whole years, that the last campaigns take beyond the years in which ideas are born."""
    scalars = plan.scalars
    longest = float(scalars[Scalar.LEAD] + max(scalars[Scalar.WEEKS], scalars[Scalar.SHARE_WEEKS]))
    return WEEKS_A_YEAR * math.ceil(longest / WEEKS_A_YEAR)


def _missed(counts: Floats) -> Floats:
    """Return the share of ideas that came to nothing; those still running at the end are in neither count."""
    ideas = counts[..., Count.IDEAS] - counts[..., Count.HELD]
    return ratio(ideas - counts[..., Count.MADE], ideas)


def _raised(tape: CampaignTape, every: Floats, n_years: int, lowered: Lowered) -> Columns:
    """Return how campaigns fare, and who gives how much."""
    values = lowered.values
    ended = every[:, Count.SUCCEEDED] + every[:, Count.SMALLER] + every[:, Count.FAILED]
    number = tape.gifts[:, :, 0].sum(1) / n_years
    pounds = every[:, Count.COLLECTED]
    paid = every[:, Count.MATCH]
    won = every[:, Count.SUCCEEDED] + every[:, Count.SMALLER]
    return {
        "campaign_success": ratio(every[:, Count.SUCCEEDED], ended),
        "delivered_share": ratio(every[:, Count.MADE], every[:, Count.FUNDED]),
        "late_share": ratio(every[:, Count.LATE], every[:, Count.MADE]),
        "gifts_net": pounds * (1.0 - values["crowd.displaced_share"]),
        "gifts_total": pounds,
        "gift_mean": ratio(pounds, number),
        "top_tenth_share": top_share(tape.sizes, TENTH),
        **by_size(tape.sizes),
        "backers": np.where(number > 0.0, ratio(number, won), np.nan),
        "leverage": ratio(pounds, paid),
        "fees": every[:, Count.FEES],
        "shares_sold": every[:, Count.SHARES],
        "investors_lost": every[:, Count.INVESTORS_LOST],
    }


def by_size(sizes: Floats) -> Columns:
    """Return what gifts of each size bring, of all pounds given; four bins of the engine double a gift's size.

    >>> by_size(np.ones((1, 64, 2)))["small_gifts_share"].tolist()
    [0.25]
    """
    pounds = sizes[:, :, 1]
    total = pounds.sum(1)
    ends = (0, *SIZES, pounds.shape[1])
    return {
        name: ratio(pounds[:, start:stop].sum(1), total)
        for name, (start, stop) in zip(SIZE_NAMES, pairwise(ends), strict=True)
    }


def top_share(sizes: Floats, share: float) -> Floats:
    """Return what the largest ``share`` of gifts bring, of all pounds given.

    Args:
        sizes: ``(R, bins, 2)`` how many gifts of each size and how many pounds, the smallest first. Within a bin gifts
            are taken as alike, which understates the share a little.
        share: of gifts, counted from the largest.

    >>> sizes = np.array([[[9.0, 9.0], [1.0, 11.0]]])
    >>> top_share(sizes, 0.1).tolist()
    [0.55]
    """
    number, pounds = sizes[:, ::-1, 0], sizes[:, ::-1, 1]
    wanted = share * number.sum(1, keepdims=True)
    above = np.cumsum(number, axis=1) - number  # gifts in larger bins
    part = np.clip(wanted - above, 0.0, number)
    with np.errstate(divide="ignore", invalid="ignore"):
        taken = np.where(number > 0.0, pounds * part / number, 0.0).sum(1)
    return ratio(taken, pounds.sum(1))


def _money(every: Floats, lowered: Lowered, cost: YearlyCost) -> Columns:
    """Return a year's money by who bears it."""
    values = lowered.values
    paid = every[:, Count.GRANTS] + every[:, Count.MATCH] + every[:, Count.BOOSTER]
    fixed = values["pot.fixed_gbp_per_year"] + values["money.service_gbp_per_year"]
    hours = every[:, Count.MADE] * values["projects.volunteer_hours"] / MINUTES_AN_HOUR
    return {
        "match_paid": paid,
        "cost_public": paid + every[:, Count.OFFICERS] + fixed + cost.public_gbp,
        "cost_grants": np.full(len(paid), cost.roles_paid_by_grants_gbp),
        "unpaid_hours": hours,
        "unpaid_value": hours * values["money.unpaid_gbp_per_hour"],
    }
