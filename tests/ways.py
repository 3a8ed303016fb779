"""Ways of the small brief, true ones, for tests."""

from functools import cache

from fakes import MemoryStore
from remit.adapters.executors import Serial
from remit.adapters.files import read_text
from remit.consistency.route import RouteWish
from remit.design.design import TODAY
from remit.questions.stopping import StopRule, parse_stop_rule
from remit.report.way_answer import WayAnswer
from remit.workbench.compare import Wish
from remit.workbench.designs import Standpoint, stand_on
from remit.workbench.ways import Ways, pose_ways, run_ways
from small_brief import opened


@cache
def place() -> Standpoint:
    """Return the small town, where designs are judged."""
    return stand_on(opened(), None, read_text)


@cache
def ways(*names: str, stop: str = "", months: int = 36, seed: int = 1) -> Ways:
    """Return the question of the ways to some designs of the small brief."""
    found = opened()
    chosen = {TODAY: found.designs[TODAY]} | {n: found.designs[n] for n in names}
    rule: StopRule | None = parse_stop_rule(stop) if stop else None
    return pose_ways(found, place(), chosen, RouteWish(months), rule, seed)


@cache
def told(*names: str, stop: str = "", n_scenarios: int = 4, n_replicates: int = 2) -> WayAnswer:
    """Return what the ways to some designs do."""
    wish = Wish(n_scenarios, n_replicates)
    return run_ways(ways(*names, stop=stop), wish, MemoryStore(), Serial(), lambda _: None)
