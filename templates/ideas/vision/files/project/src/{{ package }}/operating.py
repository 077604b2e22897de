"""Where to draw the line: what each threshold finds and rejects, and which one costs least."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

# BEGIN SOLUTION threshold
from .business import Assumptions, cost_per_thousand
# END SOLUTION
# STUB: from .business import Assumptions

FEW_ALARMS = 0.01
GRID = tuple(round(step / 100, 2) for step in range(101))

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curve:
    """For each threshold the share of defects found, and of good tiles rejected."""

    thresholds: tuple[float, ...]
    recall: tuple[float, ...]
    alarms: tuple[float, ...]


def rates(scores: ArrayLike, defect: ArrayLike, threshold: float) -> tuple[float, float]:
    """Return the share of defects found and of good tiles rejected: at or above the threshold."""
    above, bad = np.asarray(scores) >= threshold, np.asarray(defect)
    return float(above[bad].mean()), float(above[~bad].mean())


def make_curve(scores: ArrayLike, defect: ArrayLike, thresholds: Sequence[float] = GRID) -> Curve:
    """Return what each threshold would do."""
    both = [rates(scores, defect, threshold) for threshold in thresholds]
    return Curve(
        tuple(thresholds), tuple(found for found, _ in both), tuple(false for _, false in both)
    )


def cheapest(curve: Curve, assumptions: Assumptions) -> float:
    """Return the threshold whose errors cost least; of equals the highest."""
    # BEGIN SOLUTION threshold
    costs = [
        cost_per_thousand(found, false, assumptions)
        for found, false in zip(curve.recall, curve.alarms, strict=True)
    ]
    least = min(costs)
    pairs = zip(curve.thresholds, costs, strict=True)
    return max(line for line, cost in pairs if cost <= least + 1e-9)
    # END SOLUTION
    # STUB: del assumptions  # the middle, whatever errors cost
    # STUB: return curve.thresholds[len(curve.thresholds) // 2]


def strict(curve: Curve, most: float = FEW_ALARMS) -> float:
    """Return the lowest threshold that rejects at most so many good tiles."""
    # BEGIN SOLUTION threshold
    pairs = zip(curve.thresholds, curve.alarms, strict=True)
    allowed = [line for line, false in pairs if false <= most]
    return min(allowed, default=curve.thresholds[-1])
    # END SOLUTION
    # STUB: del most
    # STUB: return curve.thresholds[-1]


def every_threshold(scores: Scores) -> list[float]:
    """Return thresholds between which nothing changes, for scores of any scale."""
    values = np.unique(scores)
    return [*(float(value) for value in values), float(np.nextafter(values[-1], np.inf))]
