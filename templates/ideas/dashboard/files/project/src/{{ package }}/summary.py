"""The figures at the top of page and report."""

from dataclasses import dataclass

import numpy as np

from .insight import ALL, Insight
from .intervals import WINDOWS, covered, rolling_bands
from .panel import Matrix
from .profit import gains, threshold

MONTH, YEAR = 28, 364


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what it is held against."""

    name: str
    value: str
    note: str


def figures(insight: Insight) -> list[Figure]:
    """Return the six figures."""
    return [*_orders(insight), _trust(insight), *_members(insight)]


def _orders(insight: Insight) -> list[Figure]:
    orders = _filled(insight.panel.orders)
    recent, before = orders[-MONTH:].sum(), orders[-YEAR - MONTH : -YEAR].sum()
    ahead = insight.outlook(ALL).forecast
    last = orders[-len(ahead) :].sum()
    return [
        Figure(
            f"Orders, last {MONTH} days",
            f"{recent:,.0f}",
            f"{recent / before - 1:+.1%} on last year",
        ),
        Figure(
            f"Orders, next {len(ahead)} days",
            f"{ahead.sum():,.0f}",
            f"{ahead.sum() / last - 1:+.1%} on the last {len(ahead)}",
        ),
    ]


def _filled(orders: Matrix) -> Matrix:
    """Closed and unknown days count with what the shop sold a day around them."""
    usual = np.nanmean(orders[-MONTH:], axis=0)
    return np.where(np.isnan(orders), usual, orders)


def _trust(insight: Insight) -> Figure:
    low, high = rolling_bands(insight.tested)
    inside = covered(insight.tested.actuals[WINDOWS:], low[0], high[0])
    share = float(np.nanmean(inside))
    return Figure("Days within the 80% band", f"{share:.0%}", "over the last year, all shops")


def _members(insight: Insight) -> list[Figure]:
    its, chances = insight.assumptions, insight.chances
    calls = chances >= threshold(its)
    worth = float(gains(chances, its)[calls].sum())
    window = f"May leave in {insight.plan.window} days"
    return [
        Figure("Members", f"{len(chances):,}", f"{chances.mean():.1%} may leave, on average"),
        Figure(window, f"{chances.sum():,.0f}", "the sum of all chances"),
        Figure("Worth a call", f"{calls.sum():,}", f"about {worth:,.0f} {its.currency} in all"),
    ]
