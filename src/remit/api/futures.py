"""Futures: an ensemble from Python, filled, gone on with and asked."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from remit import wiring
from remit.api.answers import Told
from remit.design.design import TODAY
from remit.ensemble.ports import Failure
from remit.ground.document import Document
from remit.questions.boxes import Discovery
from remit.questions.drivers import Driver
from remit.questions.robust import Robust
from remit.questions.weights import Stakes, parse_weights
from remit.report import questions_text as words
from remit.report.sensitivity_text import shared_lines, swapped_lines
from remit.simulate.outcomes import outcome_columns, outcomes_of
from remit.workbench import questions as ask
from remit.workbench.ensembles import Ensemble, Recipe, parse_shard, question_of
from remit.workbench.ensembles import explore as run
from remit.workbench.questions import Weighed
from remit.workbench.rerun import Rerun
from remit.workbench.rerun import rerun as again
from remit.workbench.sensitivity import Sensitivity, sensitivity

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

Told_ = Callable[[int, int], None]


def explore(
    brief: str | Path,
    *,
    scenarios: int = 1000,
    replicates: int = 4,
    designs: Sequence[str] = (),
    turns: Sequence[str] = (),
    place: str | Path | None = None,
    seed: int = 1,
    into: str | Path | None = None,
    shard: str = "1/1",
    detail: bool = False,
    threads: int | None = None,
    processes: int | None = None,
    cluster: str | None = None,
    on_progress: Told_ | None = None,
) -> "Futures":
    """Return thousands of futures of a brief, those that are not in the store yet simulated now.

    Args:
        brief: a name of the gallery, or a file.
        scenarios: futures drawn; more extend those already there.
        replicates: years simulated in each.
        designs: names of designs; all of the brief's if none is given.
        turns: today with single settings turned, as ``"staff=1.1"``.
        place: a folder with the zones of another place.
        seed: the same gives the same numbers.
        into: the store, a folder; one that is removed when Python ends if none is given.
        shard: which part of how many that share nothing, as ``"3/16"``.
        detail: keep outcomes by fifth, zone and month too.
        threads: of this process; all cores if neither these, processes nor a cluster are given.
        processes: worker processes instead.
        cluster: the address of a Dask scheduler instead.
        on_progress: called with runs done and runs wanted; a line that counts if it is not given.

    Raises:
        Faults: whatever is wrong with the brief or its designs; ENS001 the store holds another question.

    Example:
        >>> futures = explore("cardiac-arrest", scenarios=2, replicates=1, designs=["one_crew_more"])
        >>> futures.n_done, futures.designs
        (4, ('today', 'one_crew_more'))
    """
    folder = Path(into) if into is not None else wiring.passing_folder()
    recipe = Recipe(
        wiring.lasting_name(str(brief)),
        wiring.lasting_name(str(place or "")),
        tuple(designs),
        tuple(turns),
        seed,
        scenarios,
        replicates,
        detail,
    )
    hands = wiring.hands(threads, processes, cluster)
    _, question = question_of(recipe, wiring.brief_at)
    run(recipe, question, wiring.results_folder(folder), hands, parse_shard(shard), on_progress or _count())
    return open_store(folder)


def open_store(folder: str | Path) -> "Futures":
    """Return the futures in a store, to be asked.

    Raises:
        Faults: ENS003 it is no store, ENS004 its question has changed, ENS007 it is of another version of Remit.
    """
    return Futures(wiring.ensemble_at(Path(folder)), Path(folder))


class Futures:
    """Runs of several designs in the same futures, and the questions one asks of them."""

    def __init__(self, held: Ensemble, store: Path) -> None:
        self.held = held
        self.store = store

    def __repr__(self) -> str:
        n, of = self.held.n_done, self.held.n_wanted
        return f"<Futures of {self.held.opened.brief.id}: {n:,} of {of:,} runs, designs {', '.join(self.designs)}>"

    @property
    def designs(self) -> tuple[str, ...]:
        """What is compared, today first."""
        return self.held.question.arms

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Every outcome that a run has."""
        return outcome_columns(self.held.question.brief)

    @property
    def n_done(self) -> int:
        """How many runs finished."""
        return self.held.n_done

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Runs that did not finish, as data."""
        return self.held.failures

    def frame(self, outcomes: Sequence[str] = (), with_picked: bool = False) -> "pd.DataFrame":
        """Return a row a run: design, scenario, replicate and outcomes for everyone, as a pandas table.

        Args:
            outcomes: which; all that are judged by if none is named.
            with_picked: futures that were picked near a boundary too, with a weight that each must count by.

        Raises:
            Faults: BRF014 an outcome that there is not, ENS006 nothing has finished.
        """
        import pandas as pd

        results = self.held.results(self._known(outcomes), with_picked)
        numbers = np.array([s.number for s in self.held.drawn])
        made = self.held.made[:, : results.n_scenarios]
        d, s, r = np.nonzero(made)
        rows = pd.DataFrame({c: results.values[d, s, r, 0, i] for i, c in enumerate(results.columns)})
        rows.insert(0, "design", pd.Categorical.from_codes(d, list(results.designs)))
        rows.insert(1, "scenario", numbers[s])
        rows.insert(2, "replicate", r)
        if with_picked:
            rows["weight"] = np.array(self.held.weights())[s]
        return rows

    def dataset(self, outcomes: Sequence[str] = ()) -> "xr.Dataset":
        """Return outcomes for everyone by design, scenario and replicate, as xarray; NaN where a run is missing."""
        import xarray as xr

        results = self.held.results(self._known(outcomes))
        axes = ("design", "scenario", "replicate")
        spans = {
            "design": list(results.designs),
            "scenario": [s.number for s in self.held.drawn[: results.n_scenarios]],
            "replicate": list(range(results.n_replicates)),
        }
        units = {o.id: o.unit for o in outcomes_of(self._measures).every}
        values = {
            name: (axes, results.values[:, :, :, 0, c], {"units": units.get(name, "")})
            for c, name in enumerate(results.columns)
        }
        return xr.Dataset(values, spans, {"brief": self.held.opened.brief.id, "seed": self.held.recipe.seed})

    def unknowns(self) -> "pd.DataFrame":
        """Return what each unknown that touches these designs was in each future, a row a scenario."""
        import pandas as pd

        told = {}
        for unknown in ask.unknowns_of(self.held, self.designs):
            values = ask.drawn_values(unknown, self.held.drawn)
            options = getattr(unknown, "options", None)
            told[unknown.name] = values if options is None else [options[int(v)] for v in values]
        return pd.DataFrame(told, index=pd.Index([s.number for s in self.held.drawn], name="scenario"))

    def conditions(
        self, prefer: str, over: str = TODAY, *, on: str = "", by: float = 0.0, most: int = 3
    ) -> Told[Discovery]:
        """Return when one design beats another, in few conditions judged on futures kept aside."""
        told = ask.conditions(self.held, prefer, over, on, by, most)
        lines = words.conditions_lines(
            prefer, over, told.outcome, by, told.found, told.largest, told.unknowns
        )
        table = words.conditions_table(told.found, told.unknowns)
        tables = (("Conditions", table),) if told.found.boxes else ()
        return Told(f"When {prefer} beats {over}", told.found, lines, tables)

    def drivers(self, outcome: str = "") -> Told[dict[str, list[Driver]]]:
        """Return what moves each design's difference to today."""
        spec = ask.outcome_named(outcome, self._measures)
        found = ask.what_drives(self.held, outcome)
        lines = [line for name, told in found.items() for line in words.drivers_lines(name, told, spec)]
        return Told(f"What moves {spec.name.lower()}", found, lines)

    def shares(self, outcome: str = "") -> Told[Sensitivity]:
        """Return what each design's difference to today varies by: shares of variance, alone and with others."""
        found = sensitivity(self.held, outcome)
        n = self.held.recipe.n_replicates
        lines = [line for name, told in found.shared.items() for line in shared_lines(name, told, n)]
        lines += [
            line
            for name, told in found.swapped.items()
            for line in swapped_lines(name, told.factors, told.found)
        ]
        return Told(f"What differences in {found.outcome.name.lower()} vary by", found, lines)

    def robust(
        self,
        stakeholders: Mapping[str, Mapping[str, float]] | None = None,
        thresholds: Mapping[str, str] | None = None,
    ) -> Told[Robust]:
        """Return how each design stands over all futures, for each stakeholder's weights.

        Args:
            stakeholders: by name, weights by outcome; the headline alone if not given.
            thresholds: by outcome, lines to be met, as ``{"response_mean": "<=8"}``.

        Raises:
            Faults: BRF014 an unknown outcome, BRF012 weights below 0 or all 0.
        """
        stakes = _stakes(stakeholders, thresholds, self._measures)
        found = ask.how_robust(self.held, stakes)
        lines = [*words.robust_lines(found), *words.exchange_lines(found, stakes), *found.findings]
        lines += [words.luck_line(self.held.recipe.n_replicates)]
        lines += words.uneven_line(ask.uneven_futures(self.held))
        tables = tuple((f"By the weights of {who}", words.robust_table(found, who)) for who in stakes.weights)
        return Told("Which design is safest", found, lines, tables)

    def worth(self, outcome: str = "", gbp_each: float = 0.0) -> Told[Weighed]:
        """Return what knowing each unknown would be worth for choosing among the designs."""
        spec = ask.outcome_named(outcome, self._measures)
        found = ask.what_is_worth(self.held, outcome, gbp_each)
        lines = words.worth_lines(found.found, spec.unit, found.at_least) + words.uneven_line(found.n_uneven)
        tables = (("What each unknown alone is worth", words.worth_table(found.found, spec.unit)),)
        return Told("What is worth finding out", found, lines, tables)

    def rerun(self, run: str) -> Rerun:
        """Return one run made again, bit for bit, by its id or the beginning of it."""
        return again(self.held, run)

    @property
    def _measures(self) -> str:
        return self.held.question.brief.measures

    def _known(self, outcomes: Sequence[str]) -> tuple[str, ...]:
        every = self.outcomes
        for name in outcomes:
            if name not in every:
                ask.outcome_named(name, self._measures)  # refuses with the nearest name
        return tuple(outcomes) or tuple(o.id for o in outcomes_of(self._measures).every)


def _stakes(
    stakeholders: Mapping[str, Mapping[str, float]] | None,
    thresholds: Mapping[str, str] | None,
    measures: str,
) -> Stakes:
    wished = stakeholders or {"everyone": {ask.outcome_named("", measures).id: 1.0}}
    plain: dict[str, Any] = {"stakeholders": {who: dict(weights) for who, weights in wished.items()}}
    if thresholds:
        plain["thresholds"] = dict(thresholds)
    return parse_weights(Document("weights", plain), ask.weighable(measures))


def _count() -> Told_:
    """Return what counts runs on one line of the error stream."""
    import sys
    import time

    last = [0.0]

    def told(done: int, total: int) -> None:
        now = time.monotonic()
        if sys.stderr.isatty() and (now - last[0] > 0.2 or done == total):
            last[0] = now
            end = "\n" if done == total else ""
            print(f"\r{done:,} of {total:,} runs", end=end, file=sys.stderr, flush=True)  # noqa: T201

    return told
