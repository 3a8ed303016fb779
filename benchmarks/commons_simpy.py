"""The benchmark's commons as one writes them in SimPy: a process for each park's repairs, one for the body's weeks.

Surprise repairs come after drawn waiting times (at the hazard of the condition in which the wait begins), periodic
ones by a clock; income, routine and condition are weekly arithmetic in plain Python; a campaign is a process that
waits a week at a time. Python's own draws; nothing is told beyond failure and condition.
"""

import math
import random
from collections import deque
from collections.abc import Generator
from typing import Any

import simpy

import commons_place as place
from remit.kernel.commons.campaign_layout import CampaignPlan, Scalar

BODY = place.BODY
Process = Generator[Any, Any, None]


def poisson(draw: random.Random, mean: float) -> int:
    """Return a Poisson number: by the gaps between arrivals if few, else by the normal."""
    if mean > 30.0:
        return max(0, round(draw.gauss(mean, math.sqrt(mean))))
    n, left = 0, mean
    while (left := left - draw.expovariate(1.0)) > 0.0:
        n += 1
    return n


def lognormal(draw: random.Random, mean: float, sigma: float) -> float:
    """Return a size of this mean."""
    return mean * math.exp(draw.gauss(-(sigma**2) / 2, sigma)) if sigma else mean


class Park:
    """A park with its condition and its repairs."""

    def __init__(self, estate: "Estate", row: dict[str, float]) -> None:
        self.estate, self.row = estate, row
        self.condition, self.waiting = row["START"], 0
        estate.env.process(self.surprises())
        if row["PERIOD"] > 0:
            estate.env.process(self.clock())

    def queue(self, pounds: float) -> None:
        """Put a repair into the estate's queue."""
        self.estate.queue.append((self, pounds * self.estate.prices))
        self.waiting += 1

    def surprises(self) -> Process:
        """Break down now and then."""
        draw, row = self.estate.draw, self.row
        while True:
            hazard = row["RATE"] / 52 * (1 + BODY["NEGLECT"] * (1 - self.condition))
            yield self.estate.env.timeout(draw.expovariate(hazard))
            self.queue(lognormal(draw, row["COST"], row["COST_SIGMA"]))

    def clock(self) -> Process:
        """Fall due by the calendar."""
        yield self.estate.env.timeout(self.row["FIRST_DUE"] + 0.25)
        while True:
            self.queue(self.row["PERIODIC"])
            yield self.estate.env.timeout(self.row["PERIOD"])

    def week(self, coverage: float, helped: float) -> float:
        """Let a week pass; return how it looks."""
        row, c = self.row, self.condition
        k = min(1.0, coverage + helped / row["HOURS"])
        c += row["RECOVER"] * (1 - c) * k - row["DECAY"] * c * (1 - k)
        self.condition = min(max(c, 0.0), 1.0)
        return self.condition * max(0.0, 1 - BODY["OPEN_WEIGHT"] * self.waiting)


