"""Alerts: has the world moved away from what the models learned?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .panel import Matrix

BINS = 10
SHIFT_WATCH, SHIFT_ALARM = 0.10, 0.25  # the usual bounds of the population stability index
COVERAGE_WATCH, COVERAGE_ALARM = 0.08, 0.15  # how far coverage may fall below its promise
BIAS_WATCH, BIAS_ALARM = 0.05, 0.10  # share by which forecasts miss to one side


Level = Literal["watch", "alarm"]


@dataclass(frozen=True, slots=True)
class Alert:
    """One finding; `level` says how urgent."""

    level: Level
    subject: str
    text: str


def stability_index(before: Matrix, now: Matrix) -> float:
    """Return the population stability index of `now` against the deciles of `before`."""
    # BEGIN SOLUTION drift
    edges = np.unique(np.quantile(before, np.linspace(0, 1, BINS + 1)[1:-1]))
    shares = []
    for values in (before, now):
        counts = np.bincount(np.searchsorted(edges, values, side="left"), minlength=len(edges) + 1)
        shares.append((counts + 0.5) / (len(values) + 0.5 * len(counts)))
    return float(((shares[1] - shares[0]) * np.log(shares[1] / shares[0])).sum())
    # END SOLUTION
    # STUB: # Sees a mean that moved, and nothing else.
    # STUB: moved = abs(float(np.mean(now) - np.mean(before)))
    # STUB: return moved / max(float(np.std(before)), 1e-9)


def _level(value: float, alarm: float) -> Level:
    return "alarm" if value >= alarm else "watch"


def feature_alerts(before: Mapping[str, Matrix], now: Mapping[str, Matrix]) -> list[Alert]:
    """Return alerts about features that are distributed otherwise than they were."""
    found = []
    for name, values in before.items():
        index = stability_index(values, now[name])
        if index >= SHIFT_WATCH:
            text = f"distributed otherwise (stability index {index:.2f})"
            found.append(Alert(_level(index, SHIFT_ALARM), name, text))
    return found


def forecast_alerts(
    shops: tuple[str, ...], errors: Matrix, inside: Matrix, promised: float
) -> list[Alert]:
    """Return alerts about shops whose recent forecasts miss to one side or leave their bands.

    `errors` are differences of logarithms, `inside` is 1 within the band: windows x days x shops.
    """
    # BEGIN SOLUTION drift
    found = []
    for place, shop in enumerate(shops):
        bias = float(np.nanmean(errors[..., place]))
        lacking = promised - float(np.nanmean(inside[..., place]))
        if abs(bias) >= BIAS_WATCH:
            side = "more" if bias > 0 else "fewer"
            text = f"{abs(bias):.0%} {side} orders than forecast"
            found.append(Alert(_level(abs(bias), BIAS_ALARM), shop, text))
        if lacking >= COVERAGE_WATCH:
            text = f"{promised - lacking:.0%} of days in a band that promises {promised:.0%}"
            found.append(Alert(_level(lacking, COVERAGE_ALARM), shop, text))
    return found
    # END SOLUTION
    # STUB: # All shops at once: what one gains, another loses.
    # STUB: bias, lacking = abs(float(np.nanmean(errors))), promised - float(np.nanmean(inside))
    # STUB: text = f"{bias:.0%} off, {lacking:.0%} of days missing from their bands"
    # STUB: return [Alert("watch", ", ".join(shops), text)] if bias >= BIAS_WATCH else []
