"""Campaigns and share offers: a week's pledges, the match, and what comes of them at the end."""

import math

import numpy as np

from remit.kernel.commons.campaign_layout import CAMPAIGN, GIFT_BINS, OFFER, Count, Log, Scalar
from remit.kernel.commons.campaign_memory import NO_MATCH, ON_OFFER, SET_ASIDE, Held, Level, note
from remit.kernel.commons.draws import count, lognormal
from remit.kernel.commons.funded import make, run_business
from remit.kernel.commons.layout import WEEKS_A_YEAR, Stream
from remit.kernel.compiling import compiled, inlined
from remit.kernel.elementary import log
from remit.kernel.philox import uniforms

U = np.uint64
PLEDGES, PLEDGE = U(int(Stream.PLEDGES)), U(int(Stream.PLEDGE))
FIFTHS = 5
BINS_A_LOG = 4.0 / 0.6931471805599453  # four bins a doubling
JUST = 1e-9  # a size on the edge of two bins belongs to the upper one, whatever its logarithm's last bit

FEE, FRIENDS, CROWD, SHARE_CROWD = (
    int(Scalar.FEE),
    int(Scalar.FRIENDS),
    int(Scalar.CROWD),
    int(Scalar.SHARE_CROWD),
)
MOMENTUM, SURGE, OVER = int(Scalar.MOMENTUM), int(Scalar.SURGE), int(Scalar.OVER)
GIFT = int(Scalar.GIFT_MEAN)  # then sigma, least, most
SHARE = int(Scalar.SHARE_MEAN)  # then sigma, least, most
KEEP, KEEP_LEAST = int(Scalar.KEEP), int(Scalar.KEEP_LEAST)
MATCH_ON, MATCH_MOST, THRESHOLD = int(Scalar.MATCH_ON), int(Scalar.MATCH_MOST), int(Scalar.THRESHOLD)
MATCH_RESPONSE, MATCH_SIZE = int(Scalar.MATCH_RESPONSE), int(Scalar.MATCH_SIZE)
MINIMUM, SHARE_MEMBERS = int(Scalar.MINIMUM), int(Scalar.SHARE_MEMBERS)
BOOSTER, BOOSTER_MOST = int(Scalar.BOOSTER), int(Scalar.BOOSTER_MOST)
C_STARTED, C_SUCCEEDED, C_SMALLER, C_FAILED = (
    int(Count.STARTED),
    int(Count.SUCCEEDED),
    int(Count.SMALLER),
    int(Count.FAILED),
)
C_MATCH, C_BOOSTER, C_COLLECTED, C_FEES = (
    int(Count.MATCH),
    int(Count.BOOSTER),
    int(Count.COLLECTED),
    int(Count.FEES),
)
C_SHARES, C_ASKED = int(Count.SHARES), int(Count.ASKED)
LOG_BEGINS, LOG_SET_ASIDE = int(Log.BEGINS), int(Log.SET_ASIDE)
LOG_SUCCEEDS, LOG_FAILS, LOG_SMALLER = int(Log.SUCCEEDS), int(Log.FAILS), int(Log.SMALLER)
LOG_OFFER_SUCCEEDS, LOG_OFFER_FAILS = int(Log.OFFER_SUCCEEDS), int(Log.OFFER_FAILS)
ACTIVE = int(Held.ACTIVE)
POT = int(Level.POT)


@inlined
def secured(project):
    """Return the match that counts as raised."""
    return project.match if project.matched == SET_ASIDE else 0.0


@compiled()
def begin(plan, work, sheet, week, row):
    """Begin a campaign or an offer; a match is on offer if the pot holds it."""
    scalars, project = plan.scalars, work.projects[row]
    sheet.counts[project.fifth, C_STARTED] += 1.0
    note(work, week, LOG_BEGINS, project.number, project.goal)
    if project.route == CAMPAIGN and scalars[MATCH_ON] > 0.5:
        match = min(plan.match_share[project.fifth] * project.goal, scalars[MATCH_MOST])
        if 0.0 < match <= work.levels[POT]:
            project.match = match
            project.matched = ON_OFFER


