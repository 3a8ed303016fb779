"""Smoothing: what one unknown lets one expect, fitted without the part of scenarios it is then asked about.

For a number a natural cubic spline (a straight line beyond its outer knots), for a question with several
answers their means. How far the curve may bend is chosen by the error in the parts held out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from remit.kernel.layout import Floats

Ints = npt.NDArray[np.intp]

KNOTS = (2, 3, 4, 6, 9)  # 2 is a straight line
FEW_ANSWERS = 5  # a number that takes no more values is treated as a question
LEAST_A_KNOT = 8  # scenarios


@dataclass(frozen=True)
class Curve:
    """One kind of curve, ready to be fitted to anything: fit on the rest, then told at the part held out."""

    solve: Floats  # (parts * terms, scenarios): 0 where a scenario is in the part
    at: tuple[Floats, ...]  # (held out, terms) by part


@dataclass(frozen=True)
class Fits:
    """Everything of a fit but what is fitted, for many outcomes at once."""

    parts: tuple[Ints, ...]  # who is held out
    curves: tuple[Curve, ...]

    def predict(self, y: Floats) -> Floats:
        """Return what is expected of ``y`` (scenarios, sets, columns), each by the fit without its part.

        One curve is chosen for all columns of a set: that with the least squared error held out.
        """
        best = np.empty_like(y)
        least = np.full(y.shape[1], np.inf)
        flat = y.reshape(len(y), -1)
        for curve in self.curves:
            told = self._told(curve, flat).reshape(y.shape)
            error = ((told - y) ** 2).sum(axis=(0, 2))
            better = error < least
            best[:, better] = told[:, better]
            least[better] = error[better]
        return best

    def _told(self, curve: Curve, flat: Floats) -> Floats:
        told = np.empty_like(flat)
        fitted = (curve.solve @ flat).reshape(len(self.parts), -1, flat.shape[1])
        for part, at, terms in zip(self.parts, curve.at, fitted, strict=True):
            told[part] = at @ terms
        return told


def fits_of(x: Floats, folds: Ints, n_folds: int, is_choice: bool) -> Fits:
    """Return the fits of anything on ``x``.

    Args:
        x: (scenarios,) the unknown.
        folds: (scenarios,) the part in which each is held out.
        n_folds: how many parts there are.
        is_choice: whether ``x`` is the number of an answer.
    """
    levels = np.unique(x)
    answers = is_choice or len(levels) <= FEW_ANSWERS
    kinds = [_answers(x, levels)] if answers else _splines(x)
    parts = tuple(np.flatnonzero(folds == k) for k in range(n_folds))
    return Fits(parts, tuple(_curve(terms, parts) for terms in kinds))


def _curve(terms: Floats, parts: Sequence[Ints]) -> Curve:
    """Return the curve of these terms and a constant; terms are taken about their mean in the rest."""
    n, q = terms.shape
    solve = np.zeros((len(parts), 1 + q, n))
    at = []
    for k, part in enumerate(parts):
        rest = np.delete(np.arange(n), part)
        about = terms[rest].mean(axis=0)
        solve[k, 0, rest] = 1.0 / len(rest)
        solve[k, 1:, rest] = np.linalg.pinv(terms[rest] - about, rcond=1e-9).T
        at.append(np.column_stack([np.ones(len(part)), terms[part] - about]))
    return Curve(solve.reshape(-1, n), tuple(at))


def _answers(x: Floats, levels: Floats) -> Floats:
    """Return one column for each answer."""
    columns: Floats = (x[:, None] == levels[None, :]).astype(float)
    return columns


def _splines(x: Floats) -> list[Floats]:
    """Return the terms of a natural cubic spline for each number of knots, at equal shares of scenarios."""
    low, high = float(x.min()), float(x.max())
    scaled = (x - low) / (high - low)
    curves = []
    for n in KNOTS:
        knots = np.unique(np.quantile(scaled, _shares(n)))
        if n == 2 or (len(knots) == n and len(x) >= n * LEAST_A_KNOT):
            curves.append(_natural(scaled, knots))
    return curves


def _shares(n: int) -> Sequence[float]:
    edge = 0.5 / n
    return [float(s) for s in np.linspace(edge, 1.0 - edge, n)]


def _natural(x: Floats, knots: Floats) -> Floats:
    """Return the natural cubic spline's terms (Hastie, Tibshirani and Friedman 2009, 5.2.1), without constant."""
    if len(knots) < 3:
        return x[:, None]
    last = knots[-1]
    cubes = np.maximum(x[:, None] - knots[None, :], 0.0) ** 3
    bends = (cubes[:, :-1] - cubes[:, -1:]) / (last - knots[:-1])
    return np.column_stack([x, bends[:, :-1] - bends[:, -1:]])
