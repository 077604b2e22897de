"""The members: how content they are, when they leave, whom they ask for help.

Contentment is hidden. It moves how often members order, how often they ask for help and how likely
they leave, each with noise, so that no recorded number tells who will leave.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .world import DAYS, SHOPS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

PLANS = ("monthly", "quarterly", "yearly")
CHANNELS = ("friend", "search", "shop", "offer")
AT_START = 1500
JOINS_A_DAY = 4.6
PRICE_RISE = 430  # the fee goes up, and some leave over the weeks that follow
STAYS = DAYS + 1  # the leaving day of those who are still members at the end


@dataclass(frozen=True, slots=True)
class Members:
    """One entry a member; `content` has one row a week."""

    joined: Ints  # the day; negative before the record begins
    left: Ints
    shop: Ints
    plan: Ints
    channel: Ints
    rate: Floats  # orders a day, on a usual day, when content
    content: Floats
    tickets: tuple[tuple[int, int, str], ...]  # (day, member, topic)


def make_members(rng: np.random.RandomState) -> Members:
    """Draw everyone who ever joins and live through their weeks."""
    joined = _join_days(rng)
    count = len(joined)
    shop = rng.choice(len(SHOPS), count, p=[0.22, 0.14, 0.15, 0.13, 0.20, 0.16])
    plan = rng.choice(len(PLANS), count, p=[0.55, 0.25, 0.20])
    channel = rng.choice(len(CHANNELS), count, p=[0.20, 0.32, 0.28, 0.20])
    loyalty = rng.normal(0, 0.6, count) + np.array([0.25, 0.0, 0.10, -0.45])[channel]
    rate = rng.gamma(3.0, 0.055 / 3.0, count)
    left, content, tickets = _live(rng, joined, plan, loyalty)
    return Members(joined, left, shop, plan, channel, rate, content, tickets)


def _join_days(rng: np.random.RandomState) -> Ints:
    before = -rng.geometric(1 / 300, AT_START).astype(np.int64)
    a_day = rng.poisson(JOINS_A_DAY, DAYS)
    return np.concatenate([np.sort(before), np.repeat(np.arange(DAYS), a_day)])


def _live(
    rng: np.random.RandomState, joined: Ints, plan: Ints, loyalty: Floats
) -> tuple[Ints, Floats, tuple[tuple[int, int, str], ...]]:
    count, weeks = len(joined), DAYS // 7
    left = np.full(count, STAYS, dtype=np.int64)
    mood = rng.normal(0, 0.5, count)
    content = np.zeros((weeks, count))
    tickets: list[tuple[int, int, str]] = []
    for week in range(weeks):
        first = 7 * week
        late = rng.random_sample(count) < 0.015
        mood = 0.95 * mood + rng.normal(0, 0.30, count) - 0.9 * late
        content[week] = loyalty + mood
        here = (joined < first + 7) & (left > first)
        asks = here & (rng.random_sample(count) < _ask_rate(content[week], late))
        tickets += _tickets(rng, np.flatnonzero(asks), late, joined, first)
        leaves = here & (rng.random_sample(count) < _hazard(first, joined, plan, content[week]))
        day = np.maximum(first + rng.randint(0, 7, count), joined + 1)
        left = np.where(leaves, day, left)
    return left, content, tuple(sorted(tickets))


def _ask_rate(content: Floats, late: NDArray[np.bool_]) -> Floats:
    return np.minimum(0.014 * np.exp(-0.8 * content) + 0.35 * late, 0.9)


def _tickets(
    rng: np.random.RandomState, who: Ints, late: NDArray[np.bool_], joined: Ints, first: int
) -> list[tuple[int, int, str]]:
    days = np.maximum(first + rng.randint(0, 7, len(who)), joined[who])
    other = rng.choice(["billing", "product", "account"], len(who))
    return [
        (int(day), int(member), "delivery" if late[member] else str(topic))
        for day, member, topic in zip(days, who, other, strict=True)
        if day < DAYS
    ]


def _hazard(first: int, joined: Ints, plan: Ints, content: Floats) -> Floats:
    """Return each member's chance to leave this week."""
    tenure = np.maximum(first - joined, 0)
    score = -6.1 - 1.5 * content
    score += np.array([0.25, 0.0, -0.55])[plan]
    score += np.where(tenure < 60, 0.55, 0.0) - 0.25 * np.log1p(tenure / 180)
    score += 0.6 * (0 <= first - PRICE_RISE < 56)
    moved_away = 0.0011
    return np.asarray(1 / (1 + np.exp(-score)) + moved_away)
