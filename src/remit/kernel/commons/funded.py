"""What becomes of a funded project: made or lost, late or not, and the business that a share offer paid for."""

from remit.kernel.commons.campaign_layout import Count, Log, Scalar
from remit.kernel.commons.campaign_memory import note
from remit.kernel.commons.layout import WEEKS_A_YEAR
from remit.kernel.compiling import compiled
from remit.kernel.elementary import log

DELIVER, LATE = int(Scalar.DELIVER), int(Scalar.LATE)
FAIL, INTEREST, WITHDRAW = int(Scalar.FAIL), int(Scalar.INTEREST), int(Scalar.WITHDRAW)
C_FUNDED, C_MADE, C_LATE, C_LOST = int(Count.FUNDED), int(Count.MADE), int(Count.LATE), int(Count.LOST)
C_WORTH, C_INTEREST, C_WITHDRAWN = int(Count.WORTH), int(Count.INTEREST), int(Count.WITHDRAWN)
C_INVESTORS_LOST, C_FOLDED = int(Count.INVESTORS_LOST), int(Count.FOLDED)
LOG_MADE, LOG_LOST, LOG_FOLDED = int(Log.MADE), int(Log.LOST), int(Log.FOLDED)
INTEREST_FROM = WEEKS_A_YEAR  # weeks after success
WITHDRAW_FROM = 3 * WEEKS_A_YEAR


@compiled()
def make(plan, work, sheet, week, idea, zone, fifth, worth, u_delivered, u_late):
    """Make a funded project of this worth, or lose it; return whether it was made."""
    count = sheet.counts[fifth]
    count[C_FUNDED] += 1.0
    made = u_delivered < plan.scalars[DELIVER]
    if made:
        count[C_MADE] += 1.0
        count[C_WORTH] += worth
        if u_late < plan.scalars[LATE]:
            count[C_LATE] += 1.0
        sheet.zones[zone, 0] += 1.0
        sheet.zones[zone, 1] += worth
        sheet.weekly[week, 0] += 1.0
        note(work, week, LOG_MADE, idea, worth)
    else:
        count[C_LOST] += 1.0
        note(work, week, LOG_LOST, idea, worth)
    return made


@compiled()
def fold_week(scalars, week, end, made, u_fails):
    """Return the week in which a business folds, ``end`` if the run does not see it."""
    if not made:
        return week
    if scalars[FAIL] <= 0.0:
        return end
    weeks = -log(u_fails) / scalars[FAIL]  # may be too long for a whole number
    return week + int(weeks) if weeks < end - week else end


@compiled()
def run_business(plan, work, sheet, week, end, idea, fifth, shares, made, u_fails):
    """Let a business pay interest and give shares back until it folds or the run ends."""
    scalars, count = plan.scalars, sheet.counts[fifth]
    folds = fold_week(scalars, week, end, made, u_fails)
    left = shares
    for w in range(week + INTEREST_FROM, folds):
        count[C_INTEREST] += scalars[INTEREST] / WEEKS_A_YEAR * left
        if w >= week + WITHDRAW_FROM:
            withdrawn = scalars[WITHDRAW] / WEEKS_A_YEAR * left
            count[C_WITHDRAWN] += withdrawn
            left -= withdrawn
    if folds < end:
        count[C_FOLDED] += 1.0
        count[C_INVESTORS_LOST] += left
        note(work, folds, LOG_FOLDED, idea, left)
