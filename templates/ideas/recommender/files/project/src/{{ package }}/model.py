"""The built model on disk: arrays in an .npz without pickles, and a page of JSON.

Loading a model file must never run code. The JSON says from which bytes the arrays were made, so
that a model of other data or other code is refused.
"""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .config import Settings
from .digest import file_digest, tree_digest
from .evidence import ALONE, NAMES, PAIRS, Evidence
from .ledger import Floats

SCHEMA = "model/1"
LEARNED_WITH = (
    "blend",
    "catalogue",
    "content",
    "ease",
    "evidence",
    "itemknn",
    "ledger",
    "popular",
    "training",
)
BUILD_COMMAND = f"python -m {__package__} build"


class ModelNotBuilt(RuntimeError):
    """There is no model that fits; the text says which command builds it."""


@dataclass(frozen=True, slots=True)
class Model:
    """The evidence of the last morning that may be learned from, and the learned weights.

    `weights` has a row of weights for the blend and one for each ablation, by name.
    """

    morning: int
    digests: Mapping[str, str]
    weights: Mapping[str, Floats]
    evidence: Evidence


def model_paths(settings: Settings) -> tuple[Path, Path]:
    """Return where the arrays and the page about them lie."""
    return settings.models_dir / "model.npz", settings.models_dir / "model.json"


def input_digests(settings: Settings) -> dict[str, str]:
    """Return the digests of all that a model depends on."""
    folder = Path(__file__).parent
    return {
        "books": file_digest(settings.books_path),
        "purchases": file_digest(settings.purchases_path),
        "knobs": file_digest(settings.configs_dir / "model.toml"),
        "code": tree_digest([folder / f"{name}.py" for name in LEARNED_WITH], folder),
    }


def save_model(model: Model, settings: Settings) -> None:
    """Write both files; the page comes last, so that half a model is none."""
    arrays, page = model_paths(settings)
    arrays.parent.mkdir(parents=True, exist_ok=True)
    page.unlink(missing_ok=True)
    named = {**model.evidence.pairs, **model.evidence.alone}
    with arrays.open("wb") as file:
        np.savez(
            file, allow_pickle=False, **{n: value.astype(np.float32) for n, value in named.items()}
        )
    text = json.dumps(
        {
            "schema": SCHEMA,
            "morning": model.morning,
            "digests": dict(model.digests),
            "kinds": list(NAMES),
            "weights": {name: row.tolist() for name, row in model.weights.items()},
        },
        indent=1,
    )
    page.write_text(text + "\n", encoding="utf-8", newline="\n")


def load_model(settings: Settings) -> Model:
    """Read the model; raise ModelNotBuilt if it is missing, broken, or of other data or code."""
    arrays, page = model_paths(settings)
    try:
        about = json.loads(page.read_text(encoding="utf-8"))
        model = _parse(about, arrays)
    except FileNotFoundError as missing:
        raise ModelNotBuilt(f"There is no model yet. Build it with: {BUILD_COMMAND}") from missing
    except (ValueError, KeyError, TypeError, OSError, zipfile.BadZipFile) as broken:
        raise ModelNotBuilt(f"The model can't be read. Rebuild: {BUILD_COMMAND}") from broken
    if settings.books_path.is_file() and model.digests != input_digests(settings):
        raise ModelNotBuilt(f"Data or code have changed since. Rebuild with: {BUILD_COMMAND}")
    return model


def _parse(about: Mapping[str, Any], path: Path) -> Model:
    if about["schema"] != SCHEMA or tuple(about["kinds"]) != NAMES:
        raise ValueError("another schema")
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: stored[name].astype(np.float64) for name in NAMES}
    size = len(arrays[ALONE[0]])
    weights = {name: np.array(row, dtype=np.float64) for name, row in about["weights"].items()}
    shapes_fit = (
        all(arrays[name].shape == (size, size) for name in PAIRS)
        and all(arrays[name].shape == (size,) for name in ALONE)
        and all(row.shape == (len(NAMES),) for row in weights.values())
    )
    if not shapes_fit or not all(np.isfinite(array).all() for array in arrays.values()):
        raise ValueError("the arrays do not fit together")
    return Model(
        morning=int(about["morning"]),
        digests=about["digests"],
        weights=weights,
        evidence=Evidence(
            {name: arrays[name] for name in PAIRS}, {name: arrays[name] for name in ALONE}
        ),
    )
