"""Numbers with their uncertainty: bootstrap intervals and paired differences."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `n` cases with its 95% interval."""

    name: str
    value: float
    ci95: tuple[float, float]
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better than `against` the model is, case by case on the same cases."""

    against: str
    value: float
    ci95: tuple[float, float]
    n: int

    @property
    def proven(self) -> bool:
        """Whether the whole interval lies above zero."""
        return self.ci95[0] > 0


def estimate(name: str, scores: Sequence[float], seed: int) -> Estimate:
    """Return the mean of `scores` with a percentile bootstrap interval."""
    values = _as_array(scores)
    return Estimate(name, float(values.mean()), _interval(values, seed), len(values))


def paired_difference(
    against: str, model: Sequence[float], baseline: Sequence[float], seed: int
) -> Difference:
    """Return the mean of model - baseline; pairing removes what makes a case hard for both."""
    if len(model) != len(baseline):
        raise ValueError(f"{len(model)} scores can't be paired with {len(baseline)}")
    values = _as_array(model) - _as_array(baseline)
    return Difference(against, float(values.mean()), _interval(values, seed), len(values))


def _as_array(scores: Sequence[float]) -> NDArray[np.float64]:
    values = np.asarray(scores, dtype=np.float64)
    if values.ndim != 1 or values.size == 0:
        raise ValueError("a mean needs at least one score")
    return values


def _interval(values: NDArray[np.float64], seed: int) -> tuple[float, float]:
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, values.size, size=(RESAMPLES, values.size))
    low, high = np.percentile(values[picks].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
