"""compare: designs in the same scenarios, until precise enough; and what drives the differences."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from remit.briefs.scenario import Scenario
from remit.catalogue.catalogue import load_catalogue
from remit.catalogue.changes import load_changes
from remit.design.design import TODAY, Design
from remit.design.parse import turn
from remit.ensemble.batches import missing_tasks
from remit.ensemble.comparison import Compared, compare, monte_carlo_error
from remit.ensemble.dependence import check_ties
from remit.ensemble.futures import check_vary, futures_of
from remit.ensemble.plans import USUAL, Sampling
from remit.ensemble.ports import Executor, RunBatch, Store
from remit.ensemble.question import ENGINE_VERSION, Question
from remit.ensemble.results import Results, gather, is_own, made_in
from remit.ensemble.runner import run_missing
from remit.ground.faults import Faults, fail, nearest
from remit.ground.quantity import Choice, Quantity
from remit.ground.version import VERSION
from remit.mechanism.change import load_change_effects
from remit.mechanism.cost import yearly_cost
from remit.mechanism.effect import load_effects
from remit.mechanism.stages import ChangeBook
from remit.questions.drivers import drivers
from remit.report.answer import Answer
from remit.report.figures import many
from remit.simulate.family import family_of
from remit.simulate.outcomes import outcomes_of
from remit.workbench.briefs import OpenBrief
from remit.workbench.commons_findings import commons_findings
from remit.workbench.findings import findings

COST = "cost_public"


@dataclass(frozen=True)
class Wish:
    """How much to compute."""

    n_scenarios: int = 64
    n_replicates: int = 3
    precision: float | None = None  # Monte Carlo error of the headline difference at which to stop
    most_replicates: int = 256
    seed: int = 1


@dataclass(frozen=True)
class Progress:
    """How far a comparison is."""

    done: int
    total: int
    first_look: Mapping[str, float]  # mean headline difference so far, by design


def choose_designs(opened: OpenBrief, names: Sequence[str], turns: Sequence[str]) -> dict[str, Design]:
    """Return today first, then the designs asked for (all if none is), then today with single settings turned.

    Raises:
        Faults: DSN007 no such design, DSN in a turned setting.
    """
    wanted = [*names] or ([] if turns else [d for d in opened.written if d != TODAY])
    for name in wanted:
        if name not in opened.written:
            raise fail("DSN007", f'"{name}"', fix=nearest(name, list(opened.written)))
    chosen = opened.solved([TODAY, *wanted])
    for text in turns:
        design = turn(chosen[TODAY], text, load_catalogue())
        chosen[design.id] = design
    return chosen


def every_unknown(question: Question) -> list[Quantity | Choice]:
    """Return everything uncertain, what changing takes among it, whether the question asks for that or not."""
    book = question.change_book or ChangeBook(load_changes(), load_change_effects(question.brief.family))
    return replace(question, change_book=book).unknowns()


def pose(opened: OpenBrief, designs: Mapping[str, Design], seed: int, sampling: Sampling = USUAL) -> Question:
    """Return the question that a comparison asks; refuse designs that cannot be lowered at all.

    Raises:
        Faults: MEC faults of any design at the central scenario.
    """
    question = Question(
        opened.brief, designs, load_effects(opened.brief.family), load_catalogue(), seed, sampling=sampling
    )
    check_ties(opened.brief.together, every_unknown(question), opened.brief.file)
    check_vary(question, sampling.vary, question.unknowns())
    lower = family_of(opened.brief.family).lower
    for design in designs.values():
        lower(design, question.today, question.brief, Scenario(), question.effects, question.catalogue)
    return question


def describe(question: Question) -> dict[str, str]:
    """Return what a results folder says of the question it holds."""
    return {
        "digest": question.digest,
        "brief": question.brief.id,
        "place": question.brief.locality.name,
        "brief_digest": question.brief_digest,
        "catalogue_digest": question.catalogue.digest,
        "seed": str(question.seed),
        "sampling": str(question.sampling),
        "engine_version": ENGINE_VERSION,
        "remit_version": VERSION,
    }


def run_comparison(
    question: Question, wish: Wish, store: Store, executor: Executor, on_progress: Callable[[Progress], None]
) -> Answer:
    """Run what is missing, in rounds until the Monte Carlo error is as small as asked, and compare.

    An interrupt keeps every batch that was written.
    """
    store.open(describe(question))
    drawn = futures_of(question, wish.n_scenarios)
    kept = store.read()
    # a precision is judged on at least four replicates: two can agree by chance
    n_replicates = wish.n_replicates if wish.precision is None else max(4, wish.n_replicates)
    while True:
        run_round(question, drawn, n_replicates, store, executor, kept, on_progress)
        results = results_of(question, kept, wish.n_scenarios, n_replicates)
        error = worst_error(results, column_of(question))
        if wish.precision is None:
            stopped = f"{many(n_replicates, 'replicate')} of each scenario, as asked"
            break
        if error <= wish.precision:
            stopped = f"stopped at {n_replicates} replicates: error {error:.3g}, asked {wish.precision:g}"
            break
        if n_replicates >= wish.most_replicates:
            stopped = (
                f"stopped at the most replicates ({n_replicates}): error {error:.3g}, not {wish.precision:g}"
            )
            break
        wanted = (
            math.ceil(n_replicates * (error / wish.precision) ** 2)
            if math.isfinite(error)
            else 2 * n_replicates
        )
        n_replicates = min(wish.most_replicates, max(n_replicates + 1, min(wanted, 2 * n_replicates)))
    return analyse(question, drawn, results, stopped)


def partial_answer(question: Question, wish: Wish, store: Store) -> Answer | None:
    """Return the comparison of what an interrupted run has kept, or None if that is nothing."""
    kept = store.read()
    drawn = futures_of(question, wish.n_scenarios)
    try:
        results = results_of(question, kept, wish.n_scenarios, 1 << 30)
    except ValueError:
        return None
    answer = analyse(question, drawn, results, "interrupted: what finished is shown")
    return replace(answer, is_complete=False)


def run_round(
    question: Question,
    drawn: Sequence[Scenario],
    n_replicates: int,
    store: Store,
    executor: Executor,
    kept: list[RunBatch],
    on_progress: Callable[[Progress], None],
) -> None:
    """Run every replicate that is missing, telling how far it is and the first look at the differences."""
    total = len(question.arms) * len(drawn) * n_replicates
    state = {
        "done": sum(1 for b in kept for k in b.keys if k.scenario < len(drawn) and k.replicate < n_replicates)
    }
    sums: dict[str, list[float]] = {}
    headline = column_of(question)

    def told(batch: RunBatch) -> None:
        kept.append(batch)
        state["done"] += len(batch.keys) + len(batch.failures)
        _look(batch, sums, headline)
        on_progress(Progress(min(state["done"], total), total, {d: s[0] / s[1] for d, s in sums.items()}))

    tasks = missing_tasks(question.arms, drawn, made_in(kept, question, len(drawn), n_replicates))
    run_missing(question, tasks, store, executor, told)


def column_of(question: Question) -> str:
    """Return the column in which designs of a question first differ."""
    headline = outcomes_of(question.brief.measures).headline
    return headline.difference_of or headline.id


def _look(batch: RunBatch, sums: dict[str, list[float]], headline: str) -> None:
    """Add a batch's paired headline differences to the running sums."""
    if not batch.keys:
        return
    column = batch.columns.index(headline)
    todays = {
        (k.scenario, k.replicate): batch.values[i, 0, column]
        for i, k in enumerate(batch.keys)
        if k.design == TODAY
    }
    for i, key in enumerate(batch.keys):
        base = todays.get((key.scenario, key.replicate))
        if key.design != TODAY and base is not None:
            pair = sums.setdefault(key.design, [0.0, 0.0])
            pair[0] += float(batch.values[i, 0, column] - base)
            pair[1] += 1.0


