"""Features of a day that are known before it comes: holidays, pay days, seasons, offers."""

from datetime import date

import numpy as np

from .panel import Matrix, Panel

SATURATION = 5.0  # how soon a deeper discount stops to bring more
AFTER = 5  # days after an offer in which people have already bought


def _payday(dates: list[date]) -> Matrix:
    return np.array([float(day.day >= 27 or day.day <= 2) for day in dates])


# BEGIN SOLUTION calendar
def _holidays(panel: Panel) -> list[Matrix]:
    """One column a holiday for the day itself, and one for its eve."""
    columns = []
    for name in sorted(set(panel.holidays) - {""}):
        on = np.array([float(holiday == name) for holiday in panel.holidays])
        columns += [on, np.append(on[1:], 0.0)]
    return columns


def _seasons(dates: list[date]) -> list[Matrix]:
    angle = 2 * np.pi * np.array([day.timetuple().tm_yday for day in dates]) / 365.25
    return [wave(turns * angle) for turns in (1, 2) for wave in (np.sin, np.cos)]


def _gift_season(dates: list[date]) -> Matrix:
    """Rises through December until the holidays."""
    return np.array([day.day / 24 if day.month == 12 and day.day < 25 else 0.0 for day in dates])


def _offers(discount: Matrix) -> list[Matrix]:
    """The pull of an offer, how it wears off with the days, and the lull behind it."""
    pull = 1 - np.exp(-SATURATION * discount)
    on = pull > 0
    day = np.arange(len(pull))[:, None]
    age = day - np.maximum.accumulate(np.where(on, -1, day), axis=0) - 1
    lull = np.zeros_like(pull)
    for ago in range(1, AFTER + 1):
        lull[ago:] = np.maximum(lull[ago:], pull[:-ago])
    return [pull, pull * np.where(on, age, 0), np.where(on, 0.0, lull)]


# END SOLUTION
# STUB: # Holidays, seasons and offers are yours to add.
def features(panel: Panel) -> Matrix:
    """Return days x shops x features for the whole calendar, beyond the last recorded day."""
    # BEGIN SOLUTION calendar
    dates = [panel.day(index) for index in range(len(panel.holidays))]
    shared = [*_holidays(panel), *_seasons(dates), _payday(dates), _gift_season(dates)]
    shape = panel.discount.shape
    columns = [np.broadcast_to(column[:, None], shape) for column in shared]
    return np.stack([*columns, *_offers(panel.discount)], axis=-1)
    # END SOLUTION
    # STUB: paydays = _payday([panel.day(index) for index in range(len(panel.discount))])
    # STUB: return np.broadcast_to(paydays[:, None], panel.discount.shape)[..., None]
