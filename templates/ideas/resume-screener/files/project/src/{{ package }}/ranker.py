"""Learning to rank: pairs of applications to one job, and a weight for each kind of evidence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from .features import NAMES, Matrix

RIDGE = 1.0
MIDDLE, POINTS = 50.0, 10.0


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear score: (row - means) / scales, weighed; `spread` is its deviation in training."""

    means: tuple[float, ...]
    scales: tuple[float, ...]
    values: tuple[float, ...]
    spread: float

    def contributions(self, rows: Matrix) -> Matrix:
        """Return what each column adds to each row's score; a row's sum is its score."""
        standard = (rows - np.array(self.means)) / np.array(self.scales)
        added: Matrix = standard * np.array(self.values)
        return added

    def points(self, rows: Matrix) -> Matrix:
        """Return what each column adds in points: ten are one deviation among applications."""
        points: Matrix = POINTS * self.contributions(rows) / self.spread
        return points

    def scores(self, rows: Matrix) -> Matrix:
        """Return scores in points; 50 is the middle application of the training jobs."""
        total: Matrix = MIDDLE + self.points(rows).sum(axis=1)
        return total


def train(pools: Sequence[Matrix], grades: Sequence[Sequence[int]]) -> Weights:
    """Learn from pools of applications, one a job: the better grade should score higher."""
    every = np.vstack(pools)
    means, own = every.mean(axis=0), every.std(axis=0)
    scales = np.where(own > 0, own, 1.0)
    values = np.ones(len(NAMES))
    # BEGIN SOLUTION ranker
    gaps, gains = pairs([(pool - means) / scales for pool in pools], grades)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        margins = gaps @ weights
        value = gains @ np.logaddexp(0, -margins) + RIDGE * weights @ weights
        slope = -gaps.T @ (gains * np.exp(-np.logaddexp(0, margins))) + 2 * RIDGE * weights
        return float(value), slope

    values = _least(loss)
    # END SOLUTION
    # STUB: del grades  # every kind of evidence counts the same, whatever they say
    spread = float((((every - means) / scales) @ values).std()) or 1.0
    return Weights(
        means=tuple(means.tolist()),
        scales=tuple(scales.tolist()),
        values=tuple(values.tolist()),
        spread=spread,
    )


def _least(loss: Callable[[Matrix], tuple[float, Matrix]]) -> Matrix:
    """Return the weights with the least loss; `loss` returns its value and its slope."""
    found: Matrix = minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B").x
    return found


def pairs(pools: Sequence[Matrix], grades: Sequence[Sequence[int]]) -> tuple[Matrix, Matrix]:
    """Return better - worse for every pair within a pool, and how much each pair matters.

    A pair's weight is its gap in gain, shared out so that every pool counts the same.
    """
    gaps: list[Matrix] = []
    gains: list[Matrix] = []
    for pool, its in zip(pools, grades, strict=True):
        worth = 2.0 ** np.array(its) - 1
        better, worse = np.nonzero(worth[:, None] > worth[None, :])
        if better.size:
            weight = worth[better] - worth[worse]
            gaps.append(pool[better] - pool[worse])
            gains.append(weight / weight.sum() * len(pool))
    return np.vstack(gaps), np.concatenate(gains)
