"""Ways simulated, in words and tables: the dip, the recovery, the money, the stop rule."""

from collections.abc import Sequence

from remit.questions.months import Dip, MonthRow
from remit.questions.stopping import StopTrial
from remit.report.charts import Table
from remit.report.figures import DAGGER, change, interval, many
from remit.report.way_answer import MonthMoney, WayAnswer, WayTold
from remit.simulate.outcome import Outcome
from remit.simulate.response_outcomes import RESPONSE as FAMILY

HEADLINE = FAMILY.headline
RESPONSE = FAMILY.by_id["response_mean"]
STEP = 3  # months a row in print


def way_sentences(way: WayTold, answer: WayAnswer) -> list[str]:
    """Return what a way does, in sentences: the worst month, recovery, the end, the money, the stop rule."""
    sentences = [_dip(way.dip, HEADLINE, "lives a year"), _dip(way.response_dip, RESPONSE, "minutes")]
    last = way.lives[-1]
    sentences.append(
        f"In the last month simulated ({last.month}): {change(last.difference, HEADLINE)} lives a year against today "
        f"({interval(last.low, last.high, HEADLINE)} in nine futures in ten), worse than today in "
        f"{100 * last.share_worse:.0f} % of futures."
    )
    sentences.append(_money(way, answer))
    if way.stop is not None:
        sentences += stop_sentences(way.stop)
        late = [m.variable.replace("_", " ") for m in way.route.moves if m.effect >= way.stop.rule.month]
        if late:
            sentences.append(f"When the rule decides these have not taken effect yet: {', '.join(late)}.")
    if way.stop_refused:
        sentences.append(f"The stop rule cannot be tried out here: {way.stop_refused}.")
    return sentences


def _dip(dip: Dip | None, outcome: Outcome, unit: str) -> str:
    name = outcome.name.lower()
    if dip is None:
        return f"No dip in {name}: in no month is it worse than today on average."
    said = (
        f"Worst month for {name}: month {dip.month}, {change(dip.difference, outcome)} {unit} {DAGGER} against "
        f"today on average ({interval(dip.low, dip.high, outcome)} in nine futures in ten; "
        f"worse in {100 * dip.share_worse:.0f} % of them)"
    )
    if not dip.is_computed_enough:
        return f"{said}; no larger than its computing error, so more replicates would be needed to be sure of it."
    if dip.recovered is None:
        return f"{said}; within the months simulated it does not stay as good as today again."
    said += f"; from month {dip.recovered} on it is no worse than today on average"
    good = (
        f", and what was lost is made good by month {dip.made_good}"
        if dip.made_good is not None
        else ("; what was lost is not made good within the months simulated")
    )
    return f"{said}{good}."


def _money(way: WayTold, answer: WayAnswer) -> str:
    total = sum(m.mean for m in way.money)
    changing = sum(m.changing for m in way.money)
    double = sum(m.double for m in way.money)
    yearly = way.money[-1].mean * 12.0
    twice = f", of it {_pounds(double)} for keeping the old way beside the new" if double else ""
    return (
        f"Over {many(answer.months, 'month')} it costs the public purse about {_pounds(total)} more than today "
        f"{DAGGER}: {_pounds(changing)} for changing settings and getting conditions granted{twice}; in the end "
        f"{_pounds(yearly)} a year more."
    )


def _pounds(gbp: float) -> str:
    said = f"£{float(f'{abs(gbp):.2g}'):,.0f}"
    return f"minus {said}" if gbp < -0.5 else said


def stop_sentences(trial: StopTrial) -> list[str]:
    """Return how a stop rule fares."""
    looked = trial.rule.month - trial.first_month
    fired = 100.0 * trial.share_fired
    said = (
        f"Stop rule tried out: {trial.rule} (it looks at {many(looked, 'month')}, from {trial.first_month} on; today's "
        f"service is back in month {trial.hands_back_month}). It fires in {fired:.0f} % of "
        f"{trial.n_courses:,} simulated courses"
    )
    if trial.share_right == trial.share_right:
        said += f"; in {100 * trial.share_right:.0f} % of those, going on would indeed have been worse"
    if trial.share_missed == trial.share_missed:
        said += f"; where it stays silent, handing back would have been better in {100 * trial.share_missed:.0f} %"
    gain = trial.with_rule - trial.without_rule
    worth = (
        "so the rule neither helps nor harms"
        if abs(gain) < 0.005
        else f"so the rule is worth {change(gain, HEADLINE)} lives a year"
    )
    return [
        f"{said}.",
        f"Over the whole time, against today: {change(trial.without_rule, HEADLINE)} lives a year without the rule, "
        f"{change(trial.with_rule, HEADLINE)} with it, {change(trial.always_back, HEADLINE)} if handed back in every "
        f"future; {worth}. Money apart; handing back is itself a change, with a dip of its own.",
    ]


def months_table(way: WayTold, step: int = STEP) -> Table:
    """Return the way in rows of ``step`` months: settings that move, lives, response, share worse, money."""
    head = (
        "Months",
        "Takes effect",
        "Lives a year against today",
        "Nine futures in ten",
        "Worse than today in",
        "Response, minutes",
        "Extra public cost",
    )
    rows = []
    for first in range(0, len(way.lives), step):
        last = min(first + step, len(way.lives)) - 1
        lives, response = way.lives[first : last + 1], way.response[first : last + 1]
        moved = [m.variable.replace("_", " ") for m in way.route.moves if first <= m.effect <= last]
        rows.append(
            (
                f"{first} to {last}" if last > first else str(first),
                ", ".join(moved),
                change(_average(lives), HEADLINE),
                interval(_mean([r.low for r in lives]), _mean([r.high for r in lives]), HEADLINE),
                f"{100 * _mean([r.share_worse for r in lives]):.0f} % of futures",
                change(_average(response), RESPONSE),
                _signed_pounds(sum(m.mean for m in way.money[first : last + 1])),
            )
        )
    return Table(head, tuple(rows))


def _signed_pounds(gbp: float) -> str:
    return f"{'−' if gbp < -0.5 else '+' if gbp > 0.5 else ''}£{float(f'{abs(gbp):.2g}'):,.0f}"


def _average(rows: Sequence[MonthRow]) -> float:
    return _mean([r.difference for r in rows])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def money_table(money: Sequence[MonthMoney]) -> Table:
    """Return the extra public cost of each month."""
    head = ("Month", "Extra public cost", "Nine futures in ten", "Changing", "Old beside new")
    rows = tuple(
        (
            str(m.month),
            _signed_pounds(m.mean),
            f"{_signed_pounds(m.low)} to {_signed_pounds(m.high)}",
            _signed_pounds(m.changing),
            _signed_pounds(m.double),
        )
        for m in money
    )
    return Table(head, rows)


def not_in_it(answer: WayAnswer) -> str:
    """Return what a simulated way leaves out."""
    return (
        f"{DAGGER} Months, pounds, the strain of changing, how long a new way takes to settle and a pool to grow are "
        "assumptions of the catalogue and of the family, with wide ranges. Ranges of rows of several months are "
        f"averages of monthly ranges. {many(answer.n_scenarios, 'future')}, "
        f"{many(answer.n_replicates, 'course')} in each."
    )
