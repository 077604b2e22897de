"""What errors cost, under the assumptions in configs/business.toml."""

from pydantic import Field

from .assumptions import BusinessAssumptions


class Assumptions(BusinessAssumptions):
    """What a plant puts in."""

    tiles_per_day: int = Field(gt=0)
    defect_rate: float = Field(gt=0, lt=1)
    cost_per_escape: float = Field(ge=0)
    cost_per_false_reject: float = Field(ge=0)
    currency: str = Field(min_length=1, max_length=8)


def cost_per_thousand(recall: float, alarms: float, assumptions: Assumptions) -> float:
    """Return what the errors on 1,000 tiles cost.

    `recall` is the share of defects that are found, `alarms` the share of good tiles rejected.
    """
    escapes = assumptions.defect_rate * (1 - recall) * assumptions.cost_per_escape
    rejects = (1 - assumptions.defect_rate) * alarms * assumptions.cost_per_false_reject
    return 1_000 * (escapes + rejects)