@compiled()
def pledges_of_week(plan, work, luck, t, row):
    """Return how many are willing to pledge in week ``t`` of a campaign or an offer."""
    scalars, project = plan.scalars, work.projects[row]
    u_friends, u_crowd, _, _ = uniforms(luck.seed, luck.luck, PLEDGES, U(project.number), U(t))
    if project.route == OFFER:
        crowd_rate, early = scalars[SHARE_CROWD], 1.0 / project.weeks
    else:
        crowd_rate, early = scalars[CROWD], work.early[t]
    progress = min(1.0, (project.pledged + secured(project)) / project.goal)
    friends = project.network * scalars[FRIENDS] * early
    crowd = crowd_rate * plan.reach[project.zone] * project.appeal * (1.0 + scalars[MOMENTUM] * progress)
    if t == project.weeks - 1:
        crowd = crowd * scalars[SURGE]
    if project.matched == ON_OFFER:
        friends = friends * (1.0 + scalars[MATCH_RESPONSE])
        crowd = crowd * (1.0 + scalars[MATCH_RESPONSE])
    return count(u_friends, friends) + count(u_crowd, crowd)


@inlined
def size_bin(size):
    """Return the bin of a gift's size."""
    place = 0
    if size > 1.0:
        place = min(GIFT_BINS - 1, math.floor(BINS_A_LOG * log(size) + JUST))
    return place


@inlined
def fifth_of(cumulative, u):
    """Return the first fifth whose cumulative share is above ``u``, the last if none."""
    fifth = 0
    while fifth < FIFTHS - 1 and u >= cumulative[fifth]:
        fifth += 1
    return fifth


