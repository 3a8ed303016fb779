"""The people of the plain caseload twin: clients and carers with their own draws, and the service's common parts.

Written from ``docs/explanation/caseload.md``. It shares with the kernel only the draws (``uniforms``), the
arithmetic of single numbers and the names of the Plan's columns.
"""

import math
from dataclasses import dataclass, field

import numpy as np

from remit.kernel.caseload.layout import Employer, Plan, Scalar, World
from remit.kernel.elementary import duration, exp, log, normal_quantile
from remit.kernel.philox import uniforms

CLIENT, FATE, MATCH, LOOK, CARER, CAREER = range(20, 26)
PROVIDER, PLATFORM = 0, 1
HOURS = 15360  # grains
Row = tuple[int, int, int, int]


def grains(hours: float) -> int:
    """Return whole grains of so many hours."""
    return int(hours * 15360.0 + 0.5)


def first_above(cumulative: np.ndarray, u: float) -> int:
    """Return the first place whose cumulative share is above ``u``, else the last."""
    return next((i for i, share in enumerate(cumulative.tolist()) if share > u), len(cumulative) - 1)


@dataclass
class Helper:
    """One helper of a client, with what is booked in each band."""

    carer: "Carer"
    since: int
    budget: float
    hours: list[int] = field(default_factory=lambda: [0, 0, 0, 0])


@dataclass
class Client:
    """Someone who needs help."""

    number: int
    born: int
    zone: int
    fifth: int
    complex: int
    pattern: int
    state: int
    need: float
    budget: float
    directs: float
    market: float
    supported: float
    short: float = 1.0
    route: int = 0
    stage: str = "waiting"
    due: int = 0
    granted: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    helpers: list[Helper | None] = field(default_factory=lambda: [None] * 6)
    team: "Team | None" = None
    events: int = 0
    matches: int = 0
    helped: bool = False

    @property
    def at_home(self) -> bool:
        """Tell whether the client is at home."""
        return self.state < 3

    @property
    def employer(self) -> int:
        """Return who employs the helpers."""
        return PLATFORM if self.route == 2 else PROVIDER

    def booked(self, band: int) -> int:
        """Return the grains booked in a band."""
        return sum(h.hours[band] for h in self.helpers if h)

    def lacks(self, band: int) -> int:
        """Return the grains granted and not booked in a band."""
        return self.granted[band] - self.booked(band)


@dataclass
class Carer:
    """Someone who might help."""

    number: int
    mark: float
    zone: int
    hours: float
    reservation: float
    wish: float
    own_log: float
    pattern: int
    start: float
    budget: float
    state: str = "outside"
    employer: int = -1
    due: int = 0
    events: int = 0
    team: "Team | None" = None
    unpaid: float = 0.0
    known: float = 0.0
    overload: float = 0.0
    available: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    can_do: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    bookable: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    booked: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    given: int = 0
    given_known: int = 0

    def free(self, band: int) -> int:
        """Return what may still be booked in a band."""
        return self.bookable[band] - self.booked[band]


@dataclass(eq=False)
class Team:
    """A patch team."""

    number: int
    patch: int
    carers: list[Carer] = field(default_factory=list)