def results_of(question: Question, kept: list[RunBatch], n_scenarios: int, n_replicates: int) -> Results:
    """Return the results asked for.

    A folder may hold more scenarios or replicates than that, and runs of designs that had the same
    name with other settings; identity decides.
    """
    return gather([_only(b, question, n_scenarios, n_replicates) for b in kept], question.arms)


def _only(batch: RunBatch, question: Question, n_scenarios: int, n_replicates: int) -> RunBatch:
    rows = [i for i, k in enumerate(batch.keys) if is_own(k, question, n_scenarios, n_replicates)]
    if len(rows) == len(batch.keys):
        return batch
    return RunBatch(
        tuple(batch.keys[i] for i in rows),
        batch.groups,
        batch.columns,
        batch.values[rows],
        batch.chart[rows],
        batch.failures,
    )


def worst_error(results: Results, column: str) -> float:
    """Return the largest Monte Carlo error of the headline difference among the designs; NaN if one is not known."""
    today = results.of(TODAY, column)
    errors = [monte_carlo_error(results.of(d, column) - today) for d in results.designs if d != TODAY]
    return float(np.max(errors)) if errors else 0.0


def analyse(question: Question, drawn: Sequence[Scenario], results: Results, stopped: str) -> Answer:
    """Return the comparison of finished runs."""
    fifths = [g for g in results.groups if g[0] in ("own_fifth", "national_fifth")]
    zones = [g for g in results.groups if g[0] == "zone"]
    outcomes = outcomes_of(question.brief.measures)
    periods = [g for g in results.groups if g[0] == outcomes.period]
    by_period = (outcomes.by_month, *outcomes.also_by_month)
    headline, column = outcomes.headline.id, column_of(question)
    grouped = [o.id for o in outcomes.every if o.by_group]
    found = reach(question)
    lasting = outcomes.lasting
    moved = (
        {d: drivers(results, drawn, r.plan, d, TODAY, lasting) for d, r in found.items()} if lasting else {}
    )
    return Answer(
        brief=question.brief,
        designs=question.designs,
        results=results,
        rows=tuple(compare(results, d, o.id) for d in results.designs for o in outcomes.every),
        by_fifth=tuple(compare(results, d, o, g) for d in results.designs for o in grouped for g in fifths),
        by_zone=tuple(compare(results, d, headline, g) for d in results.designs for g in zones),
        by_month=tuple(
            compare(results, d, o, g) for o in by_period for d in results.designs for g in periods
        ),
        rivals=_rivals(question, results),
        drivers={d: tuple(drivers(results, drawn, r.plan, d, TODAY, column)) for d, r in found.items()},
        cost_drivers={d: tuple(drivers(results, drawn, r.cost, d, TODAY, COST)) for d, r in found.items()},
        assumed={d: r.own_plan for d, r in found.items()},
        assumed_costs={d: r.own_cost for d, r in found.items()},
        stopped=stopped,
        provenance=describe(question),
        failures=tuple(dict.fromkeys(f.message for f in results.failures)),
        findings=(*findings(question, results), *commons_findings(question, results, moved)),
    )


