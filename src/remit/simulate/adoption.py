"""Uptake simulated: who uses it, what it saves, who is never reached."""

import numpy as np

from remit.briefs.brief import Brief
from remit.kernel.commons.layout import WEEKS_A_YEAR, Floats
from remit.kernel.commons.uptake_layout import Count, UptakeTape
from remit.mechanism.cost import YearlyCost
from remit.mechanism.values import Lowered
from remit.simulate.groups import Columns, Groups, groups_of, laid_out
from remit.simulate.rows import RunRows, ratio

MINUTES_AN_HOUR = 60.0
MAKERS, FAILED, QUALITY = 0, 1, 2  # columns of UptakeTape.makers


def adoption_rows(
    tape: UptakeTape, lowered: Lowered, brief: Brief, cost: YearlyCost, everyone_only: bool
) -> RunRows:
    """Return named outcomes of runs of an uptake: everyone, the place's own fifths, years."""
    n_years = tape.active.shape[1] // WEEKS_A_YEAR
    groups = groups_of(n_years, "year", everyone_only)
    values = lowered.values
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = _use(tape, n_years, values["benefit.reports_share"], groups)
        whole = _makers(tape, n_years) | _peak(tape)
    hours = columns["hours_saved"][:, 0]
    public = values["money.service_gbp_per_year"] + values["money.publish_gbp_per_year"] + cost.public_gbp
    whole |= {
        "value": hours * values["benefit.gbp_per_hour"],
        "cost_public": np.full(len(hours), public),
        "cost_grants": np.full(len(hours), cost.roles_paid_by_grants_gbp),
    }
    columns |= {name: laid_out(groups, one) for name, one in whole.items()}
    left = tape.makers[:, WEEKS_A_YEAR - 1 :: WEEKS_A_YEAR, MAKERS]
    columns["makers"] = laid_out(groups, tape.makers[:, -1, MAKERS], None, left)
    return RunRows(groups, columns, np.zeros((len(hours), 0)))


def _use(tape: UptakeTape, n_years: int, real_share: float, groups: Groups) -> Columns:
    counts = tape.counts
    meant = counts[..., Count.REACHED] + counts[..., Count.OFFLINE]
    mean_active = counts[..., Count.ACTIVE_WEEKS] / tape.active.shape[1]
    saved = counts[..., Count.MINUTES] / MINUTES_AN_HOUR / n_years * real_share
    never = meant - counts[..., Count.EVER]
    by_year = tape.active.sum(2).reshape(len(counts), n_years, WEEKS_A_YEAR).mean(2)

    def told(by_fifth: Floats, by_period: Floats | None = None) -> Floats:
        return laid_out(groups, by_fifth.sum(1), by_fifth, by_period)

    return {
        "need": told(meant),
        "hours_saved": told(saved),
        "active": told(mean_active, by_year),
        "active_end": told(counts[..., Count.ACTIVE_END]),
        "signed": told(counts[..., Count.SIGNED] / n_years),
        "uses": told(counts[..., Count.USES] / n_years),
        "not_reached_share": laid_out(groups, ratio(never.sum(1), meant.sum(1)), ratio(never, meant)),
    }


def _peak(tape: UptakeTape) -> Columns:
    active = tape.active.sum(2)
    peak = active.max(1)
    return {"active_peak": peak, "dropped_share": ratio(peak - active[:, -1], peak)}


def _makers(tape: UptakeTape, n_years: int) -> Columns:
    makers = tape.makers
    return {
        "makers_failed": makers[:, :, FAILED].sum(1) / n_years,
        "nobody_share": (makers[:, :, MAKERS] < 1.0).mean(1),
        "quality": makers[:, -1, QUALITY],
    }
