"""rerun: one run of a store once more, bit for bit, with what happened in it event by event."""

from dataclasses import dataclass

import numpy as np

from remit.ensemble.futures import futures_of
from remit.ensemble.ports import RunKey
from remit.ensemble.runner import lowered_of
from remit.ground.faults import fail, nearest
from remit.kernel.layout import Ints
from remit.simulate.family import family_of
from remit.simulate.outcomes import outcome_columns
from remit.simulate.rows import luck_of
from remit.workbench.ensembles import Ensemble

MOST_EVENTS = 2_000_000


@dataclass(frozen=True)
class Rerun:
    """A run made again beside what the store holds of it."""

    key: RunKey
    outcomes: dict[str, float]  # for everyone
    stored: dict[str, float]  # the same from the store; empty if the run is not there
    is_same: bool
    log: Ints  # (events, 4): as the family's engine writes it
    warm: int  # when measuring begins, in the log's own time
    family: str


def rerun(ensemble: Ensemble, run: str) -> Rerun:
    """Return one run made again, by its id or the beginning of it.

    Raises:
        Faults: ENS005 no such run, or several; whatever made it fail, if it failed.
    """
    key = _find(ensemble, run)
    question = ensemble.question
    scenario = futures_of(question, key.scenario + 1)[-1]
    lowered, cost = lowered_of(question, key.design, scenario)
    family = family_of(question.brief.family)
    work = family.room(lowered, question.brief, MOST_EVENTS)
    lucks = [luck_of(key.scenario, key.replicate)]
    rows, work = family.run(lowered, question.brief, question.seed, lucks, cost, work)
    outcomes = {name: float(values[0, 0]) for name, values in rows.columns.items()}
    stored = _stored(ensemble, key)
    is_same = bool(stored) and all(np.array_equal(outcomes[n], stored[n], equal_nan=True) for n in stored)
    n_events = int((work.log[:, 1] > 0).sum())
    warm = family.log_start(question.brief)
    return Rerun(key, outcomes, stored, is_same, work.log[:n_events].copy(), warm, family.id)


def _find(ensemble: Ensemble, run: str) -> RunKey:
    if "/" in run:
        return _placed(ensemble, run)
    failed = [f.key for f in ensemble.failures if f.key.run_id.startswith(run)]
    found = (
        {k.run_id: k for k in (*ensemble.store.find(ensemble.question.origin, run), *failed)} if run else {}
    )
    if not found:
        known = ensemble.store.find(ensemble.question.origin, run[:3]) if len(run) > 6 else []
        raise fail("ENS005", f'"{run}"', fix=nearest(run, [k.run_id for k in known[:1000]]) if known else "")
    if len(found) > 1:
        raise fail("ENS005", f'"{run}" begins {len(found):,} of them', fix="Give more of its letters.")
    return next(iter(found.values()))


def _placed(ensemble: Ensemble, text: str) -> RunKey:
    """Return the run at ``design/future/year``."""
    design, _, numbers = text.partition("/")
    scenario, _, replicate = numbers.partition("/")
    recipe = ensemble.recipe
    most = max(s.number for s in ensemble.drawn)
    if design not in ensemble.question.arms or not (scenario.isdecimal() and replicate.isdecimal()):
        known = ", ".join(ensemble.question.arms)
        raise fail(
            "ENS005", f'"{text}"', fix=f"Write DESIGN/FUTURE/YEAR, for example today/0/0; designs: {known}."
        )
    s, r = int(scenario), int(replicate)
    if s > most or r >= recipe.n_replicates:
        raise fail("ENS005", f'"{text}"', fix=f"Futures go to {most}, years to {recipe.n_replicates - 1}.")
    return RunKey(ensemble.question.run_id(design, s, r), design, s, r)


def _stored(ensemble: Ensemble, key: RunKey) -> dict[str, float]:
    names = outcome_columns(ensemble.question.brief)
    held = ensemble.store.columns(ensemble.question.origin, names)
    at = (held.designs.index(key.design), key.scenario, key.replicate)
    rows = np.flatnonzero((held.places == at).all(axis=1))
    return dict(zip(names, held.values[rows[0]].tolist(), strict=True)) if len(rows) else {}