class Estate:
    """The body that keeps the parks."""

    def __init__(self, seed: int) -> None:
        self.env, self.draw = simpy.Environment(), random.Random(seed)
        self.queue: deque[tuple[Park, float]] = deque()
        self.prices = self.wages = self.looks = 1.0
        self.parks = [Park(self, row) for row in place.ASSET_ROWS]
        self.size = sum(row["SIZE"] for row in place.ASSET_ROWS)
        self.at_start = sum(p.row["SIZE"] * p.condition for p in self.parks) / self.size
        self.hours = sum(row["HOURS"] for row in place.ASSET_ROWS)
        self.materials = sum(row["MATERIALS"] for row in place.ASSET_ROWS)
        self.purse, self.fund = BODY["START_RESERVES"], BODY["CAPITAL"]
        self.funds: list[float] = []
        self.given = self.left = self.spending = self.earned = self.coverage = self.told = 0.0
        self.inflation, self.growth = place.ECONOMY["INFLATION_START"], place.ECONOMY["WAGE_MEAN"]
        self.x = [self.draw.gauss(0.0, 1.0) for _ in place.STREAMS]
        self.shock = [1.0] * len(self.x)
        self.grants: list[tuple[int, float]] = []
        self.givers = [int(row[0]) for row in place.GIVERS]
        self.volunteers = [int(row[0]) for row in place.VOLUNTEERS]
        self.failed = self.replan = False
        self.env.process(self.weeks())

    def new_year(self, year: int) -> None:
        """Draw the economy, shocks and grants; fix the fund's spending."""
        n, gauss = place.ECONOMY, self.draw.gauss
        a, b, c = gauss(0, 1), gauss(0, 1), gauss(0, 1)
        if year:
            self.fund = self.left * math.exp(self.earned - BODY["FEE"]) + self.given
        pull = n["INFLATION_PHI"] * (self.inflation - n["INFLATION_MEAN"])
        self.inflation = n["INFLATION_MEAN"] + pull + n["INFLATION_SIGMA"] * a
        mixed = n["WAGE_WITH"] * a + math.sqrt(1 - n["WAGE_WITH"] ** 2) * b
        pull = n["WAGE_PHI"] * (self.growth - n["WAGE_MEAN"])
        self.growth = n["WAGE_MEAN"] + pull + n["WAGE_SIGMA"] * mixed
        mixed = n["RETURN_WITH"] * a + math.sqrt(1 - n["RETURN_WITH"] ** 2) * c
        self.earned = self.inflation + n["RETURN_MEAN"] + n["RETURN_SIGMA"] * mixed
        for i, row in enumerate(place.STREAMS):
            phi, sigma = row.get("PHI", 0.0), row.get("SIGMA", 0.0)
            if year:
                self.x[i] = phi * self.x[i] + math.sqrt(1 - phi**2) * gauss(0, 1)
            self.shock[i] = math.exp(sigma * self.x[i] - sigma**2 / 2)
            if "WINS" in row and not self.failed:
                grant = 52 * year + int(row["LASTS"]), row["AMOUNT"] * self.prices / row["LASTS"]
                self.grants += [grant] * poisson(self.draw, row["WINS"])
        self.funds.append(self.fund)
        seen = self.funds[-int(BODY["AVERAGE"]) :]
        self.spending = min(max(BODY["SPEND"] * sum(seen) / len(seen), 0.0), max(self.fund, 0.0))
        self.left, self.given = self.fund - self.spending, 0.0

    def streams(self, week: int, shocks: list[float]) -> tuple[float, float, float]:
        """Return what the streams give in a week, the council's part of it, and what it costs to raise."""
        total = council = raising = 0.0
        for i, row in enumerate(place.STREAMS):
            if self.failed and not row["STAYS"]:
                continue
            if "WINS" in row:
                pounds = sum(weekly for until, weekly in self.grants if week < until)
            else:
                pounds = row["AMOUNT"] / 52 * math.exp(row.get("GROWTH", 0.0) * (week // 52)) * shocks[i]
                pounds *= self.prices ** row.get("INDEX", 1.0) * self.looks ** row.get("LOOKS", 0.0)
            total += pounds
            raising += row.get("RAISING", 0.0) * pounds
            if row["PAYER"] == place.COUNCIL:
                council += pounds
        fallback = self.failed * BODY["FALLBACK"] / 52 * self.prices ** BODY["FALLBACK_INDEX"]
        return total + fallback, council + fallback, raising

    def people(self) -> None:
        """Let givers and volunteers come and go."""
        some = self.draw.random
        for folk, rows, hazard in (
            (self.givers, place.GIVERS, BODY["LAPSE"]),
            (self.volunteers, place.VOLUNTEERS, BODY["VOLUNTEER_LAPSE"]),
        ):
            p = -math.expm1(-hazard)
            for f, row in enumerate(rows):
                gone = (
                    poisson(self.draw, folk[f] * p)
                    if folk[f] > 50
                    else sum(some() < p for _ in range(folk[f]))
                )
                folk[f] += poisson(self.draw, row[1]) - min(gone, folk[f])
        if self.failed:
            self.givers = [0] * 5

    def weeks(self) -> Process:
        """Live week by week."""
        yield self.env.timeout(0.5)
        for week in range(place.WEEKS):
            if week % 52 == 0:
                self.new_year(week // 52)
            self.prices *= math.exp(self.inflation / 52)
            self.wages *= math.exp((self.inflation + self.growth) / 52)
            self.people()
            gifts = sum(n * row[2] for n, row in zip(self.givers, place.GIVERS, strict=True)) / 52
            gifts *= self.prices ** BODY["GIFT_INDEX"]
            hours = sum(self.volunteers) * BODY["VOLUNTEER_HOURS"]
            self.money(week, gifts, hours * BODY["SUPERVISION"] * self.wages)
            helped = hours * BODY["VOLUNTEER_WORTH"] / place.ASSETS
            looks = [park.row["SIZE"] * park.week(self.coverage, helped) for park in self.parks]
            hold = 0.0 if self.failed else BODY["HOLD"]
            while self.queue and self.purse >= self.queue[0][1] + hold:
                park, pounds = self.queue.popleft()
                park.waiting -= 1
                self.purse -= pounds
            self.told = sum(looks) / self.size
            self.looks = min(max(self.told / self.at_start, 0.05), 5.0)
            self.settle(week)
            yield self.env.timeout(1)

    def need(self) -> float:
        """Return a week's routine need."""
        return self.hours * BODY["WAGE"] * self.wages + self.materials * self.prices

    def money(self, week: int, gifts: float, supervision: float) -> None:
        """Plan the year, take the week's income, pay its costs."""
        need, failed = self.need(), self.failed
        fixed = BODY["FALLBACK_FIXED" if failed else "FIXED"] * self.wages
        kept = gifts * (1 - BODY["TO_FUND"] - BODY["GIVERS_RAISING"])
        if week % 52 == 0 or self.replan:
            total, council, raising = self.streams(week, [1.0] * len(self.shock))
            hoped = (total - council - raising + kept) * (1.0 if failed else 1 + BODY["OPTIMISM"])
            over = self.purse - (0.0 if failed else BODY["KEEP"]) * 52 * need
            free = self.spending + 52 * (council + hoped) + BODY["DRAW"] * max(0.0, over) - fixed
            free -= BODY["PROVISION"] * self.prices + 52 * supervision
            least = BODY["FALLBACK_LEAST" if failed else "LEAST"]
            self.coverage, self.replan = max(least, min(1.0, free / (52 * need))), False
        total, _, raising = self.streams(week, self.shock)
        self.given += BODY["TO_FUND"] * gifts
        self.purse += total - raising + kept + self.spending / 52
        self.purse -= fixed / 52 + self.coverage * need + supervision
        if not failed and self.purse < 0.0:
            self.purse *= 1 + BODY["INTEREST"] / 52

    def settle(self, week: int) -> None:
        """Fill the council's purse, or hand back what is insolvent."""
        if not self.failed and self.purse < -BODY["BORROW"]:
            self.failed = self.replan = True
            self.purse, self.grants = 0.0, []
        elif self.failed:
            self.purse = max(self.purse, 0.0)
        if self.failed and week % 52 == 51:
            self.purse = min(self.purse, BODY["CARRY"] * 52 * self.need())


def run_estate(seed: int) -> tuple[bool, float]:
    """Return whether a run failed, and its condition at the end."""
    estate = Estate(seed)
    estate.env.run(until=place.WEEKS)
    return estate.failed, estate.told


class Projects:
    """A year of campaigns."""

    def __init__(self, plan: CampaignPlan, seed: int) -> None:
        self.env, self.draw, self.plan = simpy.Environment(), random.Random(seed), plan
        self.n = {s.name: float(plan.scalars[s]) for s in Scalar}
        self.pot = self.n["POT"]
        self.reach, self.givers = plan.reach.tolist(), plan.givers.tolist()
        self.factor, self.network = plan.gift_factor.tolist(), plan.network_factor.tolist()
        self.forward, self.match = plan.forward[1].tolist(), plan.match_share.tolist()
        self.keep, self.alias = plan.cell_keep.tolist(), plan.cell_alias.tolist()
        early = [math.exp(-t / self.n["EARLY"]) for t in range(int(self.n["WEEKS"]))]
        self.early = [share / sum(early) for share in early]
        self.ran = self.won = 0
        self.env.process(self.ideas())

    def ideas(self) -> Process:
        """Let ideas be born whose campaign would end in time."""
        last = place.YEAR - len(self.early) - self.n["LEAD"]
        while True:
            yield self.env.timeout(self.draw.expovariate(self.n["IDEAS"]))
            at, rest = divmod(self.draw.random() * len(self.keep), 1.0)
            cell = int(at) if rest < self.keep[int(at)] else self.alias[int(at)]
            if self.draw.random() < self.forward[cell % 5] and self.env.now <= last:
                self.env.process(self.campaign(cell // 5, cell % 5))

    def campaign(self, zone: int, fifth: int) -> Process:
        """Ask for money, week by week."""
        n, draw = self.n, self.draw
        self.ran += 1
        cost = min(max(lognormal(draw, n["COST_MEAN"], n["COST_SIGMA"]), n["COST_LEAST"]), n["COST_MOST"])
        goal, appeal = cost / (1 - n["FEE"]), lognormal(draw, 1.0, n["APPEAL_SIGMA"])
        network = lognormal(draw, n["NETWORK_MEAN"] * self.network[fifth], n["NETWORK_SIGMA"])
        yield self.env.timeout(n["LEAD"])
        offered = min(self.match[fifth] * goal, n["MATCH_MOST"])
        offered = offered if self.pot >= offered else 0.0
        pledged = held = 0.0
        for t, early in enumerate(self.early):
            crowd = n["CROWD"] * self.reach[zone] * appeal
            crowd *= 1 + n["MOMENTUM"] * min(1.0, (pledged + held) / goal)
            crowd *= n["SURGE"] if t == len(self.early) - 1 else 1.0
            more = 1 + n["MATCH_RESPONSE"] if offered > 0 else 1.0
            dearer = 1 + n["MATCH_SIZE"] if offered > 0 else 1.0
            for _ in range(poisson(draw, (network * n["FRIENDS"] * early + crowd) * more)):
                if pledged + held >= n["OVER"] * goal:
                    break
                u = draw.random()
                giver = next(f for f, share in enumerate(self.givers[zone]) if share > u)
                size = lognormal(draw, n["GIFT_MEAN"] * self.factor[giver], n["GIFT_SIGMA"]) * dearer
                pledged += min(max(size, n["GIFT_LEAST"]), n["GIFT_MOST"])
            if offered > 0 and pledged >= n["THRESHOLD"] * goal:
                if self.pot >= offered:
                    self.pot -= offered
                    held = offered
                offered = 0.0
            yield self.env.timeout(1)
        if pledged + held >= goal:
            self.won += 1
        else:
            self.pot += held


def run_projects(plan: CampaignPlan, seed: int) -> tuple[int, int]:
    """Return how many campaigns ran in a year and how many succeeded."""
    projects = Projects(plan, seed)
    projects.env.run(until=place.YEAR)
    return projects.ran, projects.won
