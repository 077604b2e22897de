"""The forecaster: a regression on the calendar, and a level that follows each shop.

Works on logarithms, so that effects multiply: an offer brings a share more, not a number more.
"""

from dataclasses import dataclass

import numpy as np

from .calendar import features
from .panel import Matrix, Panel

WEEK = 7


@dataclass(frozen=True, slots=True)
class Tuning:
    """Chosen on the development year alone."""

    half_life: float = 700.0  # days after which a day weighs half
    base_ridge: float = 0.1  # levels and weekdays: hardly held back
    shared_ridge: float = 0.5  # effects that all shops share
    own_ridge: float = 40.0  # how a shop differs from them: held back most
    level_days: float = 7.0  # how far back the level looks


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learned up to a day: effects, and how each shop stands to them now."""

    effects: Matrix
    level: Matrix
    days: int

    def forecast(self, panel: Panel, horizon: int) -> Matrix:
        """Return horizon x shops, by the plans that `panel` holds for those days."""
        rows = slice(self.days, self.days + horizon)
        return np.maximum(np.expm1(_design(panel, rows) @ self.effects + self.level), 0.0)


@dataclass(frozen=True, slots=True)
class CalendarRegression:
    """Learns from what is known before a day, forecasts the days behind it."""

    tuning: Tuning = Tuning()
    name: str = "calendar regression"

    def forecast(self, panel: Panel, horizon: int) -> Matrix:
        """Fit on the whole panel and forecast beyond its end."""
        return self.fit(panel).forecast(panel, horizon)

    def fit(self, panel: Panel) -> Fitted:
        """Solve the weighted ridge regression; recent days weigh more."""
        design = _design(panel, slice(0, panel.days))
        logs = np.log1p(panel.orders)
        age = panel.days - 1 - np.arange(panel.days)[:, None]
        known = ~np.isnan(logs)
        weights = known * 0.5 ** (age / self.tuning.half_life)
        effects = self._solve(design, np.nan_to_num(logs), weights)
        residuals = np.where(known, logs - design @ effects, 0.0)
        recent = known * np.exp(-age / self.tuning.level_days)
        level = (recent * residuals).sum(axis=0) / np.maximum(recent.sum(axis=0), 1e-9)
        return Fitted(effects, level, panel.days)

    def _solve(self, design: Matrix, target: Matrix, weights: Matrix) -> Matrix:
        shops = target.shape[1]
        base = shops * (1 + WEEK)
        shared = (design.shape[-1] - base) // (1 + shops)
        penalty = np.full(design.shape[-1], self.tuning.own_ridge)
        penalty[:base] = self.tuning.base_ridge
        penalty[base : base + shared] = self.tuning.shared_ridge
        rows = design.reshape(-1, design.shape[-1])
        weighted = rows * weights.reshape(-1, 1)
        gram = weighted.T @ rows + np.diag(penalty)
        return np.linalg.solve(gram, weighted.T @ target.reshape(-1)).astype(np.float64)


def _design(panel: Panel, rows: slice) -> Matrix:
    """Columns: each shop's level, its weekdays, the shared effects, each shop's own of them."""
    shared = features(panel)[rows]
    span, shops, count = shared.shape
    weekdays = np.eye(WEEK)[[panel.day(index).weekday() for index in range(rows.start, rows.stop)]]
    own = np.zeros((span, shops, 1 + WEEK + count, shops))
    for shop in range(shops):
        own[:, shop, 0, shop] = 1.0
        own[:, shop, 1 : 1 + WEEK, shop] = weekdays
        own[:, shop, 1 + WEEK :, shop] = shared[:, shop]
    base, apart = np.split(own, [1 + WEEK], axis=2)
    return np.concatenate(
        [base.reshape(span, shops, -1), shared, apart.reshape(span, shops, -1)], axis=-1
    )