@compiled()
def take_pledges(plan, work, luck, row, willing):
    """Take a week's pledges one by one, until the campaign has all it may take."""
    scalars, project = plan.scalars, work.projects[row]
    first = SHARE if project.route == OFFER else GIFT
    mean, sigma, least, most = scalars[first], scalars[first + 1], scalars[first + 2], scalars[first + 3]
    factor = 1.0 + scalars[MATCH_SIZE] if project.matched == ON_OFFER else 1.0
    match, cap = secured(project), scalars[OVER] * project.goal
    givers, by_fifth, by_size = plan.givers[project.zone], work.by_fifth[row], work.by_size[row]
    idea, n, pledged = U(project.number), project.pledges, project.pledged
    end = n + willing
    a, b, c, d = uniforms(luck.seed, luck.luck, PLEDGE, idea, U(n // 2))
    while n < end and pledged + match < cap:
        if n % 2 == 0:
            a, b, c, d = uniforms(luck.seed, luck.luck, PLEDGE, idea, U(n // 2))
            u_size, u_fifth = a, b
        else:
            u_size, u_fifth = c, d
        fifth = fifth_of(givers, u_fifth)
        size = lognormal(u_size, mean * plan.gift_factor[fifth], sigma) * factor
        size = min(max(size, least), most)
        place = size_bin(size)
        by_fifth[fifth, 0] += 1.0
        by_fifth[fifth, 1] += size
        by_size[place, 0] += 1.0
        by_size[place, 1] += size
        pledged += size
        n += 1
    project.pledges = n
    project.pledged = pledged


@inlined
def settle_match(scalars, work, week, project):
    """Set the match aside once the pledges have reached the threshold, or end the offer of it."""
    if project.matched == ON_OFFER and project.pledged >= scalars[THRESHOLD] * project.goal:
        if project.match <= work.levels[POT]:
            work.levels[POT] -= project.match
            project.matched = SET_ASIDE
            project.set_week = week
            note(work, week, LOG_SET_ASIDE, project.number, project.match)
        else:
            project.matched = NO_MATCH


@compiled()
def collect(plan, work, sheet, week, row, worth):
    """Collect what a campaign raised, pay its match and fees, and make its project."""
    project = work.projects[row]
    count = sheet.counts[project.fifth]
    match = secured(project)
    count[C_COLLECTED] += project.pledged
    count[C_MATCH] += match
    count[C_FEES] += plan.scalars[FEE] * (project.pledged + match)
    if match > 0.0:
        sheet.weekly[project.set_week, 1] += match
    for f in range(FIFTHS):
        sheet.gifts[f, 0] += work.by_fifth[row, f, 0]
        sheet.gifts[f, 1] += work.by_fifth[row, f, 1]
    for k in range(GIFT_BINS):
        sheet.sizes[k, 0] += work.by_size[row, k, 0]
        sheet.sizes[k, 1] += work.by_size[row, k, 1]
    make(
        plan,
        work,
        sheet,
        week,
        project.number,
        project.zone,
        project.fifth,
        worth,
        project.u_delivered,
        project.u_late,
    )


@compiled()
def end_campaign(plan, work, sheet, week, row):
    """End a campaign: its goal reached, a smaller project, or nothing."""
    scalars, project = plan.scalars, work.projects[row]
    count = sheet.counts[project.fifth]
    raised = project.pledged + secured(project)
    if raised >= project.goal:
        count[C_SUCCEEDED] += 1.0
        note(work, week, LOG_SUCCEEDS, project.number, raised)
        collect(plan, work, sheet, week, row, project.cost)
    elif scalars[KEEP] > 0.5 and raised >= scalars[KEEP_LEAST] * project.goal:
        count[C_SMALLER] += 1.0
        note(work, week, LOG_SMALLER, project.number, raised)
        collect(plan, work, sheet, week, row, raised * (1.0 - scalars[FEE]))
    else:
        count[C_FAILED] += 1.0
        note(work, week, LOG_FAILS, project.number, raised)
        if project.matched == SET_ASIDE and project.set_week // WEEKS_A_YEAR == week // WEEKS_A_YEAR:
            work.levels[POT] += project.match


@compiled()
def end_offer(plan, work, sheet, luck, week, row):
    """End a share offer: enough shares from enough people, or nothing."""
    scalars, project = plan.scalars, work.projects[row]
    count = sheet.counts[project.fifth]
    raised = project.pledged
    if raised < scalars[MINIMUM] * project.goal or project.pledges < scalars[SHARE_MEMBERS]:
        count[C_FAILED] += 1.0
        note(work, week, LOG_OFFER_FAILS, project.number, raised)
        return
    booster = min(min(scalars[BOOSTER] * raised, scalars[BOOSTER_MOST]), work.levels[POT])
    work.levels[POT] -= booster
    sheet.weekly[week, 1] += booster
    count[C_SUCCEEDED] += 1.0
    count[C_SHARES] += raised
    count[C_BOOSTER] += booster
    for f in range(FIFTHS):
        sheet.gifts[f, 2] += work.by_fifth[row, f, 1]
    note(work, week, LOG_OFFER_SUCCEEDS, project.number, raised + booster)
    number, zone, fifth = project.number, project.zone, project.fifth
    worth = min(raised + booster, project.cost)
    made = make(plan, work, sheet, week, number, zone, fifth, worth, project.u_delivered, project.u_late)
    run_business(plan, work, sheet, week, luck.end, number, fifth, raised, made, project.u_fails)


@compiled()
def campaign_weeks(plan, work, sheet, luck, week):
    """Let a week pass for every campaign and offer, in order of birth."""
    kept = 0
    for i in range(work.state[ACTIVE]):
        row = work.active[i]
        project = work.projects[row]
        stays = True
        if project.start <= week:
            t = week - project.start
            if t == 0:
                begin(plan, work, sheet, week, row)
            take_pledges(plan, work, luck, row, pledges_of_week(plan, work, luck, t, row))
            settle_match(plan.scalars, work, week, project)
            if t == project.weeks - 1:
                sheet.counts[project.fifth, C_ASKED] += project.goal
                if project.route == OFFER:
                    end_offer(plan, work, sheet, luck, week, row)
                else:
                    end_campaign(plan, work, sheet, week, row)
                stays = False
        if stays:  # an ended row changes places with it, so that no row is ever forgotten
            work.active[i] = work.active[kept]
            work.active[kept] = row
            kept += 1
    work.state[ACTIVE] = kept
