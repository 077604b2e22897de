"""The one settings object, and the two files that say what is measured and how it is tuned."""

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from .settings import ConfigurationError, ProjectSettings

Read = TypeVar("Read", bound=BaseModel)


class Settings(ProjectSettings):
    """Read from the environment and `.env`; every default works offline."""

    cache_size: int = Field(default=512, ge=0, le=100_000)

    @property
    def books_path(self) -> Path:
        return self.data_dir / "raw" / "books.csv"

    @property
    def purchases_path(self) -> Path:
        """The purchases that may be learned from."""
        return self.data_dir / "raw" / "purchases.csv"

    @property
    def held_out_path(self) -> Path:
        """The purchases of the test weeks; the evaluation alone reads them."""
        return self.data_dir / "held_out" / "purchases.csv"


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Return the settings of this process."""
    return Settings()


class Schedule(BaseModel):
    """configs/evaluation.toml: which weeks are for learning weights, and which for the test."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    validation_from: date
    test_from: date
    test_until: date
    test_sha256: str

    @model_validator(mode="after")
    def _in_order(self) -> "Schedule":
        if not self.validation_from < self.test_from < self.test_until:
            raise ValueError("validation_from, test_from and test_until must follow each other")
        return self


class Knobs(BaseModel):
    """configs/model.toml: what `tune` chose on the validation weeks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    memory_days: float = Field(gt=0)
    popular_days: float = Field(gt=0)
    knn_shrink: float = Field(ge=0)
    knn_neighbours: int = Field(gt=0)
    ease_ridge: float = Field(gt=0)


def load_schedule(settings: Settings) -> Schedule:
    """Read and check the weeks."""
    return _load(settings.configs_dir / "evaluation.toml", Schedule)


def load_knobs(settings: Settings) -> Knobs:
    """Read and check the knobs."""
    return _load(settings.configs_dir / "model.toml", Knobs)


def _load(path: Path, kind: type[Read]) -> Read:
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigurationError(f"{path.name} can't be used: {error}") from error
