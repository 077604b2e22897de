"""What the measured rates are worth, under assumptions that anybody may change."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class Assumptions(BaseModel):
    """Read from configs/business.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    questions_per_month: int = Field(gt=0)
    cost_per_contact: float = Field(ge=0)
    cost_per_wrong_answer: float = Field(ge=0)
    currency: str


def load_assumptions(path: Path) -> Assumptions:
    """Read and check the assumptions."""
    return Assumptions.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def monthly_value(deflected: float, wrong: float, assumptions: Assumptions) -> float:
    """Return contacts saved minus the price of wrong answers, a month."""
    saved = deflected * assumptions.cost_per_contact
    lost = wrong * assumptions.cost_per_wrong_answer
    return assumptions.questions_per_month * (saved - lost)
