"""The gate: answer, or say that the help centre doesn't cover it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

Matrix = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Few signals and some shrinkage: a hundred questions can't support more.
STRENGTH = 0.5


@dataclass(frozen=True, slots=True)
class Gate:
    """A logistic model over a ranking's signals, and the confidence from which it answers."""

    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    threshold: float

    def confidence(self, signals: Matrix) -> float:
        """Return how likely it is that the question can be answered."""
        z = (signals - np.array(self.means)) / np.array(self.scales)
        return float(1 / (1 + np.exp(-(z @ np.array(self.weights) + self.bias))))

    def opens(self, confidence: float) -> bool:
        """Whether an answer with this confidence may go out."""
        return confidence >= self.threshold


def fit_gate(signals: Matrix, answerable: Flags) -> Gate:
    """Learn which signals an answerable question shows; the threshold is still to be tuned."""
    means, scales = signals.mean(axis=0), signals.std(axis=0)
    scales[scales == 0] = 1.0
    model = LogisticRegression(C=STRENGTH, solver="newton-cholesky")
    model.fit((signals - means) / scales, answerable)
    return Gate(
        tuple(means.tolist()),
        tuple(scales.tolist()),
        tuple(model.coef_[0].tolist()),
        float(model.intercept_[0]),
        threshold=0.5,
    )


def best_threshold(confidences: Matrix, right_if_answered: Flags, answerable: Flags) -> float:
    """Return the strictest of the thresholds that get most cases right.

    A customer is hurt more by a wrong answer than by none, so ties go to the stricter one.
    """
    edges = np.concatenate([[0.0], np.unique(confidences), [1.0]])
    middles = (edges[:-1] + edges[1:]) / 2
    totals = np.array(
        [np.where(confidences >= cut, right_if_answered, ~answerable).sum() for cut in middles]
    )
    return float(middles[np.flatnonzero(totals == totals.max())[-1]])
