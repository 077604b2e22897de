"""What the measured rates are worth, under the assumptions in configs/business.toml."""

from pydantic import Field

from .assumptions import BusinessAssumptions


class Assumptions(BusinessAssumptions):
    """What a support team puts in."""

    questions_per_month: int = Field(gt=0)
    cost_per_contact: float = Field(ge=0)
    cost_per_wrong_answer: float = Field(ge=0)
    currency: str


def monthly_value(deflected: float, wrong: float, assumptions: Assumptions) -> float:
    """Return contacts saved minus the price of wrong answers, a month."""
    saved = deflected * assumptions.cost_per_contact
    lost = wrong * assumptions.cost_per_wrong_answer
    return assumptions.questions_per_month * (saved - lost)
