"""What any forecaster must beat: last week again, the last four weeks, exponential smoothing."""

from dataclasses import dataclass

import numpy as np

from .panel import Matrix, Panel

WEEK = 7


def _repeat(week: Matrix, horizon: int) -> Matrix:
    return week[np.arange(horizon) % WEEK]


@dataclass(frozen=True, slots=True)
class SeasonalNaive:
    """The same weekday of the last week that is known."""

    name: str = "seasonal naive"

    def forecast(self, panel: Panel, horizon: int) -> Matrix:
        """Return horizon x shops."""
        weeks = panel.orders[-4 * WEEK :].reshape(4, WEEK, -1)
        week = weeks[-1]
        for older in weeks[-2::-1]:
            week = np.where(np.isnan(week), older, week)
        return _repeat(week, horizon)


@dataclass(frozen=True, slots=True)
class SeasonalAverage:
    """The mean of the same weekday over the last four weeks."""

    name: str = "four-week average"

    def forecast(self, panel: Panel, horizon: int) -> Matrix:
        """Return horizon x shops."""
        return _repeat(np.nanmean(panel.orders[-4 * WEEK :].reshape(4, WEEK, -1), axis=0), horizon)


@dataclass(frozen=True, slots=True)
class ExponentialSmoothing:
    """A level and a weekly pattern that follow the days, on logarithms (Holt-Winters, no trend)."""

    level_rate: float = 0.10
    season_rate: float = 0.05
    name: str = "exponential smoothing"

    def forecast(self, panel: Panel, horizon: int) -> Matrix:
        """Return horizon x shops."""
        logs = np.log1p(panel.orders)
        start = logs[: 4 * WEEK]
        level = np.nanmean(start, axis=0)
        season = np.nanmean(start.reshape(4, WEEK, -1), axis=0) - level
        for day, row in enumerate(logs):
            place = day % WEEK
            miss = np.nan_to_num(row - level - season[place])
            level = level + self.level_rate * miss
            season[place] += self.season_rate * (1 - self.level_rate) * miss
        turned = np.roll(season, -(panel.days % WEEK), axis=0)
        return np.asarray(np.expm1(level + _repeat(turned, horizon)))
