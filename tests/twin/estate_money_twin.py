"""The money that comes in, in the plain estate twin: economy, streams, grants won, endowment, givers.

Written from ``docs/explanation/commons.md``.
"""

from dataclasses import dataclass

from remit.kernel.commons.estate_layout import EstatePlan, Income, Scalar
from twin.commons_draws import ECONOMY, FIFTHS, GIVERS, INCOME, Draws, chance, count, exp, log, some, z

Numbers = list[float]


@dataclass
class Grant:
    """A grant that was won."""

    stream: int
    until: int  # the first week in which it pays no more
    weekly: float


class Economy:
    """Prices, wages, returns."""

    def __init__(self, plan: EstatePlan, seed: int, luck: int) -> None:
        self.draws = Draws(seed, luck)
        self.number = dict(zip(Scalar, plan.scalars.tolist(), strict=True))
        self.inflation = self.of(Scalar.INFLATION_START)
        self.growth = self.of(Scalar.WAGE_MEAN)
        self.earned = self.inflation_before = 0.0
        self.prices = self.wages = 1.0
        self.price_step = self.wage_step = 1.0

    def of(self, column: Scalar) -> float:
        """Return a number of the plan."""
        return self.number[column]

    def new_year(self, year: int) -> None:
        """Draw the year's inflation, growth of wages and return."""
        u_prices, u_wages, u_returns, _ = self.draws.of(ECONOMY, year)
        a, b, c = z(u_prices), z(u_wages), z(u_returns)
        self.inflation_before = self.inflation
        mean = self.of(Scalar.INFLATION_MEAN)
        pull = self.of(Scalar.INFLATION_PHI) * (self.inflation - mean)
        self.inflation = mean + pull + self.of(Scalar.INFLATION_SIGMA) * a
        shared = self.of(Scalar.WAGE_WITH)
        mean = self.of(Scalar.WAGE_MEAN)
        mixed = shared * a + (1 - shared**2) ** 0.5 * b
        pull = self.of(Scalar.WAGE_PHI) * (self.growth - mean)
        self.growth = mean + pull + self.of(Scalar.WAGE_SIGMA) * mixed
        shared = self.of(Scalar.RETURN_WITH)
        mixed = shared * a + (1 - shared**2) ** 0.5 * c
        self.earned = self.inflation + self.of(Scalar.RETURN_MEAN) + self.of(Scalar.RETURN_SIGMA) * mixed
        self.price_step = exp(self.inflation / 52)
        self.wage_step = exp((self.inflation + self.growth) / 52)


