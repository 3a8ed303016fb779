"""A plain twin of the campaigns engine: slow, readable, written from ``docs/explanation/commons.md``."""

import math
from dataclasses import dataclass, field

from remit.kernel.commons.campaign_layout import CAMPAIGN, OFFER, PANEL, CampaignPlan, Count, Scalar
from twin.commons_draws import IDEA, PLEDGE, PLEDGES, Draws, count, exp, log, lognormal

Table = list[list[float]]


@dataclass
class Told:
    """What a run of the twin leaves behind."""

    counts: Table
    zones: Table
    gifts: Table
    sizes: Table
    weekly: Table
    ends: list[float]
    pots: list[float]  # what is left of each year's pot: the kernel does not tell this


@dataclass
class Idea:
    """Someone's idea of a project, and the campaign for it."""

    number: int
    zone: int
    fifth: int
    cost: float
    appeal: float
    network: float
    route: int = -1
    start: int = 0
    weeks: int = 0
    goal: float = 0.0
    pledged: float = 0.0  # by people
    taken: int = 0  # pledges
    gifts: list[tuple[int, float]] = field(default_factory=list)  # giver's fifth, pounds
    offered: float = 0.0  # match on offer
    held: float = 0.0  # match set aside
    held_year: int = 0
    held_week: int = 0

    @property
    def raised(self) -> float:
        """Return what the campaign stands at."""
        return self.pledged + self.held


@dataclass
class Business:
    """A business that people hold shares of."""

    fifth: int
    since: int
    fails: float
    shares: float


