"""Numbers with their uncertainty: bootstrap intervals and paired differences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2_000

Indices = NDArray[np.intp]
# A metric that is no mean over cases: its value over the cases of these numbers, which may repeat.
Statistic = Callable[[Indices], float]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A metric over `n` cases with its 95% interval."""

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


def estimate_statistic(name: str, statistic: Statistic, n: int, seed: int) -> Estimate:
    """Return a metric over cases 0 to n - 1 with an interval from resampling whole cases.

    Where cases hang together (rows of one customer), number the groups and not the rows.
    """
    value, interval = _resampled(statistic, n, seed)
    return Estimate(name, value, interval, n)


def paired_statistic(
    against: str, model: Statistic, baseline: Statistic, n: int, seed: int
) -> Difference:
    """Return model - baseline, both taken on the same resampled cases."""
    value, interval = _resampled(lambda picks: model(picks) - baseline(picks), n, seed)
    return Difference(against, value, interval, n)


def _resampled(statistic: Statistic, n: int, seed: int) -> tuple[float, tuple[float, float]]:
    if n < 1:
        raise ValueError("a metric needs at least one case")
    rng = np.random.default_rng(seed)
    values = [statistic(rng.integers(0, n, size=n)) for _ in range(RESAMPLES)]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(statistic(np.arange(n))), (float(low), float(high))


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
