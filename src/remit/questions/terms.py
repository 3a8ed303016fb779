"""Terms: an unknown as columns that outcomes are fitted on, and what such a fit leaves."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from remit.kernel.layout import Floats

Ints = npt.NDArray[np.intp]

LEAST_AN_ANSWER = 5  # scenarios; rarer answers are taken together


@dataclass(frozen=True)
class Fit:
    """One set of orthonormal terms beside the constant, and what they leave."""

    terms: Floats  # (n, terms), each of mean 0
    left: Floats  # (n, targets) residuals
    leverage: Floats  # (n,)

    @property
    def n_terms(self) -> int:
        """Return how many terms there are beside the constant."""
        return int(self.terms.shape[1])

    def unexplained(self) -> Floats:
        """Return each scenario's part of the first target's unexplained variance, right on average (Hinkley 1977)."""
        part: Floats = self.left[:, 0] ** 2 / np.maximum(1.0 - self.leverage, 1e-9)
        return part

    def missed(self, otherwise: Floats) -> Floats:
        """Return each scenario's squared error if it is left out of the fit (Allen 1974).

        Args:
            otherwise: (n,) what stands for a scenario that alone decides its own fit.
        """
        slack = 1.0 - self.leverage
        found: Floats = np.where(slack > 1e-6, (self.left[:, 0] / np.maximum(slack, 1e-6)) ** 2, otherwise)
        return found


def fit_of(terms: Floats, targets: Floats) -> Fit:
    """Return the least squares fit of targets on orthonormal terms; both are of mean 0."""
    left = targets - terms @ (terms.T @ targets)
    return Fit(terms, left, 1.0 / len(targets) + (terms**2).sum(axis=1))


def orthonormal(terms: Floats) -> Floats:
    """Return orthonormal columns of mean 0 that span the terms' departures from their means.

    >>> orthonormal(np.array([[1.0, 2.0], [3.0, 6.0], [5.0, 10.0]])).shape
    (3, 1)
    """
    about = terms - terms.mean(axis=0)
    length = np.sqrt((about**2).sum(axis=0))
    about = about[:, length > 1e-9] / length[length > 1e-9]
    size, turned = np.linalg.eigh(about.T @ about)
    kept = size > 1e-9
    spanned: Floats = about @ (turned[:, kept] / np.sqrt(size[kept]))
    return spanned


def places(values: Floats) -> Ints:
    """Return the place of each value among the different ones.

    >>> places(np.array([3.0, 1.0, 3.0]))
    array([1, 0, 1])
    """
    place: Ints = np.unique(values, return_inverse=True)[1]
    return place


def ranks(place: Ints) -> Floats:
    """Return ranks between -1 and 1, ties shared; 0 on average.

    >>> ranks(np.array([0, 1, 1, 2]))
    array([-0.75,  0.  ,  0.  ,  0.75])
    """
    counts = np.bincount(place)
    found: Floats = ((2.0 * np.cumsum(counts) - counts) / len(place) - 1.0)[place]
    return found


def powers(place: Ints, degree: int) -> Floats:
    """Return the Legendre polynomials of the rank from the first to ``degree``."""
    return np.asarray(np.polynomial.legendre.legvander(ranks(place), degree)[:, 1:], float)


def answers(place: Ints) -> Floats:
    """Return one column for each answer but the commonest; rare ones are one answer, or go to the least common."""
    counts = np.bincount(place)
    order = np.argsort(-counts, kind="stable")
    common = [k for k in order if counts[k] >= LEAST_AN_ANSWER]
    rare = [k for k in order if counts[k] < LEAST_AN_ANSWER]
    group = np.zeros(len(counts), dtype=int)
    group[common] = np.arange(len(common))
    enough = bool(counts[rare].sum() >= LEAST_AN_ANSWER)
    group[rare] = len(common) if enough else max(0, len(common) - 1)
    columns: Floats = (group[place][:, None] == np.arange(1, len(common) + enough)[None, :]).astype(float)
    return columns
