"""A plain twin of the uptake engine: slow, readable, written from ``docs/explanation/commons.md``."""

from dataclasses import dataclass

from remit.kernel.commons.uptake_layout import Count, Person, Scalar, UptakePlan
from twin.commons_draws import FIFTHS, MAKERS, UPTAKE, Draws, chance, count, some

Table = list[list[float]]


@dataclass
class Told:
    """What a run of the twin leaves behind."""

    counts: Table
    active: Table
    makers: Table


class Twin:
    """Those who use it and those who make it, week by week."""

    def __init__(self, plan: UptakePlan, seed: int, luck: int) -> None:
        self.plan, self.draws = plan, Draws(seed, luck)
        people = plan.people.tolist()
        self.reached = [int(row[Person.REACHED]) for row in people]
        self.offline = [int(row[Person.OFFLINE]) for row in people]
        self.active = [int(row[Person.ACTIVE_START]) for row in people]
        self.never = [n - a for n, a in zip(self.reached, self.active, strict=True)]
        self.lapsed = [0] * 5
        self.segment = 0
        self.makers = int(self.of(Scalar.MAKERS))
        self.quality = self.of(Scalar.QUALITY_START)
        self.counts = [[0.0] * len(Count) for _ in FIFTHS]

    def of(self, column: Scalar) -> float:
        """Return a number of the segment."""
        return float(self.plan.scalars[self.segment, column])

    def makers_move(self, week: int, using: float) -> int:
        """Let makers begin and fail; return how many failed."""
        u_begin, u_fail, _, _ = self.draws.of(MAKERS, week)
        begin = count(u_begin, self.of(Scalar.BEGIN) * (1 + self.of(Scalar.DRAWN) * using))
        fail = some(u_fail, self.makers, chance(self.of(Scalar.FAIL)))
        self.makers += begin - fail
        return fail

    def there(self) -> float:
        """Return how likely it is that there is something to use."""
        half = self.of(Scalar.HALF)
        if half == 0:
            return 1.0 if self.makers > 0 else 0.0
        return self.makers / (self.makers + half)

    def fifth_moves(self, week: int, f: int, using: float, warm: bool) -> None:
        """Let the people of a fifth sign up, become active, drop out and come back."""
        u_sign, u_stay, u_out, u_back = self.draws.of(UPTAKE, 5 * week + f)
        there, d = self.there(), self.quality
        never, active, lapsed = self.never[f], self.active[f], self.lapsed[f]
        innovate = float(self.plan.innovate[self.segment, f])
        sign = some(u_sign, never, chance((innovate + self.of(Scalar.IMITATE) * using) * d * there))
        stay = some(u_stay, sign, self.of(Scalar.ACTIVE_SHARE))
        churn = self.of(Scalar.CHURN if self.makers > 0 else Scalar.CHURN_NONE)
        out = some(u_out, active, chance(churn * (1 + self.of(Scalar.CHURN_QUALITY) * (1 - d))))
        back = some(u_back, lapsed, chance(self.of(Scalar.RETURN) * d * there))
        self.never[f] = never - sign
        self.active[f] = active + stay - out + back
        self.lapsed[f] = lapsed + sign - stay + out - back
        if not warm:
            return
        uses = self.active[f] * self.of(Scalar.USES)
        row = self.counts[f]
        for column, amount in (
            (Count.SIGNED, sign),
            (Count.BEGAN, stay),
            (Count.DROPPED, out),
            (Count.BACK, back),
            (Count.ACTIVE_WEEKS, self.active[f]),
            (Count.USES, uses),
            (Count.MINUTES, uses * self.of(Scalar.MINUTES) * d),
        ):
            row[column] += amount

    def run(self, weeks: int, warm: int) -> Told:
        """Run and return what happened."""
        told = Told(self.counts, [], [])
        starts = self.plan.segment_weeks.tolist()
        for week in range(weeks):
            while self.segment + 1 < len(starts) and starts[self.segment + 1] <= week:
                self.segment += 1
            everyone = sum(self.reached)
            using = sum(self.active) / everyone if everyone > 0 else 0.0
            self.quality += self.of(Scalar.QUALITY_RATE) * (self.of(Scalar.UPKEEP) - self.quality)
            failed = self.makers_move(week, using)
            for f in FIFTHS:
                self.fifth_moves(week, f, using, week >= warm)
            told.active.append([float(n) for n in self.active])
            told.makers.append([float(self.makers), float(failed), self.quality])
        for f in FIFTHS:
            row = self.counts[f]
            row[Count.ACTIVE_END] = self.active[f]
            row[Count.EVER] = self.reached[f] - self.never[f]
            row[Count.REACHED], row[Count.OFFLINE] = self.reached[f], self.offline[f]
        return told


def run_uptake_twin(plan: UptakePlan, weeks: int, warm: int, seed: int, luck: int) -> Told:
    """Return what one run of an uptake leaves behind; sums are over the weeks from ``warm`` on."""
    return Twin(plan, seed, luck).run(weeks, warm)
