"""A plain twin of the estate engine: slow, readable, written from ``docs/explanation/commons.md``."""

from dataclasses import dataclass

from remit.kernel.commons.estate_layout import COUNCIL, FUND, GIVERS, Asset, EstatePlan, Income, Scalar, Year
from twin.commons_draws import FIFTHS, REPAIR, VOLUNTEERS, chance, count, exp, log, lognormal, some
from twin.estate_money_twin import Numbers, Paid


@dataclass
class Told:
    """What a run of the twin leaves behind."""

    years: list[Numbers]
    assets: list[Numbers]
    gifts: list[Numbers]
    ends: Numbers
    purses: Numbers  # at the end of each week: the kernel does not tell this


class Land(Paid):
    """Volunteers, condition, repairs."""

    def __init__(self, plan: EstatePlan, seed: int, luck: int) -> None:
        super().__init__(plan, seed, luck)
        self.assets = [dict(zip(Asset, row, strict=True)) for row in plan.assets.tolist()]
        self.condition = [a[Asset.START] for a in self.assets]
        self.volunteers = [int(row[0]) for row in plan.volunteers.tolist()]
        self.volunteer_join = [row[1] for row in plan.volunteers.tolist()]
        self.share = plan.volunteer_share.tolist()
        self.surprises = [0] * len(self.assets)
        self.budget = [-log(self.draws.of(REPAIR, a, 0)[0]) for a in range(len(self.assets))]
        self.queue: list[tuple[int, float]] = []  # asset, pounds; oldest first
        self.told = list(self.condition)
        self.at_start = self.mean_told()

    def mean_told(self) -> float:
        """Return the estate's condition as it is told, weighted by size."""
        sizes = [a[Asset.SIZE] for a in self.assets]
        total = sum(sizes)
        return sum(s * c for s, c in zip(sizes, self.told, strict=True)) / total if total > 0 else 0.0

    def need(self) -> float:
        """Return the pounds of a week's routine work."""
        pay = self.of(Scalar.WAGE) * self.wages
        return sum(a[Asset.HOURS] * pay + a[Asset.MATERIALS] * self.prices for a in self.assets)

    def supervision(self, volunteers: list[int]) -> float:
        """Return what a week's supervision of volunteers costs."""
        hours = sum(volunteers) * self.of(Scalar.VOLUNTEER_HOURS)
        return hours * self.of(Scalar.SUPERVISION) * self.wages

    def volunteers_move(self) -> None:
        """Let volunteers join and lapse."""
        if self.week < self.of(Scalar.VOLUNTEERS_START):
            return
        for f in FIFTHS:
            u_join, u_lapse, _, _ = self.draws.of(VOLUNTEERS, 5 * self.week + f)
            gone = some(u_lapse, self.volunteers[f], chance(self.of(Scalar.VOLUNTEER_LAPSE)))
            self.volunteers[f] += count(u_join, self.volunteer_join[f]) - gone

    def weather(self, coverage: float) -> int:
        """Let conditions move, then queue the week's repairs; return how many surprises came."""
        counted = self.of(Scalar.VOLUNTEER_HOURS) * self.of(Scalar.VOLUNTEER_WORTH)
        came = 0
        for i, asset in enumerate(self.assets):
            k = coverage
            if asset[Asset.HOURS] > 0:
                helped = sum(self.volunteers[f] * self.share[i][f] for f in FIFTHS) * counted
                k = min(1.0, coverage + helped / asset[Asset.HOURS])
            c = self.condition[i]
            c += asset[Asset.RECOVER] * (1 - c) * k - asset[Asset.DECAY] * c * (1 - k)
            self.condition[i] = c = min(max(c, 0.0), 1.0)
            since = self.week - int(asset[Asset.FIRST_DUE])
            if asset[Asset.PERIOD] > 0 and since >= 0 and since % int(asset[Asset.PERIOD]) == 0:
                self.queue.append((i, asset[Asset.PERIODIC]))
            self.budget[i] -= asset[Asset.RATE] / 52 * (1 + self.of(Scalar.NEGLECT) * (1 - c))
            if self.budget[i] <= 0:
                u_cost = self.draws.of(REPAIR, i, self.surprises[i])[1]
                pounds = lognormal(u_cost, asset[Asset.COST], asset[Asset.COST_SIGMA])
                self.queue.append((i, pounds))
                self.surprises[i] += 1
                self.budget[i] += -log(self.draws.of(REPAIR, i, self.surprises[i])[0])
                came += 1
        return came

    def tell_condition(self) -> None:
        """See what the estate looks like at the week's end."""
        waiting = [0] * len(self.assets)
        for i, _ in self.queue:
            waiting[i] += 1
        weight = self.of(Scalar.OPEN_WEIGHT)
        self.told = [c * max(0.0, 1 - weight * n) for c, n in zip(self.condition, waiting, strict=True)]
        looks = self.mean_told() / self.at_start if self.at_start > 0 else 1.0
        self.looks = min(max(looks, 0.05), 5.0)


