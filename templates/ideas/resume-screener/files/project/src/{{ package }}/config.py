"""The one settings object."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field

from .settings import ProjectSettings


class Settings(ProjectSettings):
    """Read from the environment and `.env`; every default works offline."""

    # What "today" means in a résumé. Fixed, so that the result doesn't age with the calendar.
    screening_year: int = Field(default=2026, ge=1990, le=2100)

    @property
    def generated_dir(self) -> Path:
        return self.data_dir / "generated"

    @property
    def truth_dir(self) -> Path:
        return self.data_dir / "truth"


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Return the settings of this process."""
    return Settings()
