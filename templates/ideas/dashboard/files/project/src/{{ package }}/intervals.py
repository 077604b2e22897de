"""Forecast intervals from the forecaster's own past errors (split conformal, rolling).

No shape is assumed: the band is as wide as the recent errors were, on each side of the forecast
and for each week ahead.
"""

from dataclasses import dataclass

import numpy as np

from .backtest import Backtest
from .panel import Matrix

LEVELS = (0.80, 0.95)
WINDOWS = 26  # how many past origins the errors come from: a year
WEEK = 7


@dataclass(frozen=True, slots=True)
class Bands:
    """Offsets to the logarithm of a forecast: levels x (low, high) x weeks ahead."""

    offsets: Matrix

    def around(self, forecasts: Matrix) -> tuple[Matrix, Matrix]:
        """Return low and high, each levels x the shape of `forecasts` (horizon first)."""
        week = np.minimum(np.arange(len(forecasts)) // WEEK, self.offsets.shape[2] - 1)
        logs = np.log1p(forecasts)
        moved = logs + self.offsets[:, :, week].reshape(
            *self.offsets.shape[:2], len(week), *(1,) * (logs.ndim - 1)
        )
        bounds = np.maximum(np.expm1(moved), 0.0)
        return bounds[:, 0], bounds[:, 1]


def residuals(tested: Backtest) -> Matrix:
    """Return how far off the forecasts were, as differences of logarithms."""
    return np.asarray(np.log1p(tested.actuals) - np.log1p(tested.forecasts))


def fit_bands(errors: Matrix) -> Bands:
    """Return bands from `errors` (origins x horizon x shops; NaN where nothing is known)."""
    # BEGIN SOLUTION intervals
    weeks = max(errors.shape[1] // WEEK, 1)
    offsets = np.zeros((len(LEVELS), 2, weeks))
    for week in range(weeks):
        some = errors[:, week * WEEK : (week + 1) * WEEK if week < weeks - 1 else None]
        known = np.sort(some[~np.isnan(some)])
        for place, level in enumerate(LEVELS):
            # With n past errors, rank (n + 1)(1 + level) / 2 makes the promise hold for the next.
            rank = int(np.ceil((len(known) + 1) * (1 + level) / 2))
            high = min(rank, len(known)) - 1
            offsets[place, :, week] = known[len(known) - 1 - high], known[high]
    return Bands(offsets)
    # END SOLUTION
    # STUB: spread = float(np.nanstd(errors[:, :WEEK])) / 2
    # STUB: return Bands(np.array([[[-spread], [spread]], [[-2 * spread], [2 * spread]]]))


def rolling_bands(tested: Backtest) -> tuple[Matrix, Matrix]:
    """Return low and high (levels x origins x horizon x shops) of the origins after `WINDOWS`.

    The bands of an origin come from windows that ended before it.
    """
    errors = residuals(tested)
    bounds = [
        fit_bands(errors[place - WINDOWS : place]).around(tested.forecasts[place])
        for place in range(WINDOWS, len(tested.origins))
    ]
    low, high = zip(*bounds, strict=True)
    return np.stack(low, axis=1), np.stack(high, axis=1)


def covered(actuals: Matrix, low: Matrix, high: Matrix) -> Matrix:
    """Return 1 where a day lies within its band, 0 outside, NaN where it is unknown."""
    inside = (actuals >= low) & (actuals <= high)
    return np.where(np.isnan(actuals), np.nan, inside.astype(np.float64))
