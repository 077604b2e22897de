"""What the measured rates are worth, under the assumptions in configs/business.toml."""

from pydantic import Field

from .assumptions import BusinessAssumptions


class Assumptions(BusinessAssumptions):
    """What a shop puts in."""

    buyers_per_week: int = Field(gt=0)
    caused_share: float = Field(ge=0, le=1)
    margin_per_book: float = Field(ge=0)
    cost_per_week: float = Field(ge=0)
    currency: str


def yearly_uplift(model: float, baseline: float, assumptions: Assumptions) -> float:
    """Return the margin that more hits bring in a year, less what the project costs to run."""
    hits = (model - baseline) * assumptions.buyers_per_week
    weekly = hits * assumptions.caused_share * assumptions.margin_per_book
    return 52 * (weekly - assumptions.cost_per_week)
