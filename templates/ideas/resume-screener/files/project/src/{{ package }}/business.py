"""What the measured share is worth, under the assumptions in configs/business.toml."""

from pydantic import Field

from .assumptions import BusinessAssumptions


class Assumptions(BusinessAssumptions):
    """What a recruiting team puts in."""

    applications_per_month: int = Field(gt=0)
    minutes_per_application: float = Field(gt=0)
    hourly_cost: float = Field(ge=0)
    currency: str


def hours_saved(share_read: float, assumptions: Assumptions) -> float:
    """Return the hours a month that need not be read, if only that share of a pile is."""
    minutes = assumptions.applications_per_month * assumptions.minutes_per_application
    return (1 - share_read) * minutes / 60
