"""What was learned, on disk: arrays without pickle, a graph, and JSON. Loading runs no code."""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np

from .config import Settings
from .detector import Detector, HeatMaker, from_arrays
from .digest import tree_digest
from .operating import Curve
from .serving import GraphHeat
from .surfaces import SURFACES, Surface
from .training import Trained

SCHEMA = "inspector/1"
# What the weights stand for is written in these modules.
LEARNED_WITH = (
    "defects",
    "detector",
    "export",
    "filters",
    "graph",
    "head",
    "normality",
    "operators",
    "surfaces",
    "training",
)


class ModelNotBuilt(RuntimeError):
    """There is no model that fits; the text says which command builds it."""


@dataclass(frozen=True, slots=True)
class Line:
    """Where a surface's tiles are told apart, from the development part."""

    threshold: float  # whose errors cost least
    strict: float  # that rejects hardly any good tile
    curve: Curve


@dataclass(frozen=True, slots=True)
class Model:
    """Heat maps and thresholds for every surface, and which bytes they were learned from."""

    makers: Mapping[Surface, HeatMaker]
    lines: Mapping[Surface, Line]
    dev_digest: str


def code_digest() -> str:
    """Return one digest over the modules that the model depends on."""
    folder = Path(__file__).parent
    paths = [folder / f"{name}.py" for name in LEARNED_WITH]
    return tree_digest([path for path in paths if path.is_file()], folder)


def save_model(
    settings: Settings,
    trained: Mapping[Surface, Trained],
    graphs: Mapping[Surface, bytes | None],
    lines: Mapping[Surface, Line],
    dev_digest: str,
) -> None:
    """Write the model; the same model gives the same bytes."""
    folder = settings.models_dir
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for surface, its in trained.items():
        content = {
            f"{surface}.npz": _packed(its.detector),
            f"{surface}-linear.npz": _packed(its.linear),
            f"{surface}.onnx": graphs[surface],
        }
        for name, data in content.items():
            (folder / name).unlink(missing_ok=True)
            if data is not None:
                (folder / name).write_bytes(data)
                files[name] = hashlib.sha256(data).hexdigest()
    record = {
        "schema": SCHEMA,
        "code_digest": code_digest(),
        "dev_digest": dev_digest,
        "files": files,
        "lines": {surface: asdict(line) for surface, line in lines.items()},
    }
    text = json.dumps(record, indent=1, allow_nan=False) + "\n"
    (folder / "inspector.json").write_text(text, encoding="utf-8", newline="\n")


def load_model(settings: Settings) -> Model:
    """Read the model, and refuse one of other code or one whose files were changed."""
    again = f"run `python -m {__package__} build`"
    try:
        path = settings.models_dir / "inspector.json"
        record: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelNotBuilt(f"There is no model yet: {again}.") from error
    except ValueError as error:
        raise ModelNotBuilt(f"The model is damaged: {again}.") from error
    if not isinstance(record, dict) or record.get("schema") != SCHEMA:
        raise ModelNotBuilt(f"The model is of another version: {again}.")
    if record["code_digest"] != code_digest():
        raise ModelNotBuilt(f"The code changed since the model was built: {again}.")
    files = {
        name: _file(settings.models_dir / name, sha256, again)
        for name, sha256 in record["files"].items()
    }
    makers = {surface: _maker(surface, files) for surface in SURFACES}
    lines = {surface: _line(record["lines"][surface]) for surface in SURFACES}
    return Model(makers, lines, record["dev_digest"])


def load_detector(settings: Settings, name: str) -> Detector:
    """Return a detector that computes with numpy: a surface's, or its linear baseline."""
    return _unpacked((settings.models_dir / f"{name}.npz").read_bytes())


def _packed(detector: Detector) -> bytes:
    arrays = io.BytesIO()
    np.savez(arrays, **cast(dict[str, Any], detector.arrays()))
    return arrays.getvalue()


def _unpacked(data: bytes) -> Detector:
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return from_arrays(dict(arrays))


def _file(path: Path, sha256: str, again: str) -> bytes:
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ModelNotBuilt(f"{path.name} isn't the file that was built: {again}.")
    return data


def _maker(surface: Surface, files: Mapping[str, bytes]) -> HeatMaker:
    """Return the graph, or without one the detector it would be made from."""
    graph = files.get(f"{surface}.onnx")
    if graph is not None:
        return GraphHeat(graph)
    return _unpacked(files[f"{surface}.npz"])


def _line(data: Mapping[str, Any]) -> Line:
    curve = Curve(**{name: tuple(values) for name, values in data["curve"].items()})
    return Line(data["threshold"], data["strict"], curve)
