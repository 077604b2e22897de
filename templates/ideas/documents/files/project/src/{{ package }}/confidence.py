"""Confidence: how likely a field is right, and from where on nobody needs to look."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
# BEGIN SOLUTION confidence
from sklearn.linear_model import LogisticRegression

# END SOLUTION
# STUB:
from .features import Matrix
from .fields import FIELDS, SUMS

Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

STRENGTH = 1.0
GOAL = 0.99
SURE = 6.0


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known about one field that was read."""

    field: str
    score: float  # log-odds of what was chosen; for nothing, of there being nothing
    margin: float  # how far ahead it is of the next different value
    absent: bool
    sum_fits: bool
    sum_fails: bool
    items_fit: bool

    def row(self) -> list[float]:
        """Return the numbers for the model."""
        amount = self.field in SUMS
        return [
            float(np.clip(self.score, -SURE, SURE)),
            float(np.clip(self.margin, -SURE, SURE)),
            float(self.absent),
            float(self.sum_fits and amount),
            float(self.sum_fails),
            float(self.items_fit and amount),
            *(float(self.field == name) for name in FIELDS),
        ]


@dataclass(frozen=True, slots=True)
class Confidence:
    """A logistic model over the signals, and the threshold for going straight through."""

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def of(self, signals: Signals) -> float:
        """Return how likely the field is right."""
        z = float(np.dot(signals.row(), self.weights)) + self.bias
        return float(1 / (1 + np.exp(-z)))


def fit_confidence(signals: Sequence[Signals], right: Sequence[bool]) -> Confidence:
    """Learn which signals a right field shows; the threshold is still to be chosen."""
    # BEGIN SOLUTION confidence
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    model.fit(np.array([one.row() for one in signals]), np.array(right))
    return Confidence(tuple(model.coef_[0].tolist()), float(model.intercept_[0]), threshold=1.0)
    # END SOLUTION
    # STUB: # The share of right fields, whatever the signals are: everything goes through.
    # STUB: share = (sum(right) + 1) / (len(right) + 2)
    # STUB: zeros = (0.0,) * len(signals[0].row())
    # STUB: return Confidence(zeros, float(np.log(share / (1 - share))), threshold=0.0)


def best_threshold(lowest: Matrix, right: Matrix, fields: int, goal: float = GOAL) -> float:
    """Return the lowest threshold at which enough fields of the documents above are right.

    `lowest` is each document's lowest confidence, `right` how many of its `fields` are right.
    """
    # BEGIN SOLUTION confidence
    order = np.argsort(-lowest, kind="stable")
    share = np.cumsum(right[order]) / (fields * np.arange(1, len(order) + 1))
    enough = np.flatnonzero(share >= goal)
    return float(lowest[order[enough[-1]]]) if enough.size else 1.0
    # END SOLUTION
    # STUB: del lowest, right, fields, goal  # everything goes through
    # STUB: return 0.0


def with_threshold(confidence: Confidence, threshold: float) -> Confidence:
    """Return the same model with a threshold."""
    return replace(confidence, threshold=threshold)
