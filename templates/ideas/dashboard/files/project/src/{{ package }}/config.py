"""The one settings object, and the plan of the evaluation."""

import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from .settings import ProjectSettings

CADENCE = 30  # days between the days on which the risk model learns
QUARTER = 91
WARM_UP = 200  # days of record that the member mart should look back on


class Settings(ProjectSettings):
    """Read from the environment and `.env`; every default works offline."""

    @property
    def raw(self) -> Path:
        """Where the exported tables lie."""
        return self.data_dir / "raw"

    @property
    def warehouse(self) -> Path:
        """Where the database lies."""
        return self.models_dir / "warehouse.sqlite"


class Plan(BaseModel):
    """`configs/evaluation.toml`: what is learned from, and what is measured on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data_seed: int = Field(ge=0)
    horizon: int = Field(ge=1, le=28)
    first_origin: int = Field(ge=56)
    test_start: int
    window: int = Field(ge=7, le=180)
    data_sha256: str

    def origins(self, days: int) -> range:
        """Return all origins, one after the other without a gap or an overlap."""
        return range(self.first_origin, days - self.horizon + 1, self.horizon)

    @property
    def development(self) -> int:
        """How many of the origins lie before the test year."""
        return (self.test_start - self.first_origin) // self.horizon

    @property
    def calibration_days(self) -> range:
        """Days whose answers are all known when the test year begins, and teach calibration."""
        last = self.test_start - self.window
        return range(last - 2 * CADENCE, last + 1, CADENCE)

    @property
    def learning_days(self) -> range:
        """Days whose answers are known before the first calibration day."""
        return range(WARM_UP, self.calibration_days[0] - self.window + 1, CADENCE)

    def test_days(self, days: int) -> range:
        """Days of the test year, a quarter apart, whose answers the record still holds."""
        return range(self.test_start, days - self.window, QUARTER)


def load_plan(settings: Settings) -> Plan:
    """Read the plan of the evaluation."""
    path = settings.configs_dir / "evaluation.toml"
    return Plan.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Return the settings of this process."""
    return Settings()
