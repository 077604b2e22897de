"""The held-out part: configs/evaluation.toml records its SHA-256, and no other file will do."""

import tomllib
from pathlib import Path

from .digest import require_digest
from .settings import ProjectSettings


def frozen_digest(settings: ProjectSettings) -> str:
    """Return the recorded SHA-256 of the test part."""
    path = settings.configs_dir / "evaluation.toml"
    return str(tomllib.loads(path.read_text(encoding="utf-8"))["test_sha256"])


def require_frozen(settings: ProjectSettings, path: Path) -> str:
    """Return the digest of the test part at `path`; raise when it isn't the frozen one."""
    return require_digest(path, frozen_digest(settings))