class Twin:
    """Ideas, the panel, campaigns, share offers."""

    def __init__(self, plan: CampaignPlan, weeks: int, seed: int, luck: int) -> None:
        self.plan, self.weeks, self.draws = plan, weeks, Draws(seed, luck)
        self.number = dict(zip(Scalar, plan.scalars.tolist(), strict=True))
        self.week = 0
        self.next_idea = 0
        self.running: list[Idea] = []
        self.businesses: list[Business] = []
        self.pots = [self.of(Scalar.POT)] * ((weeks + 51) // 52)
        self.counts = [[0.0] * len(Count) for _ in range(5)]
        self.zones = [[0.0, 0.0] for _ in plan.reach]
        self.gifts = [[0.0] * 3 for _ in range(5)]
        self.sizes = [[0.0, 0.0] for _ in range(64)]
        self.weekly = [[0.0, 0.0] for _ in range(weeks)]

    def of(self, column: Scalar) -> float:
        """Return a number of the plan."""
        return self.number[column]

    def note(self, idea: Idea | Business, column: Count, amount: float = 1.0) -> None:
        """Count something under the idea's fifth."""
        self.counts[idea.fifth][column] += amount

    def run(self) -> Told:
        """Run and return what happened."""
        pending = -log(self.draws.of(IDEA, 0)[0])
        weeks = self.weeks
        for self.week in range(weeks):
            until = self.of(Scalar.BORN_UNTIL)
            is_over = 0 < until <= self.week
            left = 0.0 if is_over else self.of(Scalar.IDEAS)
            while not is_over and pending <= left:
                left -= pending
                self.go(self.birth())
                pending = -log(self.draws.of(IDEA, self.next_idea)[0])
            pending -= left
            for idea in [i for i in self.running if i.start <= self.week]:
                self.live(idea)
            self.running = [i for i in self.running if i.start + i.weeks - 1 > self.week]
            self.businesses = [b for b in self.businesses if self.trade(b)]
        ends = [float(len(self.running)), 0.0]
        return Told(self.counts, self.zones, self.gifts, self.sizes, self.weekly, ends, self.pots)

    # -- ideas ------------------------------------------------------------------------------

    def birth(self) -> Idea:
        """Let the next idea be born."""
        n, plan = self.next_idea, self.plan
        self.next_idea += 1
        _, u_cell, u_cost, u_appeal = self.draws.of(IDEA, n, 0)
        place, rest = divmod(u_cell * len(plan.cell_keep), 1.0)
        cell = int(place) if rest < plan.cell_keep[int(place)] else int(plan.cell_alias[int(place)])
        zone, fifth = divmod(cell, 5)
        cost = lognormal(u_cost, self.of(Scalar.COST_MEAN), self.of(Scalar.COST_SIGMA))
        network = self.of(Scalar.NETWORK_MEAN) * float(plan.network_factor[fifth])
        u_network = self.draws.of(IDEA, n, 1)[0]
        return Idea(
            number=n,
            zone=zone,
            fifth=fifth,
            cost=min(max(cost, self.of(Scalar.COST_LEAST)), self.of(Scalar.COST_MOST)),
            appeal=lognormal(u_appeal, 1.0, self.of(Scalar.APPEAL_SIGMA)),
            network=lognormal(u_network, network, self.of(Scalar.NETWORK_SIGMA)),
        )

    def go(self, idea: Idea) -> None:
        """Send an idea where it goes."""
        self.note(idea, Count.IDEAS)
        if idea.cost >= self.of(Scalar.SHARES_LEAST) and self.of(Scalar.SHARES_ON) == 1:
            idea.route = OFFER
        elif self.of(Scalar.CROWD_ON) == 1:
            idea.route = CAMPAIGN
        elif self.of(Scalar.PANEL_ON) == 1:
            idea.route = PANEL
        _, comes, accepted, _ = self.draws.of(IDEA, idea.number, 1)
        if idea.route < 0 or comes >= self.plan.forward[idea.route, idea.fifth]:
            self.note(idea, Count.MISSED)
            return
        idea.start = self.week + int(self.of(Scalar.LEAD))
        idea.weeks = int(self.of(Scalar.SHARE_WEEKS if idea.route == OFFER else Scalar.WEEKS))
        if idea.route != PANEL and idea.start + idea.weeks > self.weeks:
            self.note(idea, Count.HELD)
            return
        self.note(idea, Count.CAME)
        officers = (Scalar.OFFICER_PANEL, Scalar.OFFICER_CAMPAIGN, Scalar.OFFICER_OFFER)
        self.note(idea, Count.OFFICERS, self.of(officers[idea.route]))
        if idea.route == PANEL:
            self.judge(idea, accepted)
            return
        idea.goal = idea.cost if idea.route == OFFER else idea.cost / (1 - self.of(Scalar.FEE))
        self.running.append(idea)

    def judge(self, idea: Idea, accepted: float) -> None:
        """Let the panel deal with an idea."""
        year = self.week // 52
        too_dear = idea.cost > self.of(Scalar.GRANT_MOST) or idea.cost > self.pots[year]
        if accepted >= self.of(Scalar.ACCEPT) or too_dear:
            self.note(idea, Count.REFUSED)
            return
        self.pots[year] -= idea.cost
        self.weekly[self.week][1] += idea.cost
        self.note(idea, Count.GRANTS, idea.cost)
        self.fund(idea, idea.cost)

    def fund(self, idea: Idea, worth: float) -> None:
        """See what becomes of a project that has its money."""
        self.note(idea, Count.FUNDED)
        delivered = self.draws.of(IDEA, idea.number, 1)[3]
        late = self.draws.of(IDEA, idea.number, 2)[0]
        if delivered >= self.of(Scalar.DELIVER):
            self.note(idea, Count.LOST)
            return
        self.note(idea, Count.MADE)
        self.note(idea, Count.WORTH, worth)
        if late < self.of(Scalar.LATE):
            self.note(idea, Count.LATE)
        self.zones[idea.zone][0] += 1
        self.zones[idea.zone][1] += worth
        self.weekly[self.week][0] += 1

    # -- campaigns --------------------------------------------------------------------------

    def early(self, t: int, weeks: int) -> float:
        """Return the share of friends' pledges that falls in week t of a campaign."""
        weights = [exp(-k / self.of(Scalar.EARLY)) for k in range(weeks)]
        return weights[t] / sum(weights)

    def live(self, idea: Idea) -> None:
        """Let a week of a campaign or an offer pass."""
        t = self.week - idea.start
        last, offer = t == idea.weeks - 1, idea.route == OFFER
        year = self.week // 52
        if t == 0:
            self.note(idea, Count.STARTED)
            if not offer and self.of(Scalar.MATCH_ON) == 1:
                match = min(float(self.plan.match_share[idea.fifth]) * idea.goal, self.of(Scalar.MATCH_MOST))
                idea.offered = match if self.pots[year] >= match else 0.0
        u_friends, u_crowd, _, _ = self.draws.of(PLEDGES, idea.number, t)
        friends = idea.network * self.of(Scalar.FRIENDS)
        friends *= 1 / idea.weeks if offer else self.early(t, idea.weeks)
        crowd = self.of(Scalar.SHARE_CROWD if offer else Scalar.CROWD)
        crowd *= float(self.plan.reach[idea.zone]) * idea.appeal
        crowd *= 1 + self.of(Scalar.MOMENTUM) * min(1.0, idea.raised / idea.goal)
        crowd *= self.of(Scalar.SURGE) if last else 1.0
        more = 1 + self.of(Scalar.MATCH_RESPONSE) if idea.offered > 0 else 1.0
        for _ in range(count(u_friends, friends * more) + count(u_crowd, crowd * more)):
            if idea.raised >= self.of(Scalar.OVER) * idea.goal:
                break
            self.pledge(idea)
        if idea.offered > 0 and idea.pledged >= self.of(Scalar.THRESHOLD) * idea.goal:
            if self.pots[year] >= idea.offered:
                self.pots[year] -= idea.offered
                idea.held, idea.held_year, idea.held_week = idea.offered, year, self.week
            idea.offered = 0.0
        if last:
            self.note(idea, Count.ASKED, idea.goal)
            if offer:
                self.close_offer(idea)
            else:
                self.close_campaign(idea)

    def pledge(self, idea: Idea) -> None:
        """Take a pledge."""
        pair = self.draws.of(PLEDGE, idea.number, idea.taken // 2)
        u_size, u_fifth = pair[:2] if idea.taken % 2 == 0 else pair[2:]
        shares = self.plan.givers[idea.zone].tolist()
        fifth = next((f for f in range(5) if shares[f] > u_fifth), 4)
        names = "SHARE_MEAN SHARE_SIGMA SHARE_SIZE_LEAST SHARE_SIZE_MOST"
        if idea.route == CAMPAIGN:
            names = "GIFT_MEAN GIFT_SIGMA GIFT_LEAST GIFT_MOST"
        mean, sigma, least, most = (self.of(Scalar[name]) for name in names.split())
        size = lognormal(u_size, mean * float(self.plan.gift_factor[fifth]), sigma)
        size *= 1 + self.of(Scalar.MATCH_SIZE) if idea.offered > 0 else 1.0
        size = min(max(size, least), most)
        idea.gifts.append((fifth, size))
        idea.pledged += size
        idea.taken += 1

    def close_campaign(self, idea: Idea) -> None:
        """End a campaign."""
        kept = self.of(Scalar.KEEP) == 1 and idea.raised >= self.of(Scalar.KEEP_LEAST) * idea.goal
        if idea.raised < idea.goal and not kept:
            self.note(idea, Count.FAILED)
            if idea.held_year == self.week // 52:
                self.pots[idea.held_year] += idea.held
            return
        worth = idea.cost
        if idea.raised < idea.goal:
            self.note(idea, Count.SMALLER)
            worth = idea.raised * (1 - self.of(Scalar.FEE))
        else:
            self.note(idea, Count.SUCCEEDED)
        self.note(idea, Count.COLLECTED, idea.pledged)
        self.note(idea, Count.MATCH, idea.held)
        self.note(idea, Count.FEES, self.of(Scalar.FEE) * idea.raised)
        self.weekly[idea.held_week][1] += idea.held
        for fifth, size in idea.gifts:
            place = min(max(math.floor(4 * math.log2(size)), 0), 63)
            self.sizes[place][0] += 1
            self.sizes[place][1] += size
            self.gifts[fifth][0] += 1
            self.gifts[fifth][1] += size
        self.fund(idea, worth)

    def close_offer(self, idea: Idea) -> None:
        """End a share offer."""
        enough = idea.raised >= self.of(Scalar.MINIMUM) * idea.goal
        if not enough or idea.taken < self.of(Scalar.SHARE_MEMBERS):
            self.note(idea, Count.FAILED)
            return
        year = self.week // 52
        booster = min(self.of(Scalar.BOOSTER) * idea.raised, self.of(Scalar.BOOSTER_MOST), self.pots[year])
        self.pots[year] -= booster
        self.weekly[self.week][1] += booster
        self.note(idea, Count.SUCCEEDED)
        self.note(idea, Count.BOOSTER, booster)
        self.note(idea, Count.SHARES, idea.raised)
        for fifth, size in idea.gifts:
            self.gifts[fifth][2] += size
        hazard = self.of(Scalar.FAIL)
        u_fails = self.draws.of(IDEA, idea.number, 2)[1]
        fails = self.week + math.floor(-log(u_fails) / hazard) if hazard > 0 else math.inf
        if self.draws.of(IDEA, idea.number, 1)[3] >= self.of(Scalar.DELIVER):
            fails = self.week  # the project never comes about
        self.businesses.append(Business(idea.fifth, self.week, fails, idea.raised))
        self.fund(idea, min(idea.raised + booster, idea.cost))

    def trade(self, business: Business) -> bool:
        """Let a business pay its shareholders, or fail; tell whether it goes on."""
        if self.week >= business.fails:
            self.note(business, Count.FOLDED)
            self.note(business, Count.INVESTORS_LOST, business.shares)
            return False
        age = self.week - business.since
        if age >= 52:
            self.note(business, Count.INTEREST, self.of(Scalar.INTEREST) / 52 * business.shares)
        if age >= 156:
            out = self.of(Scalar.WITHDRAW) / 52 * business.shares
            business.shares -= out
            self.note(business, Count.WITHDRAWN, out)
        return True


def run_campaign_twin(plan: CampaignPlan, weeks: int, seed: int, luck: int) -> Told:
    """Return what one run of a place's projects leaves behind."""
    return Twin(plan, weeks, seed, luck).run()
