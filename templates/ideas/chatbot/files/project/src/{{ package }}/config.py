"""The one settings object: shared settings, and those of a language model if there is one."""

from functools import lru_cache

from .llm_client import LlmSettings


class Settings(LlmSettings):
    """Read from the environment and `.env`; every default works offline."""


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Return the settings of this process."""
    return Settings()
