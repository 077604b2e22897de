"""A second, small task: reading handwritten digits. Shared modules do the rest."""

from ..config import Settings

FOLDERS = ("data_dir", "models_dir", "reports_dir", "configs_dir")


def own(settings: Settings) -> Settings:
    """Return settings with the digits' folders: what serves the inspection serves them, too."""
    return settings.model_copy(
        update={name: getattr(settings, name) / "digits" for name in FOLDERS}
    )
