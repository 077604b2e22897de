"""What a result is worth rests on assumptions, which anybody may change: configs/business.toml."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict


class BusinessAssumptions(BaseModel):
    """The project's own lists them as typed, bounded fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


AnyAssumptions = TypeVar("AnyAssumptions", bound=BusinessAssumptions)


def read_assumptions(path: Path, kind: type[AnyAssumptions]) -> AnyAssumptions:
    """Read and check the assumptions."""
    return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
