"""What the measured rates are worth, under the assumptions in configs/business.toml."""

from pydantic import Field

from .assumptions import BusinessAssumptions


class Assumptions(BusinessAssumptions):
    """What an accounts department puts in."""

    documents_per_month: int = Field(gt=0)
    minutes_by_hand: float = Field(ge=0)
    minutes_to_review: float = Field(ge=0)
    minutes_per_correction: float = Field(ge=0)
    minutes_per_error_let_through: float = Field(ge=0)
    cost_per_hour: float = Field(ge=0)
    currency: str


def minutes_saved(
    through: float, corrections: float, let_through: float, assumptions: Assumptions
) -> float:
    """Return the minutes saved for a document, against typing it by hand.

    `through` is the share that nobody looks at; `corrections` and `let_through` are wrong fields
    for a document, found by the reviewer and found later.
    """
    spent = (1 - through) * assumptions.minutes_to_review
    spent += corrections * assumptions.minutes_per_correction
    spent += let_through * assumptions.minutes_per_error_let_through
    return assumptions.minutes_by_hand - spent


def monthly_value(minutes: float, assumptions: Assumptions) -> float:
    """Return what the minutes are worth in a month."""
    return minutes / 60 * assumptions.documents_per_month * assumptions.cost_per_hour