class Folk:
    """Draws, log and births: what every part of the twin leans on."""

    def __init__(self, plan: Plan, seed: int, luck: int) -> None:
        self.plan, self.seed, self.luck = plan, seed, luck
        self.week = self.segment = 0
        self.log: list[Row] = []
        self.clients: list[Client] = []
        self.count = dict.fromkeys(("born", "not_arisen", "moved", "died", "recovered"), 0)
        self.next_client = 0
        self.pending = math.nan
        self.carers = [self.carer(c) for c in range(int(plan.world[World.CARER_CEILING]))]

    def draw(self, stream: int, entity: int, block: int) -> tuple[float, float, float, float]:
        """Return the four draws of an entity's block."""
        words = (self.seed, self.luck, stream, entity, block)
        return uniforms(*(np.uint64(word) for word in words))

    def write(self, code: int, a: int, b: int = -1) -> None:
        """Write a row of the log."""
        self.log.append((self.week, int(code), a, b))

    def of(self, column: Scalar) -> float:
        """Return a number of the segment."""
        return float(self.plan.scalars[self.segment, column])

    def at(self, employer: int, column: Employer) -> float:
        """Return a number of an employer."""
        return float(self.plan.employers[self.segment, employer, column])

    def carer(self, c: int) -> Carer:
        """Let a carer be born."""
        world = self.plan.world
        mark, zone, hours, reservation = self.draw(CARER, c, 0)
        wish, price, pattern, start = self.draw(CARER, c, 1)
        drawn = duration(hours, world[World.CARER_HOURS_MEAN], world[World.CARER_HOURS_SIGMA])
        return Carer(
            number=c,
            mark=mark,
            zone=first_above(self.plan.carer_zones, zone),
            hours=min(float(world[World.CARER_HOURS_MOST]), drawn),
            reservation=exp(world[World.RESERVATION_SIGMA] * normal_quantile(reservation)),
            wish=float(world[World.WISH_MOST]) * wish,
            own_log=float(world[World.PRICE_SIGMA]) * normal_quantile(price),
            pattern=first_above(self.plan.carer_patterns, pattern),
            start=start,
            budget=-log(self.draw(CARER, c, 2)[0]),
        )

    def bound(self, hours: float) -> float:
        """Hold hours needed within their bounds."""
        world = self.plan.world
        return min(max(hours, float(world[World.HOURS_LEAST])), float(world[World.HOURS_MOST]))

    def births(self) -> list[Client]:
        """Return the clients born this week whose need arises."""
        born: list[Client | None] = []
        if self.week == 0:
            born += [self.birth() for _ in range(int(self.plan.world[World.INITIAL_CLIENTS]))]
            for client in filter(None, born):
                client.short = 0.0
            self.pending = -log(self.draw(CLIENT, self.next_client, 0)[0])
        left = float(self.plan.births[self.week % 52])
        while self.pending <= left:
            left -= self.pending
            born.append(self.birth())
            self.pending = -log(self.draw(CLIENT, self.next_client, 0)[0])
        self.pending -= left
        return [client for client in born if client]

    def birth(self) -> Client | None:
        """Let the next client be born; None if the need does not arise."""
        n, plan, world = self.next_client, self.plan, self.plan.world
        self.next_client += 1
        self.count["born"] += 1
        _, u_cell, u_need, u_hours = self.draw(CLIENT, n, 0)
        if u_need >= self.of(Scalar.NEED_SHARE):
            self.count["not_arisen"] += 1
            self.write(2, n)
            return None
        place, rest = divmod(u_cell * len(plan.cell_keep), 1.0)
        cell = int(place) if rest < plan.cell_keep[int(place)] else int(plan.cell_alias[int(place)])
        u_complex, directs, market, supported = self.draw(CLIENT, n, 1)
        u_pattern, u_state, u_budget, _ = self.draw(CLIENT, n, 2)
        is_complex = u_complex < world[World.COMPLEX_SHARE]
        mean = world[World.HOURS_MEAN] * (world[World.COMPLEX_HOURS] if is_complex else 1.0)
        client = Client(
            number=n,
            born=self.week,
            zone=cell // 5,
            fifth=cell % 5,
            complex=int(is_complex),
            pattern=first_above(plan.client_patterns, u_pattern),
            state=first_above(plan.first, u_state),
            need=self.bound(duration(u_hours, mean, world[World.HOURS_SIGMA])),
            budget=-log(u_budget),
            directs=directs,
            market=market,
            supported=supported,
        )
        client.route = self.route(client)
        self.write(1, n, cell)
        return client

    def route(self, client: Client) -> int:
        """Return the route of a client in this segment."""
        can = client.directs >= self.of(Scalar.CANNOT_DIRECT_SHARE)
        supported = client.supported < self.of(Scalar.SUPPORTED_SHARE)
        if client.market < self.of(Scalar.MARKET_SHARE) and (can or supported):
            return 2
        return int(self.of(Scalar.PROVIDER_ROUTE))
