"""The benchmark's commons in NumPy: all runs side by side, week by week, with NumPy's own draws.

The same weekly arithmetic as the kernel for income, routine, condition, repairs and their queue, insolvency and
hand-back; what is told is only the share of runs that failed and the condition at the end.
"""

from typing import Any

import numpy as np

import commons_place as place
from remit.kernel.commons.campaign_layout import CampaignPlan, Scalar

ROOM = 400  # repairs in a queue


class Estates:
    """Many runs of the park estate at once."""

    def __init__(self, runs: int, seed: int) -> None:
        self.draw, self.runs = np.random.default_rng(seed), runs
        self.n = place.BODY | place.ECONOMY
        rows: list[dict[str, float]] = place.ASSET_ROWS
        self.asset = {name: np.array([row[name] for row in rows]) for name in rows[0]}
        self.condition = np.tile(self.asset["START"], (runs, 1))
        self.budget = self.draw.standard_exponential((runs, place.ASSETS))
        self.waiting = np.zeros((runs, place.ASSETS))
        self.queue = np.zeros((runs, ROOM))
        self.whose = np.zeros((runs, ROOM), np.int64)
        self.head, self.tail = np.zeros(runs, np.int64), np.zeros(runs, np.int64)
        self.purse = np.full(runs, self.n["START_RESERVES"])
        self.fund = np.full(runs, self.n["CAPITAL"])
        self.funds: list[np.ndarray] = []
        self.prices, self.wages = np.ones(runs), np.ones(runs)
        self.inflation = np.full(runs, self.n["INFLATION_START"])
        self.growth = np.full(runs, self.n["WAGE_MEAN"])
        self.x = self.draw.standard_normal((len(place.STREAMS), runs))
        self.shock = np.ones((len(place.STREAMS), runs))
        self.grants = np.zeros((place.WEEKS + 208, runs))
        self.givers = np.tile([row[0] for row in place.GIVERS], (runs, 1)).astype(np.int64)
        self.volunteers = np.tile([row[0] for row in place.VOLUNTEERS], (runs, 1)).astype(np.int64)
        self.failed = np.zeros(runs, bool)
        self.looks = np.ones(runs)
        self.coverage = np.zeros(runs)
        self.spending = self.given = self.earned = np.zeros(runs)
        self.at_start = float(self.asset["SIZE"] @ self.asset["START"] / self.asset["SIZE"].sum())

    def new_year(self, year: int) -> None:
        """Draw the economy, shocks and grants; fix the fund's spending."""
        n, runs = self.n, self.runs
        a, b, c = self.draw.standard_normal((3, runs))
        if year:
            self.fund = self.fund_left * np.exp(self.earned - n["FEE"]) + self.given
        self.inflation = n["INFLATION_MEAN"] + n["INFLATION_PHI"] * (self.inflation - n["INFLATION_MEAN"])
        self.inflation = self.inflation + n["INFLATION_SIGMA"] * a
        mixed = n["WAGE_WITH"] * a + np.sqrt(1 - n["WAGE_WITH"] ** 2) * b
        self.growth = (
            n["WAGE_MEAN"] + n["WAGE_PHI"] * (self.growth - n["WAGE_MEAN"]) + n["WAGE_SIGMA"] * mixed
        )
        mixed = n["RETURN_WITH"] * a + np.sqrt(1 - n["RETURN_WITH"] ** 2) * c
        self.earned = self.inflation + n["RETURN_MEAN"] + n["RETURN_SIGMA"] * mixed
        self.price_step = np.exp(self.inflation / 52)
        self.wage_step = np.exp((self.inflation + self.growth) / 52)
        for i, row in enumerate(place.STREAMS):
            phi, sigma = row.get("PHI", 0.0), row.get("SIGMA", 0.0)
            if year:
                self.x[i] = phi * self.x[i] + np.sqrt(1 - phi**2) * self.draw.standard_normal(runs)
            self.shock[i] = np.exp(sigma * self.x[i] - sigma**2 / 2)
            if "WINS" in row:
                lasts = int(row["LASTS"])
                won = (
                    self.draw.poisson(row["WINS"], runs) * ~self.failed * row["AMOUNT"] * self.prices / lasts
                )
                self.grants[52 * year : 52 * year + lasts] += won
        self.funds.append(self.fund)
        seen = self.funds[-int(n["AVERAGE"]) :]
        self.spending = np.clip(n["SPEND"] * sum(seen) / len(seen), 0.0, np.maximum(self.fund, 0.0))
        self.fund_left, self.given = self.fund - self.spending, np.zeros(runs)

    def streams(self, week: int, shocks: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return what the streams give in a week, the council's part of it, and what it costs to raise."""
        total, council, raising = np.zeros((3, self.runs))
        log_prices, log_looks = np.log(self.prices), np.log(self.looks)
        for i, row in enumerate(place.STREAMS):
            if "WINS" in row:
                pounds = self.grants[week] * ~self.failed
            else:
                shape = row.get("GROWTH", 0.0) * (week // 52) + row.get("INDEX", 1.0) * log_prices
                pounds = row["AMOUNT"] / 52 * np.exp(shape + row.get("LOOKS", 0.0) * log_looks) * shocks[i]
                if not row["STAYS"]:
                    pounds = pounds * ~self.failed
            total += pounds
            raising += row.get("RAISING", 0.0) * pounds
            if row["PAYER"] == place.COUNCIL:
                council += pounds
        fallback = self.failed * self.n["FALLBACK"] / 52 * np.exp(self.n["FALLBACK_INDEX"] * log_prices)
        return total + fallback, council + fallback, raising

    def week(self, week: int, replan: np.ndarray) -> np.ndarray:
        """Let a week pass; return which runs failed in it."""
        n, draw = self.n, self.draw
        if week % 52 == 0:
            self.new_year(week // 52)
        self.prices = self.prices * self.price_step
        self.wages = self.wages * self.wage_step
        gift = np.array([row[2] for row in place.GIVERS]) / 52
        self.givers += draw.poisson([row[1] for row in place.GIVERS], self.givers.shape)
        self.givers -= draw.binomial(self.givers, -np.expm1(-n["LAPSE"]))
        self.givers[self.failed] = 0
        self.volunteers += draw.poisson([row[1] for row in place.VOLUNTEERS], self.volunteers.shape)
        self.volunteers -= draw.binomial(self.volunteers, -np.expm1(-n["VOLUNTEER_LAPSE"]))
        gifts = self.givers @ gift * self.prices ** n["GIFT_INDEX"]
        hours = self.volunteers.sum(axis=1) * n["VOLUNTEER_HOURS"]
        supervision = hours * n["SUPERVISION"] * self.wages
        need = (
            self.asset["HOURS"].sum() * n["WAGE"] * self.wages + self.asset["MATERIALS"].sum() * self.prices
        )
        fixed = np.where(self.failed, n["FALLBACK_FIXED"], n["FIXED"]) * self.wages
        kept = gifts * (1 - n["TO_FUND"] - n["GIVERS_RAISING"])
        plans = np.ones(self.runs, bool) if week % 52 == 0 else replan
        if plans.any():
            total, council, raising = self.streams(week, np.ones_like(self.shock))
            optimism = 1 + np.where(self.failed, 0.0, n["OPTIMISM"])
            expected = self.spending + 52 * (council + (total - council - raising + kept) * optimism)
            over = self.purse - np.where(self.failed, 0.0, n["KEEP"]) * 52 * need
            free = expected + n["DRAW"] * np.maximum(0.0, over) - fixed
            free -= n["PROVISION"] * self.prices + 52 * supervision
            least = np.where(self.failed, n["FALLBACK_LEAST"], n["LEAST"])
            self.coverage = np.where(plans, np.clip(free / (52 * need), least, 1.0), self.coverage)
        total, _, raising = self.streams(week, self.shock)
        self.given = self.given + n["TO_FUND"] * gifts
        self.purse = self.purse + total - raising + kept + self.spending / 52
        self.purse -= fixed / 52 + self.coverage * need + supervision
        self.purse += np.where(self.failed, 0.0, n["INTEREST"] / 52) * np.minimum(self.purse, 0.0)
        self.repairs(week, hours * n["VOLUNTEER_WORTH"] / place.ASSETS)
        return self.settle(week, need)

    def repairs(self, week: int, helped: np.ndarray) -> None:
        """Let conditions move, queue the week's repairs, pay the oldest."""
        n, asset = self.n, self.asset
        k = np.minimum(1.0, self.coverage[:, None] + helped[:, None] / asset["HOURS"])
        c = self.condition
        c += asset["RECOVER"] * (1 - c) * k - asset["DECAY"] * c * (1 - k)
        np.clip(c, 0.0, 1.0, out=c)
        self.budget -= asset["RATE"] / 52 * (1 + n["NEGLECT"] * (1 - c))
        with np.errstate(invalid="ignore", divide="ignore"):
            turn = np.fmod(week - asset["FIRST_DUE"], asset["PERIOD"])
        due = (asset["PERIOD"] > 0) & (week >= asset["FIRST_DUE"]) & (turn == 0)
        if due.any():
            self.join(np.tile(due, (self.runs, 1)), np.broadcast_to(asset["PERIODIC"], c.shape))
        hit = self.budget <= 0.0
        if hit.any():
            cost = np.zeros(c.shape)
            sigma = np.broadcast_to(asset["COST_SIGMA"], c.shape)[hit]
            drawn = sigma * self.draw.standard_normal(len(sigma)) - sigma**2 / 2
            cost[hit] = np.broadcast_to(asset["COST"], c.shape)[hit] * np.exp(drawn)
            self.join(hit, cost)
            self.budget[hit] = self.draw.standard_exponential(len(sigma))
        hold = np.where(self.failed, 0.0, n["HOLD"])
        rows = np.arange(self.runs)
        while True:
            first = self.queue[rows, self.head % ROOM]
            can = rows[(self.head < self.tail) & (self.purse >= first + hold)]
            if not len(can):
                break
            self.purse[can] -= first[can]
            self.waiting[can, self.whose[can, self.head[can] % ROOM]] -= 1
            self.head[can] += 1
        looks = c * np.maximum(0.0, 1 - n["OPEN_WEIGHT"] * self.waiting)
        self.told = looks @ asset["SIZE"] / asset["SIZE"].sum()
        self.looks = np.clip(self.told / self.at_start, 0.05, 5.0)

    def join(self, which: np.ndarray, cost: np.ndarray) -> None:
        """Put repairs at the end of the queues."""
        run, a = np.nonzero(which)
        place_in = (self.tail[run] + np.cumsum(which, axis=1)[run, a] - 1) % ROOM
        self.queue[run, place_in] = cost[run, a] * self.prices[run]
        self.whose[run, place_in] = a
        self.waiting += which
        self.tail += which.sum(axis=1)

    def settle(self, week: int, need: np.ndarray) -> np.ndarray:
        """Fill the council's purses, hand back what is insolvent."""
        fails = ~self.failed & (self.purse < -self.n["BORROW"])
        self.purse = np.where(fails | (self.failed & (self.purse < 0.0)), 0.0, self.purse)
        self.failed |= fails
        if week % 52 == 51:
            self.purse = np.where(
                self.failed, np.minimum(self.purse, self.n["CARRY"] * 52 * need), self.purse
            )
        return fails


def run_estates(runs: int, seed: int) -> tuple[float, float]:
    """Return the share of runs that failed, and their mean condition at the end."""
    estates = Estates(runs, seed)
    replan = np.zeros(runs, bool)
    for week in range(place.WEEKS):
        replan = estates.week(week, replan)
    return float(estates.failed.mean()), float(estates.told.mean())


def run_projects(plan: CampaignPlan, seed: int) -> tuple[int, int]:
    """Return how many campaigns ran in a year and how many succeeded: all of them side by side.

    Pledges of a week are summed, not counted one by one; the pot of the match is looked at week by week, not in order.
    """
    draw, n = np.random.default_rng(seed), {s.name: float(plan.scalars[s]) for s in Scalar}

    def lognormal(mean: Any, sigma: float, size: int) -> np.ndarray:
        return mean * np.exp(sigma * draw.standard_normal(size) - sigma**2 / 2)

    weeks, lead = int(n["WEEKS"]), int(n["LEAD"])
    born = draw.poisson(n["IDEAS"] * (place.YEAR - weeks - lead + 1))
    weights = np.bincount(plan.cell_alias, 1 - plan.cell_keep, len(plan.cell_keep)) + plan.cell_keep
    cell = draw.choice(len(weights), born, p=weights / weights.sum())
    cell = cell[draw.random(born) < plan.forward[1][cell % 5]]
    zone, fifth, many = cell // 5, cell % 5, len(cell)
    cost = np.clip(lognormal(n["COST_MEAN"], n["COST_SIGMA"], many), n["COST_LEAST"], n["COST_MOST"])
    goal = cost / (1 - n["FEE"])
    appeal = lognormal(1.0, n["APPEAL_SIGMA"], many)
    network = lognormal(n["NETWORK_MEAN"] * plan.network_factor[fifth], n["NETWORK_SIGMA"], many)
    early = np.exp(-np.arange(weeks) / n["EARLY"])
    offered = np.minimum(plan.match_share[fifth] * goal, n["MATCH_MOST"])
    pledged, held, pot = np.zeros(many), np.zeros(many), n["POT"]
    for t in range(weeks):
        more = 1 + n["MATCH_RESPONSE"] * (offered > 0)
        crowd = n["CROWD"] * plan.reach[zone] * appeal
        crowd *= 1 + n["MOMENTUM"] * np.minimum(1.0, (pledged + held) / goal)
        crowd *= n["SURGE"] if t == weeks - 1 else 1.0
        means = network * n["FRIENDS"] * early[t] / early.sum() + crowd
        count = draw.poisson(means * more) * (pledged + held < n["OVER"] * goal)
        whose = np.repeat(np.arange(many), count)
        from_fifth = (plan.givers[zone[whose]] > draw.random((len(whose), 1))).argmax(axis=1)
        size = lognormal(n["GIFT_MEAN"] * plan.gift_factor[from_fifth], n["GIFT_SIGMA"], len(whose))
        size *= 1 + n["MATCH_SIZE"] * (offered[whose] > 0)
        pledged += np.bincount(whose, np.clip(size, n["GIFT_LEAST"], n["GIFT_MOST"]), many)
        reached = (offered > 0) & (pledged >= n["THRESHOLD"] * goal)
        reached &= np.cumsum(offered * reached) <= pot
        pot -= float(offered[reached].sum())
        held[reached], offered[reached] = offered[reached], 0.0
    return many, int((pledged + held >= goal).sum())
