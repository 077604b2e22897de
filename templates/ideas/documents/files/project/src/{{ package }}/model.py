"""What was learned, as plain JSON: loading it can't run code, and it can be read."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .confidence import Confidence
from .config import Settings
from .digest import file_digest, tree_digest
from .extractor import Extractor
from .labels import Lexicon, load_lexicon
from .scorer import Scorer

SCHEMA = "reader/1"
# What the weights stand for is written in these modules.
LEARNED_WITH = (
    "candidates",
    "checks",
    "confidence",
    "extractor",
    "features",
    "fields",
    "labels",
    "pages",
    "reader",
    "scorer",
    "tables",
    "training",
    "values",
)


class ModelNotBuilt(RuntimeError):
    """There is no model that fits; the text says which command builds it."""


@dataclass(frozen=True, slots=True)
class Model:
    """The learned parts, and from which bytes they were learned."""

    code_digest: str
    labels_digest: str
    dev_digest: str
    scorers: Mapping[str, Scorer]
    confidence: Confidence

    def extractor(self, lexicon: Lexicon, checked: bool = True) -> Extractor:
        """Return the extractor that reads with this model."""
        return Extractor(lexicon, self.scorers, self.confidence, checked)


def model_path(settings: Settings) -> Path:
    """Return where the model lies."""
    return settings.models_dir / "reader.json"


def lexicon_path(settings: Settings) -> Path:
    """Return where the label words lie."""
    return settings.configs_dir / "labels.toml"


def code_digest() -> str:
    """Return one digest over the modules that the model depends on."""
    folder = Path(__file__).parent
    return tree_digest([folder / f"{name}.py" for name in LEARNED_WITH], folder)


def save_model(model: Model, path: Path) -> None:
    """Write the model; the same model gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"schema": SCHEMA, **asdict(model)}, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def load_model(settings: Settings) -> Model:
    """Read the model, and refuse one of other code or other label words."""
    path = model_path(settings)
    again = f"run `python -m {__package__} build`"
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelNotBuilt(f"There is no model yet: {again}.") from error
    except ValueError as error:
        raise ModelNotBuilt(f"The model is damaged: {again}.") from error
    if not isinstance(data, dict) or data.pop("schema", None) != SCHEMA:
        raise ModelNotBuilt(f"The model is of another version: {again}.")
    if data["code_digest"] != code_digest():
        raise ModelNotBuilt(f"The code changed since the model was built: {again}.")
    if data["labels_digest"] != file_digest(lexicon_path(settings)):
        raise ModelNotBuilt(f"configs/labels.toml changed since the model was built: {again}.")
    scorers = {
        name: Scorer(tuple(its["columns"]), tuple(its["weights"]), its["nothing"])
        for name, its in data.pop("scorers").items()
    }
    its = data.pop("confidence")
    confidence = Confidence(tuple(its["weights"]), its["bias"], its["threshold"])
    return Model(**data, scorers=scorers, confidence=confidence)


def load_extractor(settings: Settings) -> tuple[Extractor, float]:
    """Return the extractor, and the confidence from which nobody needs to look."""
    model = load_model(settings)
    return model.extractor(load_lexicon(lexicon_path(settings))), model.confidence.threshold
