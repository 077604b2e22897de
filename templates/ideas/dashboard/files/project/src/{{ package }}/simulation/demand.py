"""How busy each shop is each day, as a logarithm around its own usual level."""

import numpy as np
from numpy.typing import NDArray

from .world import DAYS, FIRST_DAY, SHOPS, Offer, World, day_of

Matrix = NDArray[np.float64]

WEEKDAYS = np.array([-0.10, -0.14, -0.10, -0.02, 0.12, 0.26, -0.02])
HOLIDAYS = {
    "new_year": -0.75,
    "midsummer": 0.35,
    "christmas": -1.40,
    "boxing_day": -0.55,
    "mothers_day": 0.50,
    "harvest_day": 0.28,
}
LEVEL_SHIFTS = ((455, 5, -0.20), (610, 1, 0.14), (850, 3, -0.16))  # (day, shop, step)
OUTLIERS = 30


def busyness(rng: np.random.RandomState, world: World) -> Matrix:
    """Return days x shops: what the calendar explains, and what nobody could know."""
    return _known(rng, world) + _unknown(rng)


def _known(rng: np.random.RandomState, world: World) -> Matrix:
    days = np.arange(DAYS)
    total = np.zeros((DAYS, len(SHOPS)))
    total += _weekly(rng, days) + _yearly(rng, days)
    total += _payday()[:, None] * rng.uniform(0.5, 1.5, len(SHOPS))
    response = rng.uniform(0.7, 1.3, len(SHOPS))
    for day, name in world.holidays.items():
        for ahead, share in ((0, 1.0), (1, 0.25 if HOLIDAYS[name] > 0 else -0.12)):
            if 0 <= day - ahead < DAYS:
                total[day - ahead] += share * HOLIDAYS[name] * response
    elasticity = rng.uniform(0.35, 0.85, len(SHOPS))
    for offer in world.offers:
        _apply(offer, elasticity, total)
    return total


def _weekly(rng: np.random.RandomState, days: NDArray[np.int64]) -> Matrix:
    start = WEEKDAYS[:, None] + rng.normal(0, 0.07, (7, len(SHOPS)))
    drift = rng.normal(0, 0.05, (7, len(SHOPS)))
    return start[days % 7] + drift[days % 7] * (days / DAYS)[:, None]


def _yearly(rng: np.random.RandomState, days: NDArray[np.int64]) -> Matrix:
    angle = 2 * np.pi * (days + FIRST_DAY.timetuple().tm_yday) / 365.25
    scale = rng.uniform(0.05, 0.15, len(SHOPS))
    gifts = np.array([max(0, day_of(day).day - 3) / 22 for day in range(DAYS)])
    december = np.array([day_of(day).month == 12 and day_of(day).day < 25 for day in range(DAYS)])
    wave = np.cos(angle) + 0.4 * np.sin(2 * angle)
    return np.asarray(wave[:, None] * scale + 0.35 * (gifts * december)[:, None])


def _payday() -> Matrix:
    dates = [day_of(day) for day in range(DAYS)]
    return np.array([0.08 if date.day >= 27 or date.day <= 2 else 0.0 for date in dates])


def _apply(offer: Offer, elasticity: Matrix, total: Matrix) -> None:
    """Lift the days of an offer, less each day, and pay some back in the days after."""
    for shop in offer.shops:
        lift = elasticity[shop] * (1 - np.exp(-5 * offer.discount))
        for ahead in range(offer.days + 5):
            day = offer.first + ahead
            if day < DAYS:
                within = ahead < offer.days
                total[day, shop] += lift * (0.93**ahead if within else -0.22)


def _unknown(rng: np.random.RandomState) -> Matrix:
    """Slow wandering, sudden steps, shared and single shocks: noise to any forecaster."""
    shared, own = 0.0, np.zeros(len(SHOPS))
    mood = 0.0
    rows = np.zeros((DAYS, len(SHOPS)))
    for day in range(DAYS):
        shared = 0.995 * shared + rng.normal(0, 0.010)
        own = 0.990 * own + rng.normal(0, 0.014, len(SHOPS))
        mood = 0.45 * mood + rng.normal(0, 0.045)
        rows[day] = shared + own + mood + rng.normal(0, 0.06, len(SHOPS))
    for first, shop, step in LEVEL_SHIFTS:
        rows[first:, shop] += step
    for _ in range(OUTLIERS):
        rows[rng.randint(DAYS), rng.randint(len(SHOPS))] += rng.normal(0, 0.5)
    return rows
