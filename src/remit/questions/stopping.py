"""A stop rule tried out: hand back if an outcome is past a line by a month. How often is that right?"""

import re
from dataclasses import dataclass

import numpy as np

from remit.design.design import TODAY
from remit.ensemble.results import Results
from remit.ground.faults import fail, nearest
from remit.kernel.layout import Floats
from remit.simulate.response_outcomes import RESPONSE

WRITTEN = re.compile(r"^([a-z_]+)([<>])(today)?([+-]?\d+(?:\.\d+)?)?@(\d{1,3})$")
WATCHED = ("response_mean", "help_mean", "survival", "survivors", "not_reached_share", "accepted_share")
EXAMPLE = "Write OUTCOME>NUMBER@MONTH, or against today: response_mean>today+0.5@9"


@dataclass(frozen=True)
class StopRule:
    """Hand back if, on average from the first change to the end of a month, an outcome is past a line."""

    outcome: str
    above: bool
    against_today: bool
    line: float
    month: int

    def __str__(self) -> str:
        base = f"today {self.line:+g}" if self.against_today else f"{self.line:g}"
        name = RESPONSE.by_id[self.outcome].name.lower()
        return f"hand back if {name} is {'above' if self.above else 'below'} {base} before month {self.month}"


def parse_stop_rule(text: str) -> StopRule:
    """Return the rule in ``text``.

    Raises:
        Faults: CLI001 not written so, or an outcome that is not counted by month.

    >>> str(parse_stop_rule("response_mean>today+0.5@9"))
    'hand back if urgent response, mean is above today +0.5 before month 9'
    """
    found = WRITTEN.match(text.replace(" ", ""))
    if found is None or not (found[3] or found[4]):
        raise fail("CLI001", f'--stop "{text}"', fix=EXAMPLE)
    outcome, sign, today, line, month = found.groups()
    if outcome not in WATCHED:
        raise fail(
            "CLI001", f'--stop "{text}": {outcome} is not counted by month', fix=nearest(outcome, WATCHED)
        )
    return StopRule(outcome, sign == ">", bool(today), float(line or 0.0), int(month))


@dataclass(frozen=True)
class StopTrial:
    """What a stop rule does over futures and the luck of the months it looks at."""

    rule: StopRule
    first_month: int  # from which it looks
    hands_back_month: int  # from which today's service is back
    share_fired: float  # of all simulated courses
    share_right: float  # of those fired: going on would have been worse over the whole time
    share_missed: float  # of those not fired: handing back would have been better
    with_rule: float  # headline difference to today over the whole time, a year
    without_rule: float
    always_back: float  # handing back in every future
    n_courses: int


def try_out(
    results: Results, arm: str, handed_back: str, rule: StopRule, first_month: int, hands_back: int
) -> StopTrial:
    """Return how a stop rule fares: each simulated course is either gone on with or handed back.

    Only what could be seen by then decides: the course's own months from the first change on, against a line
    or against what this future's today shows in the same months on average (last year's records, say).
    """
    seen = _window(results, arm, rule, first_month)
    if rule.against_today:
        base = np.nanmean(_window(results, TODAY, rule, first_month), axis=1, keepdims=True)
        line = base + rule.line
    else:
        line = np.full((seen.shape[0], 1), rule.line)
    fired = seen > line if rule.above else seen < line
    column = RESPONSE.headline.difference_of
    on, back, today = (results.of(a, column) for a in (arm, handed_back, TODAY))
    known = np.isfinite(on) & np.isfinite(back) & np.isfinite(today)
    fired &= known
    kept = known & ~fired
    worse = on < back
    chosen = np.where(fired, back, on) - today
    return StopTrial(
        rule,
        first_month,
        hands_back,
        _share(fired, known),
        _share(worse & fired, fired),
        _share(worse & kept, kept),
        float(np.mean(chosen[known])),
        float(np.mean((on - today)[known])),
        float(np.mean((back - today)[known])),
        int(known.sum()),
    )


def _window(results: Results, arm: str, rule: StopRule, first_month: int) -> Floats:
    """Return ``(scenarios, replicates)`` of the outcome on average over the months that the rule looks at."""
    spec = RESPONSE.by_id[rule.outcome]
    months = [results.of(arm, rule.outcome, ("month", str(m + 1))) for m in range(first_month, rule.month)]
    n_months = sum(1 for kind, _ in results.groups if kind == "month")
    scale = float(n_months) if spec.unit.endswith("a year") else 1.0
    with np.errstate(invalid="ignore"):
        stacked = np.stack(months)
        counts = np.isfinite(stacked).sum(axis=0)
        mean: Floats = np.where(counts > 0, np.nansum(stacked, axis=0) / np.maximum(counts, 1), np.nan)
    return scale * mean


def _share(part: np.ndarray, whole: np.ndarray) -> float:
    return float(part.sum() / whole.sum()) if whole.any() else float("nan")
