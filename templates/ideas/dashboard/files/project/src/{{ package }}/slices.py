"""Where the forecaster is better and worse: by shop, by week ahead, by kind of day."""

import numpy as np
from numpy.typing import NDArray

from .backtest import WEEK, Backtest
from .calendar import AFTER
from .panel import Panel

Mask = NDArray[np.bool_]


def masks(panel: Panel, tested: Backtest) -> dict[str, Mask]:
    """Return named masks over origins x horizon x shops."""
    origins, horizon, shops = tested.actuals.shape
    day = np.array(tested.origins)[:, None] + np.arange(horizon)
    kinds = kinds_of_day(panel)
    found = {f"days: {name}": mask[day] for name, mask in kinds.items()}
    for place, shop in enumerate(panel.shops):
        found[f"shop: {shop}"] = np.broadcast_to(np.arange(shops) == place, tested.actuals.shape)
    for week in range(horizon // WEEK):
        ahead = np.arange(horizon) // WEEK == week
        found[f"ahead: week {week + 1}"] = np.broadcast_to(
            ahead[None, :, None], (origins, horizon, shops)
        )
    return found


def kinds_of_day(panel: Panel) -> dict[str, Mask]:
    """Return masks over days x shops; a day is of the first kind that fits."""
    holiday = np.array([bool(name) for name in panel.holidays])
    near = np.broadcast_to((holiday | np.append(holiday[1:], False))[:, None], panel.discount.shape)
    offer = panel.discount > 0
    behind = np.zeros_like(offer)
    for ago in range(1, AFTER + 1):
        behind[ago:] |= offer[:-ago]
    kinds = {"holiday or eve": near, "offer": offer & ~near, "after an offer": behind & ~offer}
    kinds["after an offer"] = kinds["after an offer"] & ~near
    kinds["ordinary"] = ~(near | offer | behind)
    return kinds


def mase_within(tested: Backtest, mask: Mask) -> list[float]:
    """Return the scaled error of each origin that has such days, over those days."""
    errors = np.where(mask, tested.scaled_errors(), np.nan)
    return [float(np.nanmean(row)) for row in errors if not np.isnan(row).all()]
