"""Settings that every part of the project shares; `config.py` adds the project's own."""

from pathlib import Path

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ENV_PREFIX = f"{(__package__ or '').upper()}_"


class ConfigurationError(RuntimeError):
    """The settings ask for what can't be had; the text says in one line what to change."""


def find_root(start: Path) -> Path:
    """Return the nearest folder at or above `start` that holds `pyproject.toml`, else `start`."""
    for folder in (start, *start.parents):
        if (folder / "pyproject.toml").is_file():
            return folder
    return start


class ProjectSettings(BaseSettings):
    """Where things lie and how the service listens. The environment wins over `.env`."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX, env_file=".env", extra="ignore", frozen=True, validate_default=True
    )

    root: Path = Field(default_factory=lambda: find_root(Path.cwd()))
    data_dir: Path = Path("data")
    models_dir: Path = Path("models")
    reports_dir: Path = Path("reports")
    configs_dir: Path = Path("configs")

    seed: int = Field(default=7, ge=0)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    log_level: str = Field(default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$")

    @field_validator("root")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.resolve()

    @field_validator("data_dir", "models_dir", "reports_dir", "configs_dir")
    @classmethod
    def _below_root(cls, value: Path, info: ValidationInfo) -> Path:
        # `/` keeps an absolute path as it is, so each folder may be moved elsewhere.
        root: Path = info.data.get("root", Path.cwd())
        return root / value
