"""The gate: answer, or say that the help centre doesn't cover it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
# BEGIN SOLUTION gate
from sklearn.linear_model import LogisticRegression

# END SOLUTION
# STUB:
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
    # BEGIN SOLUTION gate
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
    # END SOLUTION
    # STUB: # The share of answerable questions, whatever the signals are.
    # STUB: yes, no = answerable.sum() + 1, (~answerable).sum() + 1
    # STUB: zeros, ones = (0.0,) * signals.shape[1], (1.0,) * signals.shape[1]
    # STUB: return Gate(zeros, ones, zeros, float(np.log(yes / no)), threshold=0.0)


def best_threshold(confidences: Matrix, right_if_answered: Flags, answerable: Flags) -> float:
    """Return the strictest of the thresholds that get most cases right.

    A customer is hurt more by a wrong answer than by none, so ties go to the stricter one.
    """
    # BEGIN SOLUTION gate
    edges = np.concatenate([[0.0], np.unique(confidences), [1.0]])
    middles = (edges[:-1] + edges[1:]) / 2
    totals = np.array(
        [np.where(confidences >= cut, right_if_answered, ~answerable).sum() for cut in middles]
    )
    return float(middles[np.flatnonzero(totals == totals.max())[-1]])
    # END SOLUTION
    # STUB: del confidences, right_if_answered, answerable  # it never abstains
    # STUB: return 0.0
