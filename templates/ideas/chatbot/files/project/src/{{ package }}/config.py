"""The one settings object: shared settings, and how to reach a language model if there is one."""

from functools import lru_cache

from pydantic import Field, SecretStr

from .settings import ProjectSettings


class Settings(ProjectSettings):
    """Read from the environment and `.env`; every default works offline."""

    llm_base_url: str | None = None
    llm_model: str | None = None
    llm_api_key: SecretStr | None = None
    llm_timeout_s: float = Field(default=20.0, gt=0, le=120)

    @property
    def llm_enabled(self) -> bool:
        """Either name switches the language model on; `llm.connect` wants both."""
        return bool(self.llm_model or self.llm_base_url)


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """Return the settings of this process."""
    return Settings()
