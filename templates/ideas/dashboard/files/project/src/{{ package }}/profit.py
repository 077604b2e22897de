"""What the risk model is worth: whom to call, under assumptions that anyone may change."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from .assumptions import BusinessAssumptions
from .panel import Matrix


class Assumptions(BusinessAssumptions):
    """Not measured: put in your own. All money is in one currency."""

    contact_cost: float = Field(ge=0, le=1_000, description="one call or letter")
    offer_cost: float = Field(ge=0, le=10_000, description="the offer, where it is taken")
    member_value: float = Field(ge=0, le=100_000, description="margin of a member who is kept")
    save_rate: float = Field(ge=0, le=1, description="leavers who stay because of the call")
    take_up: float = Field(ge=0, le=1, description="loyal members who take the offer anyway")
    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")


@dataclass(frozen=True, slots=True)
class Curve:
    """Profit when the `contacted` likeliest leavers are called."""

    contacted: tuple[int, ...]
    profit: tuple[float, ...]


def gains(leaves: Matrix, its: Assumptions) -> Matrix:
    """Return what calling brings, for chances to leave or for known leavers (1) and stayers (0)."""
    saved = leaves * its.save_rate * (its.member_value - its.offer_cost)
    return np.asarray(saved - (1 - leaves) * its.take_up * its.offer_cost - its.contact_cost)


def threshold(its: Assumptions) -> float:
    """Return the chance from which a call pays; above 1 where none does."""
    # BEGIN SOLUTION profit
    at_zero, at_one = gains(np.array([0.0, 1.0]), its)
    if at_one <= at_zero:  # calling a leaver is worth no more than calling anyone
        return 0.0 if at_zero > 0 else 2.0
    return max(float(-at_zero / (at_one - at_zero)), 0.0)
    # END SOLUTION
    # STUB: # Forgets who can't be saved, and what the offer costs.
    # STUB: return its.contact_cost / max(its.member_value, 1.0)


def profit_of(calls: NDArray[np.bool_], leaves: NDArray[np.bool_], its: Assumptions) -> float:
    """Return what the calls brought in, given who then left."""
    return float(gains(leaves.astype(np.float64), its)[calls].sum())


def profit_curve(
    chances: Matrix, leaves: NDArray[np.bool_], its: Assumptions, points: int = 101
) -> Curve:
    """Return the profit of calling the first 0 ... all members, likeliest leaver first."""
    # BEGIN SOLUTION profit
    order = np.argsort(-chances, kind="stable")
    total = np.concatenate([[0.0], np.cumsum(gains(leaves[order].astype(np.float64), its))])
    # END SOLUTION
    # STUB: total = np.linspace(0.0, profit_of(np.ones_like(leaves), leaves, its), len(leaves) + 1)
    places = np.unique(np.linspace(0, len(chances), points).round().astype(np.int64))
    return Curve(tuple(places.tolist()), tuple(total[places].tolist()))
