"""The trained model as plain JSON: no pickle, since loading a model must never run code."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .config import Settings
from .digest import tree_digest
from .features import NAMES
from .ranker import Weights
from .wording import Wording

SCHEMA = "screener/1"
REDACTED, OPEN, PLAIN = "redacted", "without redaction", "without learned words"
# What the learned numbers stand for is written in these modules.
LEARNED_WITH = (
    "features",
    "posting",
    "ranker",
    "redaction",
    "resume",
    "sections",
    "skills",
    "text",
    "training",
    "wording",
)


class ModelNotReady(RuntimeError):
    """There is no model that fits; the text says which command trains it."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights for the evidence, and the words' own score as one kind of it."""

    redacts: bool
    weights: Weights
    wording: Wording


@dataclass(frozen=True, slots=True)
class Model:
    """Everything learned, and from what."""

    code_digest: str
    data_digest: str
    rankers: Mapping[str, Ranker]


def model_path(settings: Settings) -> Path:
    return settings.models_dir / "screener.json"


def code_digest(settings: Settings) -> str:
    """Return one digest over the code and the glossary that a model depends on."""
    folder = Path(__file__).parent
    code = tree_digest([folder / f"{name}.py" for name in LEARNED_WITH], folder)
    glossary = settings.configs_dir / "skills.toml"
    return f"{code[:32]}{tree_digest([glossary], settings.configs_dir)[:32]}"


def save_model(model: Model, path: Path) -> None:
    """Write the model whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    content = {"schema": SCHEMA, "columns": NAMES, **asdict(model)}
    text = json.dumps(content, indent=1, ensure_ascii=False)
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)


def load_model(settings: Settings) -> Model:
    """Read the model; raise ModelNotReady if it is missing, broken, or of other code."""
    path = model_path(settings)
    command = f"python -m {__package__} train"
    try:
        model = _parse(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as missing:
        raise ModelNotReady(f"There is no model yet. Train it with: {command}") from missing
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise ModelNotReady(f"{path.name} can't be read. Train with: {command}") from broken
    if model.code_digest != code_digest(settings):
        raise ModelNotReady(f"The code or the glossary has changed. Train with: {command}")
    return model


def _parse(raw: Mapping[str, Any]) -> Model:
    if raw["schema"] != SCHEMA or tuple(raw["columns"]) != NAMES:
        raise ValueError("another schema")
    rankers = {name: _ranker(its) for name, its in raw["rankers"].items()}
    return Model(raw["code_digest"], raw["data_digest"], rankers)


def _ranker(raw: Mapping[str, Any]) -> Ranker:
    its = raw["weights"]
    means, scales, values = (tuple(map(float, its[key])) for key in ("means", "scales", "values"))
    if {len(means), len(scales), len(values)} != {len(NAMES)}:
        raise ValueError("another number of columns")
    weights = Weights(means, scales, values, float(its["spread"]))
    words = {str(word): float(value) for word, value in raw["wording"]["weights"].items()}
    return Ranker(bool(raw["redacts"]), weights, Wording(float(raw["wording"]["base"]), words))