def _rivals(question: Question, results: Results) -> tuple[Compared, ...]:
    """Return the headline of each design beside the one whose level was set to cost the same."""
    pairs = []
    for text in question.brief.designs:
        for raw in text.settings.values():
            rival = raw.get("equal_cost_to") if isinstance(raw, dict) else None
            if rival in results.designs and text.id in results.designs and rival != TODAY:
                pairs.append((rival, text.id))
    headline = outcomes_of(question.brief.measures).headline.id
    rows = (compare(results, ours, headline, base=theirs) for ours, theirs in pairs)
    return tuple(replace(row, group=("rival", theirs)) for row, (_, theirs) in zip(rows, pairs, strict=True))


@dataclass(frozen=True)
class Reach:
    """Which unknowns touch a design's plan or cost or today's, and which assumptions only the design's."""

    plan: tuple[Quantity | Choice, ...]
    cost: tuple[Quantity | Choice, ...]
    own_plan: tuple[str, ...]
    own_cost: tuple[str, ...]


def reach(question: Question) -> dict[str, Reach]:
    """Return for each design which unknowns touch its plan or cost.

    Each unknown is moved by itself, up and if that does nothing down; one that leaves every array as
    at the centre cannot drive anything.
    """
    centre = {d: _inputs(question, d, Scenario()) for d in question.designs}
    touched: dict[tuple[str, str], set[str]] = {}
    unknowns = question.unknowns()
    for unknown in unknowns:
        for design in question.designs:
            if not _may_act(unknown.name, question, design):
                continue
            for u in (0.95, 0.05):
                moved = _inputs(question, design, Scenario(-1, {unknown.name: u}))
                parts = {p for p in ("plan", "cost") if moved[p] != centre[design][p]}
                for part in parts:
                    touched.setdefault((part, design), set()).add(unknown.name)
                if parts:
                    break
    return {d: _reach(unknowns, touched, d) for d in question.designs if d != TODAY}


def _reach(
    unknowns: Sequence[Quantity | Choice], touched: Mapping[tuple[str, str], set[str]], design: str
) -> Reach:
    found: dict[str, tuple[Quantity | Choice, ...]] = {}
    own: dict[str, tuple[str, ...]] = {}
    for part in ("plan", "cost"):
        ours, todays = touched.get((part, design), set()), touched.get((part, TODAY), set())
        # coefficients of curves other than the central scenario's touch plans in other scenarios
        curves = {u.name for u in unknowns if u.name.startswith("curves.")} if part == "plan" else set()
        found[part] = tuple(u for u in unknowns if u.name in ours | todays | curves)
        own[part] = tuple(u.name for u in unknowns if u.name in ours - todays and not u.source)
    return Reach(found["plan"], found["cost"], own["plan"], own["cost"])


def _may_act(name: str, question: Question, design: str) -> bool:
    """Tell whether an effect's size can matter: only where the design's setting is not today's."""
    if not name.startswith("effects."):
        return True
    variable = name.split(".")[1]
    return question.designs[design].settings[variable] != question.today.settings[variable]


def _inputs(question: Question, design: str, scenario: Scenario) -> dict[str, object]:
    """Return what a scenario makes of a design's plan and cost."""
    one = question.designs[design]
    try:
        return _lowered_inputs(question, one, scenario)
    except Faults as fault:  # a future in which the design cannot run is touched by what makes it so
        return {"plan": str(fault), "cost": str(fault)}


def _lowered_inputs(question: Question, one: Design, scenario: Scenario) -> dict[str, object]:
    family = family_of(question.brief.family)
    lowered = family.lower(
        one, question.today, question.brief, scenario, question.effects, question.catalogue
    )
    cost = yearly_cost(one, question.today, lowered.values, question.brief, scenario, question.catalogue)
    return {
        "plan": [np.ascontiguousarray(a).tobytes() for a in lowered.arrays],
        "cost": family.cost_inputs(lowered, cost),
    }