class Twin(Land):
    """The body that keeps the estate, week by week."""

    def __init__(self, plan: EstatePlan, seed: int, luck: int) -> None:
        super().__init__(plan, seed, luck)
        self.purse = self.of(Scalar.START_RESERVES)
        self.independent = self.of(Scalar.INDEPENDENT) == 1
        self.least, self.fixed = self.of(Scalar.LEAST), self.of(Scalar.FIXED)
        self.optimism, self.draw = self.of(Scalar.OPTIMISM), self.of(Scalar.DRAW)
        self.coverage = 0.0
        self.replan = False
        self.insolvent_in = -1.0
        self.row: Numbers = []

    def note(self, column: Year, amount: float) -> None:
        """Add to a column of the year."""
        self.row[column] += amount

    def get(self, payer: int, pounds: float) -> None:
        """Let somebody pay the purse."""
        self.purse += pounds
        self.row[payer] += pounds  # the first columns of a year are the payers, in order

    def spend(self, column: Year, pounds: float) -> None:
        """Pay out of the purse."""
        self.purse -= pounds
        self.note(column, pounds)

    def call(self, pounds: float) -> None:
        """Let the council pay what it had not pledged."""
        self.get(COUNCIL, pounds)
        self.note(Year.CALL, pounds)

    def fallback(self) -> float:
        """Return what the council pays a week after hand-back."""
        if not self.handed_back:
            return 0.0
        grown = self.of(Scalar.FALLBACK) * exp(self.of(Scalar.FALLBACK_GROWTH) * self.year)
        return grown / 52 * exp(self.of(Scalar.FALLBACK_INDEX) * log(self.prices))

    def plan_coverage(self, givers: list[int], volunteers: list[int]) -> None:
        """Plan the year's coverage."""
        sure, hoped = self.spending + 52 * self.fallback(), 0.0
        for i, stream in enumerate(self.streams):
            if int(stream[Income.PAYER]) == COUNCIL:
                sure += self.expected_of(i)
            else:
                hoped += self.expected_of(i)
        kept = 1 - self.of(Scalar.TO_FUND) - self.of(Scalar.GIVERS_RAISING)
        hoped += 52 * sum(givers[f] * self.gift_of(f) for f in FIFTHS) * kept
        yearly = 52 * self.need()
        draw = max(0.0, self.purse - self.of(Scalar.KEEP) * yearly) * self.draw
        free = sure + hoped * (1 + self.optimism) + draw - self.fixed * self.wages
        free -= self.of(Scalar.PROVISION) * self.prices + 52 * self.supervision(volunteers)
        self.coverage = max(self.least, min(1.0, free / yearly if yearly > 0 else 1.0))

    def income_of_week(self) -> tuple[float, Numbers]:
        """Take the week's income; return what is spent on raising it, and gifts by fifth."""
        raising = 0.0
        for i, stream in enumerate(self.streams):
            pounds = self.income(i)
            self.get(int(stream[Income.PAYER]), pounds)
            raising += stream[Income.RAISING] * pounds
        self.get(FUND, self.spending / 52)
        if self.handed_back:
            pounds = self.fallback()
            self.get(COUNCIL, pounds)
            self.note(Year.CALL, max(0.0, pounds - self.would_have_paid()))
        gifts = [self.givers[f] * self.gift_of(f) for f in FIFTHS]
        to_fund = self.of(Scalar.TO_FUND) * sum(gifts)
        self.get(GIVERS, sum(gifts))
        self.spend(Year.TO_FUND, to_fund)
        self.fund += to_fund
        self.given_to_fund += to_fund
        return raising + self.of(Scalar.GIVERS_RAISING) * sum(gifts), gifts

    def would_have_paid(self) -> float:
        """Return what the council's streams that stopped at hand-back would have paid this week."""
        return sum(
            self.flow(i, self.shock[i])
            for i, s in enumerate(self.streams)
            if int(s[Income.PAYER]) == COUNCIL and s[Income.ON] != 0 and not self.on[i]
        )

    def pay_costs(self, raising: float) -> None:
        """Pay what each week costs."""
        self.spend(Year.RAISING, raising)
        self.spend(Year.FIXED, self.fixed * self.wages / 52)
        self.spend(Year.ROUTINE, self.coverage * self.need())
        self.spend(Year.SUPERVISION, self.supervision(self.volunteers))
        if self.independent and self.purse < 0:
            self.spend(Year.INTEREST, self.of(Scalar.INTEREST) / 52 * -self.purse)

    def pay_repairs(self) -> None:
        """Pay the oldest repairs as long as the purse holds them."""
        hold = self.of(Scalar.HOLD) if self.independent else 0.0
        while self.queue and self.purse > hold:
            asset, pounds = self.queue.pop(0)
            paid = min(pounds * self.prices, self.purse - hold)
            self.spend(Year.REPAIRS, paid)
            if paid < pounds * self.prices:
                self.queue.insert(0, (asset, pounds - paid / self.prices))
                break

    def settle(self) -> None:
        """Fill the council's purse, or see whether an independent body can go on."""
        if self.independent:
            if self.purse < -self.of(Scalar.BORROW):
                self.hand_back()
        elif self.purse < 0:
            self.call(-self.purse)
        if not self.independent and self.week % 52 == 51:
            over = self.purse - self.of(Scalar.CARRY) * 52 * self.need()
            if over > 0:
                self.spend(Year.BACK, over)

    def hand_back(self) -> None:
        """Give the estate back to the council."""
        owed, paid = -self.purse, self.of(Scalar.GUARANTEE) * -self.purse
        self.call(paid)
        self.note(Year.WRITTEN_OFF, owed - paid)
        self.purse = 0.0
        self.call(self.of(Scalar.STEP_IN) * self.prices)
        self.spend(Year.STEP_IN, self.of(Scalar.STEP_IN) * self.prices)
        self.independent, self.handed_back, self.replan = False, True, True
        self.insolvent_in = float(self.week)
        self.on = [s[Income.STAYS] != 0 for s in self.streams]
        self.grants = [g for g in self.grants if self.on[g.stream]]
        self.least, self.fixed = self.of(Scalar.FALLBACK_LEAST), self.of(Scalar.FALLBACK_FIXED)
        self.optimism = self.draw = 0.0
        self.givers = [0] * 5

    def run(self, weeks: int) -> Told:
        """Run and return what happened."""
        told = Told([], [], [], [], [])
        for self.week in range(weeks):
            if self.week % 52 == 0:
                told.years.append([0.0] * len(Year))
                told.assets.append([0.0] * len(self.assets))
                told.gifts.append([0.0] * 5)
                self.row = told.years[-1]
                if self.week == 0:
                    self.note(Year.CAPITAL, self.fund)
                    if int(self.of(Scalar.CAPITAL_PAYER)) == COUNCIL:
                        self.note(Year.CAPITAL_COUNCIL, self.fund)
                self.new_year(self.year)
                self.streams_new_year()
                self.note(Year.RETURNS, self.fund_new_year())
            self.prices *= self.price_step
            self.wages *= self.wage_step
            givers, volunteers = list(self.givers), list(self.volunteers)
            self.givers_move()
            self.volunteers_move()
            if self.week % 52 == 0 or self.replan:
                self.plan_coverage(givers, volunteers)
                self.replan = False
            raising, gifts = self.income_of_week()
            self.note(Year.GIVERS, sum(self.givers) / 52)
            self.pay_costs(raising)
            self.note(Year.SURPRISES, self.weather(self.coverage))
            self.pay_repairs()
            self.settle()
            self.tell_condition()
            self.tell_week(told, gifts)
        told.ends = [self.insolvent_in, 0.0]
        return told

    def tell_week(self, told: Told, gifts: Numbers) -> None:
        """Add the week to what is told of its year."""
        self.note(Year.COVERAGE, self.coverage / 52)
        self.note(Year.CONDITION, self.mean_told() / 52)
        self.note(Year.VOLUNTEERS, sum(self.volunteers) / 52)
        self.note(Year.VOLUNTEER_HOURS, sum(self.volunteers) * self.of(Scalar.VOLUNTEER_HOURS))
        self.note(Year.PRICES, self.prices / 52)
        self.note(Year.NEED, self.need())
        self.row[Year.PURSE] = self.purse
        self.row[Year.FUND] = self.fund
        self.row[Year.OWED_BY_FUND] = self.spending * (51 - self.week % 52) / 52
        self.row[Year.QUEUE] = sum(pounds for _, pounds in self.queue)
        self.row[Year.INSOLVENT] = float(self.handed_back)
        for f in FIFTHS:
            told.gifts[-1][f] += gifts[f]
        for i, looks in enumerate(self.told):
            told.assets[-1][i] += looks / 52
        told.purses.append(self.purse)


def run_estate_twin(plan: EstatePlan, weeks: int, seed: int, luck: int) -> Told:
    """Return what one run of an estate leaves behind, by years of 52 weeks."""
    return Twin(plan, seed, luck).run(weeks)
