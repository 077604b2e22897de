"""Rolling-origin backtests: stand at a day, forecast ahead, compare, move on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .panel import Matrix, Panel

WEEK = 7


class Method(Protocol):
    """Anything that forecasts horizon x shops from a panel cut at the origin."""

    @property
    def name(self) -> str: ...

    def forecast(self, panel: Panel, horizon: int) -> Matrix: ...


@dataclass(frozen=True, slots=True)
class Backtest:
    """`forecasts` and `actuals` are origins x horizon x shops; `scale` is origins x shops."""

    name: str
    origins: tuple[int, ...]
    forecasts: Matrix
    actuals: Matrix
    scale: Matrix

    def scaled_errors(self) -> Matrix:
        """Return absolute errors in units of the seasonal naive's error in the past."""
        return np.asarray(np.abs(self.actuals - self.forecasts) / self.scale[:, None, :])

    @property
    def scores(self) -> list[float]:
        """Return the mean scaled error (MASE) of each origin."""
        errors = self.scaled_errors().reshape(len(self.origins), -1)
        return [float(value) for value in np.nanmean(errors, axis=1)]

    def part(self, rows: slice) -> "Backtest":
        """Return some of the origins."""
        return Backtest(
            self.name,
            self.origins[rows],
            self.forecasts[rows],
            self.actuals[rows],
            self.scale[rows],
        )


def backtest(method: Method, panel: Panel, origins: Sequence[int], horizon: int) -> Backtest:
    """Forecast from each origin with what was known there."""
    forecasts, actuals, scales = [], [], []
    for origin in origins:
        past = panel.until(origin)
        forecasts.append(method.forecast(past, horizon))
        actuals.append(panel.orders[origin : origin + horizon])
        scales.append(seasonal_scale(past))
    return Backtest(
        method.name, tuple(origins), np.stack(forecasts), np.stack(actuals), np.stack(scales)
    )


def seasonal_scale(past: Panel) -> Matrix:
    """Return each shop's mean absolute change from one week to the next."""
    return np.asarray(np.nanmean(np.abs(past.orders[WEEK:] - past.orders[:-WEEK]), axis=0))
