"""Sensitivity: each unknown's share of what a difference varies by, alone and with others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from remit.design.design import TODAY
from remit.ensemble.freezing import points_in_block
from remit.ensemble.results import Results
from remit.ground.quantity import Choice
from remit.kernel.layout import Floats
from remit.questions.shares import Shares, shares
from remit.questions.variance import Decomposition, decompose
from remit.questions.worth import Known
from remit.simulate.outcome import Outcome
from remit.workbench.ensembles import Ensemble
from remit.workbench.questions import drawn_values, outcome_named, unknowns_of

EVERYTHING_ELSE = "everything else"


@dataclass(frozen=True)
class Swapped:
    """Shares from blocks in which one factor at a time was swapped."""

    factors: tuple[str, ...]
    found: Decomposition


@dataclass(frozen=True)
class Sensitivity:
    """What an outcome's difference to today varies by, by design."""

    outcome: Outcome
    swapped: dict[str, Swapped]  # where the store was filled so
    shared: dict[str, Shares]  # else, from futures as they came


def sensitivity(ensemble: Ensemble, outcome: str) -> Sensitivity:
    """Return shares of variance of each design's difference to today.

    Raises:
        Faults: BRF014 no such outcome, ENS006 nothing has finished.
    """
    spec = outcome_named(outcome, ensemble.question.brief.measures)
    column = spec.difference_of or spec.id
    results = ensemble.results([column])
    designs = [d for d in ensemble.question.designs if d != TODAY]
    if ensemble.recipe.vary:
        return Sensitivity(spec, {d: _swapped(ensemble, results, d, column) for d in designs}, {})
    return Sensitivity(spec, {}, {d: _shared(ensemble, results, d, column) for d in designs})


def _difference(results: Results, design: str, column: str) -> tuple[Floats, Floats]:
    """Return ``(scenarios,)`` the difference to today, and the squared error that its replicates leave in it."""
    apart = results.of(design, column) - results.of(TODAY, column)
    counts = np.isfinite(apart).sum(axis=1)
    sums = np.nansum(apart, axis=1)
    mean = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    squares = np.nansum((apart - mean[:, None]) ** 2, axis=1)
    return mean, np.where(counts > 1, squares / np.maximum(counts - 1, 1) / np.maximum(counts, 1), np.nan)


def _swapped(ensemble: Ensemble, results: Results, design: str, column: str) -> Swapped:
    recipe = ensemble.recipe
    factors = (*recipe.vary, EVERYTHING_ELSE)
    points = points_in_block(len(factors), recipe.pairs)
    whole = results.n_scenarios // points * points
    y, noise = (a[:whole] for a in _difference(results, design, column))
    is_lucky = recipe.n_replicates > 1  # one replicate does not tell what luck is in it
    found = decompose(y, len(factors), recipe.pairs, seed=recipe.seed, noise=noise if is_lucky else None)
    return Swapped(factors, found)


def _shared(ensemble: Ensemble, results: Results, design: str, column: str) -> Shares:
    drawn = ensemble.drawn[: results.n_scenarios]
    known: Sequence[Known] = [
        Known(u.name, drawn_values(u, drawn), isinstance(u, Choice)) for u in unknowns_of(ensemble, (design,))
    ]
    y, noise = _difference(results, design, column)
    if ensemble.recipe.n_replicates == 1:
        noise = np.zeros_like(noise)
    return shares(known, y, noise, seed=ensemble.recipe.seed)
