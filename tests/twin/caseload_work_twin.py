"""The carers of the plain caseload twin: pool, offers, moves, teams, time and travel (see ``caseload_people_twin``)."""

import math
from itertools import count

from remit.kernel.caseload.layout import Employer, Log, Plan, Scalar, World
from remit.kernel.elementary import exp, log
from twin.caseload_people_twin import CAREER, PLATFORM, PROVIDER, Carer, Client, Folk, Team, grains


class Workforce(Folk):
    """Who works for whom."""

    def __init__(self, plan: Plan, seed: int, luck: int) -> None:
        super().__init__(plan, seed, luck)
        self.price_level = 1.0
        self.paid_share = [float(plan.world[World.PAID_AT_START])] * 2
        self.travel = [[0.0] * len(plan.areas) for _ in range(2)]
        self.teams: dict[int, Team] = {}
        self.granted_hours = 0.0
        self.posts = 0
        self.vacancies = 0
        self.patch_need: list[float] = []

    # -- offers -----------------------------------------------------------------------------

    def pay(self, carer: Carer, employer: int) -> float:
        """Return what an hour with a client pays."""
        hourly = self.at(employer, Employer.HOURLY)
        if employer == PROVIDER:
            return hourly
        return hourly * exp(carer.own_log) * self.price_level * (1.0 - self.at(employer, Employer.COMMISSION))

    def offer(self, carer: Carer, employer: int) -> float:
        """Return what an offer is worth to a carer."""
        insecure = 1.0 - self.at(employer, Employer.SECURE_SHARE)
        return self.pay(carer, employer) * self.paid_share[employer] * (1.0 - carer.wish * insecure)

    def willing(self, carer: Carer, employer: int) -> bool:
        """Tell whether a carer would work there."""
        return self.offer(carer, employer) >= carer.reservation * self.of(Scalar.LOCAL_WAGE)

    def staff(self) -> int:
        """Return how many work for or join the provider."""
        return sum(c.employer == PROVIDER for c in self.carers)

    def pull(self, carer: Carer, employer: int) -> float:
        """Return the hazard of joining an employer."""
        hazard = self.at(employer, Employer.JOIN_HAZARD)
        open_to_all = self.of(Scalar.MARKET_SHARE) > 0
        takes = open_to_all if employer == PLATFORM else self.staff() < self.posts
        return hazard if hazard > 0 and takes and self.willing(carer, employer) else 0.0

    def leaving(self, carer: Carer) -> float:
        """Return the hazard of leaving care work."""
        e = carer.employer
        pay, own = self.at(e, Employer.HOURLY), 0.0
        if e == PLATFORM:
            pay = pay * self.price_level * (1.0 - self.at(e, Employer.COMMISSION))
            own = carer.own_log
        x = 0.0
        for column, value in (
            (Scalar.LEAVE_PAY, log(pay / self.of(Scalar.LOCAL_WAGE)) if pay > 0 else 0.0),
            (Scalar.LEAVE_INSECURE, 1.0 - self.at(e, Employer.SECURE_SHARE)),
            (Scalar.LEAVE_DISCRETION, self.at(e, Employer.DISCRETION)),
            (Scalar.LEAVE_STAKE, self.at(e, Employer.STAKE)),
            (Scalar.LEAVE_PAY, own),
            (Scalar.LEAVE_TRAVEL, carer.unpaid),
            (Scalar.LEAVE_CONTINUITY, carer.known),
            (Scalar.LEAVE_OVERLOAD, carer.overload),
        ):
            x += self.of(column) * value
        return self.at(e, Employer.LEAVE_HAZARD) * exp(x)

    # -- moves ------------------------------------------------------------------------------

    def change_pool(self) -> None:
        """Bring the pool to the segment's size."""
        for carer in self.carers:
            inside = carer.mark * self.plan.world[World.CARER_CEILING] < self.of(Scalar.POOL_PEOPLE)
            shut = carer.employer == PLATFORM and self.of(Scalar.MARKET_SHARE) <= 0
            if carer.employer >= 0 and (shut or not inside):
                self.quit(carer)
                carer.due = self.week
            if not inside:
                carer.state = "outside"
            elif carer.state == "outside":
                carer.state, carer.due = "out", self.week

    def start(self) -> None:
        """Put those to work who start with one or the other."""
        for carer in self.carers:
            if carer.state != "out":
                continue
            at_platform = carer.start >= 1.0 - self.at(PLATFORM, Employer.START_SHARE)
            if carer.start < self.at(PROVIDER, Employer.START_SHARE) and self.willing(carer, PROVIDER):
                self.hire(carer, PROVIDER, 0)
            elif self.of(Scalar.MARKET_SHARE) > 0 and at_platform and self.willing(carer, PLATFORM):
                self.hire(carer, PLATFORM, 0)

    def quit(self, carer: Carer) -> None:
        """Let a carer leave."""
        self.write(Log.LEAVE, carer.number, carer.employer)
        if carer.team:
            carer.team.carers.remove(carer)
            if not carer.team.carers:
                self.dissolve(carer.team)
            carer.team = None
        carer.state, carer.employer = "out", -1
        carer.unpaid = carer.known = carer.overload = 0.0

    def hire(self, carer: Carer, employer: int, weeks: int) -> None:
        """Take a carer on."""
        self.write(Log.HIRE, carer.number, employer)
        carer.employer = employer
        if weeks > 0:
            carer.state, carer.due = "joining", self.week + weeks
        else:
            self.begin(carer)

    def begin(self, carer: Carer) -> None:
        """Let a carer begin."""
        carer.state = "working"
        if self.week > 0 and carer.employer == PROVIDER and self.of(Scalar.PROVIDER_ROUTE) == 1:
            self.join_team(carer)

    def move_all(self) -> None:
        """Let a week pass for the carers."""
        self.posts = int(self.of(Scalar.POSTS) + self.of(Scalar.POSTS_PER_HOUR) * self.granted_hours)
        self.weigh()
        n = len(self.carers)
        for j in range(n):
            carer = self.carers[(61 * self.week + j) % n]
            if carer.state == "joining" and self.week >= carer.due:
                self.write(Log.BEGIN, carer.number, carer.employer)
                self.begin(carer)
            elif carer.state == "working" or (carer.state == "out" and self.week >= carer.due):
                self.move(carer)
        self.vacancies = max(0, self.posts - self.staff())

    def move(self, carer: Carer) -> None:
        """Let a week pass for one carer."""
        hazards = [0.0, 0.0, 0.0]  # out, provider, platform
        if carer.state == "out":
            hazards[1:] = [self.pull(carer, PROVIDER), self.pull(carer, PLATFORM)]
        else:
            hazards[0] = self.leaving(carer)
            other = 1 - carer.employer
            better = self.offer(carer, other) > self.offer(carer, carer.employer)
            if self.of(Scalar.SWITCH_FACTOR) > 0 and better:
                hazards[1 + other] = self.of(Scalar.SWITCH_FACTOR) * self.pull(carer, other)
        hazard = hazards[0] + hazards[1] + hazards[2]
        if hazard <= 0:
            return
        carer.budget -= hazard
        if carer.budget > 0:
            return
        which, budget, _, _ = self.draw(CAREER, carer.number, carer.events)
        carer.events += 1
        carer.budget = -log(budget)
        goal = which * hazard
        if carer.state == "working":
            self.quit(carer)
        if hazards[0] > goal:
            carer.due = self.week + int(self.of(Scalar.REST_WEEKS))
            return
        employer = PROVIDER if hazards[0] + hazards[1] > goal else PLATFORM
        weeks = self.at(employer, Employer.LAG_WEEKS) + self.at(employer, Employer.TRAINING_WEEKS)
        self.hire(carer, employer, int(weeks))

    # -- teams ------------------------------------------------------------------------------

    def members(self, team: Team) -> list[Client]:
        """Return the clients of a team, in order of birth."""
        return [c for c in self.clients if c.team is team]

    def dissolve(self, team: Team) -> None:
        """End a team."""
        for client in self.members(team):
            client.team = None
        del self.teams[team.number]

    def of_patch(self, patch: int) -> list[Team]:
        """Return the teams of a patch in order of number."""
        return [self.teams[t] for t in sorted(self.teams) if self.teams[t].patch == patch]

    def new_team(self, patch: int) -> Team:
        """Open the lowest number not in use."""
        number = next(t for t in count() if t not in self.teams)
        self.teams[number] = Team(number, patch)
        return self.teams[number]

    def weigh(self) -> None:
        """Add up what the provider's clients at home need in each patch."""
        self.patch_need = [0.0] * (max(self.plan.patches.tolist()) + 1)
        for client in self.clients:
            if client.at_home and client.employer == PROVIDER:
                self.patch_need[int(self.plan.patches[client.zone])] += client.need

    def join_team(self, carer: Carer) -> None:
        """Find a carer a team, in the patch with the most need for each carer."""
        for_each = [
            need / (sum(len(t.carers) for t in self.of_patch(p)) + 1)
            for p, need in enumerate(self.patch_need)
        ]
        patch = for_each.index(max(for_each))
        there = self.of_patch(patch)
        if not there:
            team = self.new_team(patch)
        else:
            team = min(there, key=lambda t: len(t.carers))
            if len(team.carers) >= self.of(Scalar.TEAM_CAP):
                self.split(team)
                team = min(self.of_patch(patch), key=lambda t: len(t.carers))
        team.carers.append(carer)
        carer.team = team

    def split(self, old: Team) -> None:
        """Give half a team to a new one."""
        new = self.new_team(old.patch)
        self.write(Log.SPLIT, old.number, new.number)
        by_number = sorted(old.carers, key=lambda c: c.number)
        for client in self.members(old)[1::2]:
            client.team = new
        old.carers, new.carers = by_number[0::2], by_number[1::2]
        for carer in new.carers:
            carer.team = new

    def form_teams(self, wanted: bool) -> None:
        """Form all teams anew."""
        self.teams = {}
        for client in self.clients:
            client.team = None
        for carer in self.carers:
            carer.team = None
        self.weigh()
        for carer in self.carers:
            if wanted and carer.state == "working" and carer.employer == PROVIDER:
                self.join_team(carer)

    def settle(self, client: Client) -> Team | None:
        """Return a client's team, found now if there is none."""
        there = self.of_patch(int(self.plan.patches[client.zone]))
        if client.team is None and there:
            team = min(there, key=lambda t: len(self.members(t)))
            if len(self.members(team)) < self.of(Scalar.TEAM_CLIENTS):
                client.team = team
        return client.team

    # -- time -------------------------------------------------------------------------------

    def least(self) -> int:
        """Return a minimum visit in grains."""
        return max(1, grains(self.of(Scalar.MIN_VISIT_MINUTES) / 60.0))

    def measure(self) -> None:
        """Work out what each carer can do."""
        for carer in self.carers:
            if carer.state != "working":
                continue
            e = carer.employer
            stretch = (1.0 + self.at(e, Employer.OVERTIME_SHARE)) / (1.0 + self.travel[e][carer.zone])
            well = 1.0 - self.at(e, Employer.SICK_SHARE)
            for b in range(4):
                share = carer.hours * 15360.0 * float(self.plan.carer_bands[carer.pattern, b])
                carer.available[b] = int(share * well)
                carer.can_do[b] = int(carer.available[b] * stretch)
                carer.bookable[b] = int(carer.can_do[b] * (1.0 + self.at(e, Employer.OVERBOOK_SHARE)))

    def carers_week(self) -> None:
        """Remember of each carer's week what weighs on next week."""
        paid, offered = [0, 0], [0, 0]
        for carer in self.carers:
            if carer.state != "working":
                continue
            e = carer.employer
            road = int(carer.given * self.travel[e][carer.zone] + 0.5)
            road_paid = int(road * self.at(e, Employer.TRAVEL_PAID) + 0.5) if e == PROVIDER else 0
            time, available = carer.given + road, sum(carer.available)
            carer.unpaid = (road - road_paid) / time if time else 0.0
            carer.known = carer.given_known / carer.given if carer.given else 0.0
            over = time - available
            carer.overload = over / available if over > 0 and available else 0.0
            secure = int(self.at(e, Employer.SECURE_SHARE) * available) if e == PROVIDER else 0
            paid[e] += max(carer.given + road_paid, secure)
            offered[e] += available
            carer.given = carer.given_known = 0
        for e in (PROVIDER, PLATFORM):
            heard = paid[e] / offered[e] if offered[e] else 1.0
            self.paid_share[e] += 0.125 * (heard - self.paid_share[e])

    def set_travel(self, visits: list[list[int]], contact: list[list[int]]) -> None:
        """Set the travel ratios from the week's visits."""
        for e in range(2):
            for z, area in enumerate(self.plan.areas.tolist()):
                if contact[e][z] > 0:
                    km = self.of(Scalar.TOUR_K) * math.sqrt(area / max(1.0, visits[e][z] / 28.0))
                    ratio = km / self.of(Scalar.KM_PER_HOUR) * visits[e][z] / (contact[e][z] / 15360.0)
                    self.travel[e][z] = min(self.of(Scalar.TRAVEL_MOST), ratio)
