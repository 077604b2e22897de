"""The one settings object: shared settings, and the limits within which files are read."""

from functools import lru_cache

from pydantic import Field

from .settings import ProjectSettings


class Settings(ProjectSettings):
    """Read from the environment and `.env`; every default works offline."""

    read_timeout_s: float = Field(default=10.0, gt=0, le=120)
    read_memory_mb: int = Field(default=1024, ge=256)
    ocr: bool = False


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Return the settings of this process."""
    return Settings()
