"""A plain twin of the compiled caseload loop: slow, readable, written from ``docs/explanation/caseload.md``."""

from collections.abc import Iterator
from dataclasses import dataclass

from remit.kernel.caseload.layout import Employer, Log, Plan, Scalar, World
from remit.kernel.elementary import exp, log
from twin.caseload_people_twin import (
    FATE,
    LOOK,
    MATCH,
    PLATFORM,
    PROVIDER,
    Carer,
    Client,
    Helper,
    Row,
    grains,
)
from twin.caseload_work_twin import Workforce


@dataclass
class Told:
    """What a run of the twin leaves behind."""

    log: list[Row]
    clients: list[Client]
    count: dict[str, int]
    teams: int
    price_level: float
    sums: dict[str, float]


class Twin(Workforce):
    """The service, week by week."""

    def run(self, weeks: int) -> Told:
        """Run and return what happened."""
        self.sums = dict.fromkeys(("needed", "granted", "booked", "delivered", "pounds", "vacancies"), 0.0)
        for self.week in range(weeks):
            self.changes()
            self.clients = [c for c in self.clients if self.fate(c)]
            self.clients += self.births()
            if self.week == 0:
                self.form_teams(int(self.of(Scalar.PROVIDER_ROUTE)) == 1)
            self.move_all()
            self.sums["vacancies"] += self.vacancies
            self.assess()
            self.matches_end()
            self.measure()
            self.give_up()
            self.make_lists()
            for client in self.clients:
                self.find(client)
            self.deliver()
        return Told(self.log, self.clients, self.count, len(self.teams), self.price_level, self.sums)

    # -- changes and fates ------------------------------------------------------------------

    def changes(self) -> None:
        """Bring on dated changes."""
        starts = self.plan.segment_weeks.tolist()
        if self.week == 0:
            self.change_pool()
            self.start()
            self.credit = 0.0
        while self.segment + 1 < len(starts) and starts[self.segment + 1] <= self.week:
            before = self.of(Scalar.PROVIDER_ROUTE)
            self.segment += 1
            self.change_pool()
            if self.week == 0:
                self.start()
                continue
            for client in self.clients:
                employer = client.employer
                client.route = self.route(client)
                if client.employer != employer:
                    for helper in list(filter(None, client.helpers)):
                        self.lose(client, helper)
            now = self.of(Scalar.PROVIDER_ROUTE)
            if int(now) != int(before):
                self.form_teams(int(now) == 1)

    def fate(self, client: Client) -> bool:
        """Let a week pass for a client; tell whether the story goes on."""
        plan, factor = self.plan, 1.0
        if client.at_home:
            growth = exp(float(plan.growth[self.segment, client.complex, client.state]))
            client.need = self.bound(client.need * growth)
            if self.of(Scalar.SHORT_EFFECT) != 0.0:
                factor = exp(self.of(Scalar.SHORT_EFFECT) * client.short)
        hazards = plan.hazards[self.segment, client.complex, client.state].tolist()
        if client.at_home:
            hazards[3] *= factor
            hazards[4] *= factor
        total = 0.0
        for h in hazards:
            total += h
        if total <= 0.0:
            return True
        client.budget -= total
        if client.budget > 0.0:
            return True
        which, budget, _, _ = self.draw(FATE, client.number, client.events)
        client.events += 1
        client.budget = -log(budget)
        running, to = 0.0, 6
        for state, h in enumerate(hazards):
            running += h
            if running > which * total:
                to = state
                break
        return self.go(client, to)

    def go(self, client: Client, to: int) -> bool:
        """Bring a client into a new state."""
        was_home, client.state = client.at_home, to
        if to < 3:
            self.write(Log.CHANGE if was_home else Log.BACK, client.number, to)
            return True
        for helper in filter(None, list(client.helpers)):
            self.release(client, helper)
        if to == 3:
            self.write(Log.GO_TO_HOSPITAL, client.number)
            return True
        self.write([Log.MOVE, Log.DIE, Log.RECOVER][to - 4], client.number)
        self.count[["moved", "died", "recovered"][to - 4]] += 1
        client.team = None
        return False

    def by_route(self, client: Client, column: Scalar) -> Scalar:
        """Return the column that holds for a client: those who find help by market have their own."""
        return Scalar[f"MARKET_{column.name}"] if client.employer == PLATFORM else column

    # -- hours ------------------------------------------------------------------------------

    def initial(self, client: Client) -> bool:
        """Tell whether a client is one of the first."""
        return client.number < int(self.plan.world[World.INITIAL_CLIENTS])

    def assess(self) -> None:
        """Assess, grant and review."""
        self.credit += self.of(Scalar.ASSESS_PER_WEEK)
        slots = int(self.credit)
        self.credit -= slots
        waiting = [c for c in self.clients if c.stage == "waiting" and not self.initial(c)]
        if self.of(Scalar.COMPLEX_FIRST) == 1:
            waiting.sort(key=lambda c: -c.complex)
        for client in waiting[:slots]:
            client.stage = "panel"
            client.due = self.week + int(self.of(self.by_route(client, Scalar.GRANT_DELAY_WEEKS)))
            self.write(Log.ASSESS, client.number)
        every = int(self.of(Scalar.REVIEW_WEEKS))
        for client in self.clients:
            if client.stage == "granted" and every > 0 and self.week >= client.due and client.at_home:
                self.grant(client, Log.REVIEW)
            elif (client.stage == "panel" and client.due <= self.week) or (
                client.stage == "waiting" and self.initial(client)
            ):
                self.grant(client, Log.GRANT)

    def grant(self, client: Client, code: Log) -> None:
        """Grant hours."""
        share, step = (
            self.of(self.by_route(client, c)) for c in (Scalar.GRANT_SHARE, Scalar.GRANT_STEP_HOURS)
        )
        hours = share * (client.need * self.of(Scalar.HOURS_FACTOR))
        if step > 0.0 and hours > 0.0:
            hours = step * max(1, int(hours / step + 0.5))
        shares = self.plan.client_bands[client.pattern].tolist()
        client.granted = [grains(hours * share) for share in shares]
        client.stage = "granted"
        client.due = self.week + int(self.of(Scalar.REVIEW_WEEKS))
        self.write(code, client.number, sum(client.granted))

    # -- bookings ---------------------------------------------------------------------------

    def release(self, client: Client, helper: Helper) -> None:
        """End a match."""
        for b in range(4):
            helper.carer.booked[b] -= helper.hours[b]
        client.helpers[client.helpers.index(helper)] = None

    def lose(self, client: Client, helper: Helper) -> None:
        """End a match and write it down."""
        self.write(Log.LOSE, client.number, helper.carer.number)
        self.release(client, helper)

    def matches_end(self) -> None:
        """End the matches whose time has come."""
        for client in self.clients:
            e = client.employer
            hazard = self.at(e, Employer.CHANGE_CLIENT) + self.at(e, Employer.CHANGE_CARER)
            for helper in filter(None, list(client.helpers)):
                gone = helper.carer.state != "working" or helper.carer.employer != e
                if not gone and hazard > 0:
                    helper.budget -= hazard
                if gone or (hazard > 0 and helper.budget <= 0):
                    self.lose(client, helper)
            for b in range(4):
                for helper in reversed(list(filter(None, client.helpers))):
                    cut = min(max(0, -client.lacks(b)), helper.hours[b])
                    helper.hours[b] -= cut
                    helper.carer.booked[b] -= cut
            for helper in filter(None, list(client.helpers)):
                if not any(helper.hours):
                    self.lose(client, helper)

    def give_up(self) -> None:
        """Cut bookings beyond what is bookable."""
        before = {c.number: list(c.booked) for c in self.carers}
        for client in self.clients:
            for helper in filter(None, client.helpers):
                carer = helper.carer
                for b in range(4):
                    if before[carer.number][b] > carer.bookable[b]:
                        kept = int(helper.hours[b] * (carer.bookable[b] / before[carer.number][b]))
                        carer.booked[b] -= helper.hours[b] - kept
                        helper.hours[b] = kept

    # -- finding help -----------------------------------------------------------------------

    def make_lists(self) -> None:
        """List everyone who has a minimum visit free."""
        self.lists: dict[tuple[object, int], list[Carer]] = {}
        for carer in self.carers:
            for b in range(4):
                if carer.state == "working" and carer.free(b) >= self.least():
                    self.lists.setdefault((self.group(carer), b), []).append(carer)

    def group(self, carer: Carer) -> object:
        """Return the group in which a carer is listed."""
        if carer.employer == PLATFORM:
            return ("platform", carer.zone)
        return ("team", carer.team.number) if carer.team else ("rota", carer.zone)

    def book(self, client: Client, helper: Helper, b: int) -> None:
        """Book what a client lacks in a band, as far as the helper is free."""
        carer = helper.carer
        some = min(client.lacks(b), carer.free(b))
        if some <= 0:
            return
        helper.hours[b] += some
        carer.booked[b] += some
        there = self.lists.get((self.group(carer), b), [])
        if carer.free(b) < self.least() and carer in there:
            at, last = there.index(carer), there.pop()
            if at < len(there):
                there[at] = last

    def match(self, client: Client, carer: Carer) -> None:
        """Make a carer the client's helper."""
        budget = -log(self.draw(MATCH, client.number, client.matches)[0])
        client.matches += 1
        helper = Helper(carer, self.week, budget)
        client.helpers[client.helpers.index(None)] = helper
        self.write(Log.MATCH, client.number, carer.number)
        for b in range(4):
            self.book(client, helper, b)

    def find(self, client: Client) -> None:
        """Let a client find help."""
        if client.stage != "granted" or not client.at_home or all(client.lacks(b) <= 0 for b in range(4)):
            return
        for helper in filter(None, client.helpers):
            for b in range(4):
                self.book(client, helper, b)
        if client.route == 2:
            self.look(client)
            return
        groups = list(self.groups(client))
        for b in range(4):
            for group in groups:
                while self.seeks(client, b) and self.lists.get((group, b)):
                    there = self.lists[group, b]
                    self.match(client, there[(client.number + self.week) % len(there)])

    def seeks(self, client: Client, b: int) -> bool:
        """Tell whether a client seeks another helper for a band."""
        return client.lacks(b) >= self.least() and None in client.helpers

    def groups(self, client: Client) -> Iterator[object]:
        """Yield the groups in which a provider's client seeks help."""
        if client.route == 0:
            yield ("rota", client.zone)
            yield from (("rota", z) for z in self.plan.neighbours[client.zone].tolist() if z >= 0)
            return
        own = self.settle(client)
        if own:
            yield ("team", own.number)
            yield from (("team", t.number) for t in self.of_patch(own.patch) if t is not own)

    def look(self, client: Client) -> None:
        """Look at carers of the platform within reach."""
        near = [z for z in self.plan.neighbours[client.zone].tolist() if z >= 0]
        zones = [client.zone, *near[: int(self.of(Scalar.REACH_ZONES))]]
        for look in range(min(64, int(self.of(Scalar.LOOKS_A_WEEK)))):
            listed = [[c for z in zones for c in self.lists.get((("platform", z), k), [])] for k in range(4)]
            open_bands = [k for k in range(4) if listed[k]]
            if not open_bands:
                return
            b = max(open_bands, key=client.lacks)
            there = listed[b]
            if not self.seeks(client, b):
                return
            whom, u_client, u_carer, _ = self.draw(LOOK, client.number, 64 * self.week + look)
            carer = there[int(whom * len(there))]
            km = float(self.plan.zone_km[client.zone, carer.zone])
            dear = 0.0
            if self.of(Scalar.PRICE_EFFECT) != 0.0:
                dear = self.of(Scalar.PRICE_EFFECT) * (carer.own_log + log(self.price_level))
            little = 0.0
            if self.of(Scalar.HOURS_EFFECT) != 0.0:
                short = sum(client.lacks(k) for k in range(4)) / 15360.0
                little = self.of(Scalar.HOURS_EFFECT) * max(0.0, 1.0 - short / self.of(Scalar.HOURS_WANTED))
            wants = self.of(Scalar.ACCEPT_CLIENT) * exp(-(dear + self.of(Scalar.KM_EFFECT_CLIENT) * km))
            wanted = self.of(Scalar.ACCEPT_CARER) * exp(-(self.of(Scalar.KM_EFFECT_CARER) * km + little))
            if u_client < wants and u_carer < wanted:
                self.match(client, carer)

    # -- delivery ---------------------------------------------------------------------------

    def deliver(self) -> None:
        """Live the week."""
        zones = range(len(self.plan.areas))
        visits = [[0 for _ in zones] for _ in range(2)]
        contact = [[0 for _ in zones] for _ in range(2)]
        booked = granted = all_given = 0
        market = [0, 0]
        self.granted_hours = 0.0
        provider_granted = 0
        for client in self.clients:
            if not client.at_home:
                continue
            e = client.employer
            given = sum(self.serve(client, helper) for helper in filter(None, client.helpers))
            bands = [client.booked(b) for b in range(4)]
            visits[e][client.zone] += sum(min(7, max(1, x // self.least())) for x in bands if x > 0)
            contact[e][client.zone] += given
            needed = grains(client.need * self.of(Scalar.HOURS_FACTOR))
            client.short = max(0, needed - given) / needed if needed else 0.0
            client.helped = client.helped or given > 0
            booked, granted, all_given = booked + sum(bands), granted + sum(client.granted), all_given + given
            self.sums["needed"] += needed
            if e == PLATFORM:
                market = [market[0] + sum(client.granted), market[1] + sum(bands)]
            else:
                provider_granted += sum(client.granted)
                self.sums["pounds"] += given / 15360.0 * self.at(PROVIDER, Employer.PRICE)
        self.granted_hours = provider_granted / 15360.0
        for name, some in (("booked", booked), ("granted", granted), ("delivered", all_given)):
            self.sums[name] += some
        self.write(Log.WEEK, booked, all_given)
        self.carers_week()
        if self.week % 4 == 0:
            self.set_travel(visits, contact)
        self.drift_price(*market)

    def serve(self, client: Client, helper: Helper) -> int:
        """Let a helper come; return the grains given."""
        carer, given = helper.carer, 0
        for b in range(4):
            some = helper.hours[b]
            if carer.booked[b] > carer.can_do[b]:
                some = int(some * (carer.can_do[b] / carer.booked[b]))
            given += some
        carer.given += given
        if self.week - helper.since >= 4:
            carer.given_known += given
        if client.employer == PLATFORM:
            price = self.at(PLATFORM, Employer.HOURLY) * exp(carer.own_log) * self.price_level
            self.sums["pounds"] += given / 15360.0 * price * (1.0 + self.at(PLATFORM, Employer.CLIENT_FEE))
        return given

    def drift_price(self, granted: int, booked: int) -> None:
        """Let the price level follow scarcity."""
        if self.of(Scalar.MARKET_SHARE) <= 0 or self.of(Scalar.PRICE_ELASTICITY) == 0.0:
            return
        there = [c for c in self.carers if c.state == "working" and c.employer == PLATFORM]
        bookable = sum(sum(c.bookable) for c in there)
        free = sum(c.free(b) for c in there for b in range(4))
        unmet = (granted - booked) / granted if granted else 0.0
        idle = free / bookable if bookable else 0.0
        level = self.price_level * exp(self.of(Scalar.PRICE_ELASTICITY) * (unmet - idle))
        self.price_level = min(max(level, self.of(Scalar.PRICE_LEAST)), self.of(Scalar.PRICE_MOST))


def run_twin(plan: Plan, seed: int, luck: int, weeks: int) -> Told:
    """Run the twin once."""
    return Twin(plan, seed, luck).run(weeks)
