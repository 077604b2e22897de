"""The one settings object of this project: the shared settings are enough."""

from functools import lru_cache

from .settings import ProjectSettings


class Settings(ProjectSettings):
    """Read from the environment and `.env`; every default works offline."""


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Return the settings of this process."""
    return Settings()
