"""Ways from today simulated: what a person is told of each, month by month."""

from collections.abc import Mapping
from dataclasses import dataclass

from remit.briefs.brief import Brief
from remit.consistency.route import NoRoute, Route
from remit.ensemble.results import Results
from remit.questions.months import Dip, MonthRow
from remit.questions.stopping import StopTrial


@dataclass(frozen=True)
class MonthMoney:
    """Extra public cost of one month against today, over futures, in pounds."""

    month: int
    mean: float
    low: float
    high: float
    changing: float  # of the mean: changing settings, getting conditions granted
    double: float  # of the mean: keeping the old way beside the new


@dataclass(frozen=True)
class WayTold:
    """One way and what it does."""

    arm: str
    title: str
    route: Route
    lives: tuple[MonthRow, ...]
    response: tuple[MonthRow, ...]
    money: tuple[MonthMoney, ...]
    dip: Dip | None
    response_dip: Dip | None
    stop: StopTrial | None
    stop_refused: str = ""  # why the stop rule cannot be tried on this way


@dataclass(frozen=True)
class WayAnswer:
    """All ways of one brief."""

    brief: Brief
    months: int
    ways: tuple[WayTold, ...]
    no_way: Mapping[str, NoRoute]
    results: Results
    provenance: Mapping[str, str]
    failures: tuple[str, ...] = ()
    is_complete: bool = True

    @property
    def n_scenarios(self) -> int:
        """How many futures there are."""
        return self.results.n_scenarios

    @property
    def n_replicates(self) -> int:
        """How many courses were simulated in each."""
        return self.results.n_replicates
