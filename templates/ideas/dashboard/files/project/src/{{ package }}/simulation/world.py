"""What is given: the shops, the calendar, and the offers that marketing plans ahead."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

FIRST_DAY = date(2022, 1, 3)  # a Monday
DAYS = 1092  # 156 weeks: two years to learn from, one to be measured on
PLANNED = 28  # how far beyond the last day offers and holidays are known
SPAN = DAYS + PLANNED

SHOPS = ("Harbour", "Hillcrest", "Lakeside", "Meadows", "Old Town", "Riverside")
FIXED = {"new_year": (1, 1), "midsummer": (6, 24), "christmas": (12, 25), "boxing_day": (12, 26)}
MOVING = {  # one date a year, as a calendar would give it
    "mothers_day": ("2022-05-08", "2023-05-14", "2024-05-12"),
    "harvest_day": ("2022-10-07", "2023-10-06", "2024-10-04"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A discount in some shops over some days."""

    first: int
    days: int
    discount: float
    shops: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class World:
    """All that a planner knows ahead of time."""

    holidays: dict[int, str]
    offers: tuple[Offer, ...]
    closed: frozenset[tuple[int, int]]  # (day, shop): a refit, planned
    lost: frozenset[tuple[int, int]]  # (day, shop): orders came in, their export did not


def day_of(index: int) -> date:
    """Return the date of a day's index."""
    return FIRST_DAY + timedelta(days=index)


def make_world(rng: np.random.RandomState) -> World:
    """Draw the offers and the odd days."""
    return World(_holidays(), _offers(rng), _closed(rng), _lost(rng))


def _holidays() -> dict[int, str]:
    found = {}
    for index in range(SPAN):
        for name, month_day in FIXED.items():
            if (day_of(index).month, day_of(index).day) == month_day:
                found[index] = name
    for name, dates in MOVING.items():
        for text in dates:
            found[(date.fromisoformat(text) - FIRST_DAY).days] = name
    return found


def _offers(rng: np.random.RandomState) -> tuple[Offer, ...]:
    offers, day = [], 20
    while day < SPAN - 8:
        everywhere = rng.random_sample() < 0.4
        picked = range(len(SHOPS)) if everywhere else rng.permutation(len(SHOPS))[:3]
        length = int(rng.choice([3, 4, 7, 10]))
        discount = float(rng.choice([0.10, 0.15, 0.20, 0.25, 0.30]))
        offers.append(Offer(day, length, discount, tuple(sorted(int(shop) for shop in picked))))
        day += length + int(rng.randint(8, 26))
    return tuple(offers)


def _closed(rng: np.random.RandomState) -> frozenset[tuple[int, int]]:
    refits = [(int(rng.randint(90, DAYS - 90)), shop) for shop in range(len(SHOPS))]
    return frozenset((first + ahead, shop) for first, shop in refits for ahead in range(3))


def _lost(rng: np.random.RandomState) -> frozenset[tuple[int, int]]:
    return frozenset(
        (int(rng.randint(60, DAYS - 1)), int(rng.randint(len(SHOPS)))) for _ in range(18)
    )