class Paid(Economy):
    """Income: streams, grants won, the endowment, givers."""

    def __init__(self, plan: EstatePlan, seed: int, luck: int) -> None:
        super().__init__(plan, seed, luck)
        self.streams = [dict(zip(Income, row, strict=True)) for row in plan.streams.tolist()]
        self.on = [s[Income.ON] != 0 for s in self.streams]
        self.lost = [False] * len(self.streams)
        self.x = [0.0] * len(self.streams)
        self.shock = [1.0] * len(self.streams)
        self.grants: list[Grant] = []
        self.looks = 1.0
        self.fund = self.of(Scalar.CAPITAL)
        self.spending = self.given_to_fund = self.return_due = 0.0
        self.funds: Numbers = []  # at the starts of the years
        self.givers = [int(row[0]) for row in plan.givers.tolist()]
        self.giver_join = [row[1] for row in plan.givers.tolist()]
        self.gift = [row[2] for row in plan.givers.tolist()]
        self.handed_back = False
        self.week = 0

    @property
    def year(self) -> int:
        """Return the year of the run."""
        return self.week // 52

    def streams_new_year(self) -> None:
        """Draw shocks, lose what is not renewed, win grants."""
        for i, stream in enumerate(self.streams):
            u_shock, goes_on, u_won, _ = self.draws.of(INCOME, i, self.year)
            phi, sigma = stream[Income.PHI], stream[Income.SIGMA]
            fresh = z(u_shock)
            self.x[i] = fresh if self.year == 0 else phi * self.x[i] + (1 - phi**2) ** 0.5 * fresh
            self.shock[i] = exp(sigma * self.x[i] - sigma**2 / 2)
            begun = stream[Income.START] <= self.week
            if self.year > 0 and begun and stream[Income.RENEW] < 1 and goes_on >= stream[Income.RENEW]:
                self.lost[i] = True
            if stream[Income.WINS] > 0 and self.on[i] and self.gives(i):
                pounds = stream[Income.AMOUNT] * self.prices * self.price_step / stream[Income.LASTS]
                until = self.week + int(stream[Income.LASTS])
                self.grants += [Grant(i, until, pounds) for _ in range(count(u_won, stream[Income.WINS]))]

    def gives(self, i: int) -> bool:
        """Tell whether a stream's time has come and is not over."""
        stream = self.streams[i]
        return not self.lost[i] and stream[Income.START] <= self.week < stream[Income.END]

    def flow(self, i: int, shock: float, year: int | None = None) -> float:
        """Return what a stream that is on gives in a week."""
        stream, w = self.streams[i], self.week
        if stream[Income.WINS] > 0 or not self.gives(i):
            return 0.0
        pounds = (
            stream[Income.AMOUNT]
            / 52
            * exp(stream[Income.GROWTH] * (self.year if year is None else year))
            * shock
        )
        pounds *= exp(stream[Income.INDEX] * log(self.prices))
        if stream[Income.RAMP] > 0:
            pounds *= min(1.0, (w - stream[Income.START] + 1) / stream[Income.RAMP])
        if stream[Income.TAPER] > 0:
            pounds *= min(1.0, (stream[Income.END] - w) / stream[Income.TAPER])
        if stream[Income.LOOKS] != 0:
            pounds *= exp(stream[Income.LOOKS] * log(self.looks))
        return min(pounds, stream[Income.CAP] / 52 * self.prices) if stream[Income.CAP] > 0 else pounds

    def income(self, i: int) -> float:
        """Return what a stream brings in this week."""
        if not self.on[i]:
            return 0.0
        won = sum(g.weekly for g in self.grants if g.stream == i and self.week < g.until)
        return won + self.flow(i, self.shock[i])

    def expected_of(self, i: int) -> float:
        """Return what a stream is expected to bring in a year, less what it costs to raise."""
        if not self.on[i]:
            return 0.0
        won = sum(g.weekly * min(52, max(0, g.until - self.week)) for g in self.grants if g.stream == i)
        now, year, coming = self.week, self.year, 0.0
        for self.week in range(now, now + 52):
            coming += self.flow(i, 1.0, year)
        self.week = now
        return (won + coming) * (1 - self.streams[i][Income.RAISING])

    def fund_new_year(self) -> float:
        """Bring in last year's return and fix this year's spending; return what the fund earned."""
        earned = 0.0
        if self.year > 0:
            before = self.fund - self.given_to_fund
            earned = before * self.return_due - before
            self.fund += earned
        self.given_to_fund = 0.0
        self.funds.append(self.fund)
        rule, spend = int(self.of(Scalar.RULE)), self.of(Scalar.SPEND)
        if rule == 1:
            seen = self.funds[-max(1, int(self.of(Scalar.AVERAGE))) :]
            spend *= sum(seen) / len(seen)
        elif rule == 2:
            if self.year > 0:
                spend = self.spending * exp(self.inflation_before)
            spend = max(spend, self.of(Scalar.FLOOR) * self.fund)
        self.spending = min(max(spend, 0.0), max(self.fund, 0.0))
        self.fund -= self.spending
        self.return_due = exp(self.earned - self.of(Scalar.FEE))
        return earned

    def gift_of(self, f: int) -> float:
        """Return what one giver of a fifth gives a week."""
        return self.gift[f] / 52 * exp(self.of(Scalar.GIFT_INDEX) * log(self.prices))

    def givers_move(self) -> None:
        """Let givers join and lapse."""
        for f in FIFTHS:
            u_join, u_lapse, _, _ = self.draws.of(GIVERS, 5 * self.week + f)
            opened = self.week >= self.of(Scalar.GIVERS_START) and not self.handed_back
            join = count(u_join, self.giver_join[f]) if opened else 0
            self.givers[f] += join - some(u_lapse, self.givers[f], chance(self.of(Scalar.LAPSE)))
