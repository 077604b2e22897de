"""The built index: passages and everything learned, as plain JSON.

No pickle: loading a model file must never run code. Vectorisers are refitted on load; how long that
takes is `refit_s` in reports/timing.json.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .config import Settings
from .corpus import Hints, Passage, corpus_files
from .digest import tree_digest
from .features import NAMES
from .gate import Gate

SCHEMA = "index/2"
# What the learned weights and gates stand for is written in these modules.
LEARNED_WITH = (
    "bm25",
    "corpus",
    "facts",
    "features",
    "gate",
    "guard",
    "query",
    "search",
    "spelling",
    "text",
    "training",
)
BUILD_COMMAND = f"python -m {__package__} build"


class IndexNotBuilt(RuntimeError):
    """There is no index that fits; the text says which command builds it."""


@dataclass(frozen=True, slots=True)
class Index:
    """What `build` learned, and from which bytes."""

    code_digest: str
    corpus_digest: str
    dev_digest: str
    passages: tuple[Passage, ...]
    synonyms: tuple[tuple[str, ...], ...]
    weights: Mapping[str, tuple[float, ...]]
    gates: Mapping[str, Gate]


def index_path(settings: Settings) -> Path:
    """Return where the index lies."""
    return settings.models_dir / "index.json"


def corpus_folder(settings: Settings) -> Path:
    """Return where the help centre's pages lie."""
    return settings.data_dir / "raw"


def corpus_digest(settings: Settings) -> str:
    """Return one digest over all pages."""
    folder = corpus_folder(settings)
    return tree_digest(corpus_files(folder), folder)


def code_digest() -> str:
    """Return one digest over the modules that an index depends on."""
    folder = Path(__file__).parent
    return tree_digest([folder / f"{name}.py" for name in LEARNED_WITH], folder)


def load_synonyms(settings: Settings) -> tuple[tuple[str, ...], ...]:
    """Return the groups of words that mean the same here."""
    text = (settings.configs_dir / "synonyms.toml").read_text(encoding="utf-8")
    return tuple(tuple(map(str, group)) for group in tomllib.loads(text)["groups"])


def load_search_terms(settings: Settings) -> Hints:
    """Return the customers' words for each section; a help centre may do without the file."""
    path = settings.configs_dir / "search_terms.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def save_index(index: Index, path: Path) -> None:
    """Write the index whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    text = json.dumps({"schema": SCHEMA, **asdict(index)}, indent=1, ensure_ascii=False)
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)


def load_index(settings: Settings) -> Index:
    """Read the index; raise IndexNotBuilt if it is missing, broken, or of other pages or code."""
    path = index_path(settings)
    try:
        index = _parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise IndexNotBuilt(f"There is no index yet. Build it with: {BUILD_COMMAND}") from missing
    except (ValueError, KeyError, TypeError) as broken:
        raise IndexNotBuilt(f"{path.name} can't be read. Rebuild with: {BUILD_COMMAND}") from broken
    if index.code_digest != code_digest():
        raise IndexNotBuilt(f"The code has changed since. Rebuild with: {BUILD_COMMAND}")
    if corpus_files(corpus_folder(settings)) and corpus_digest(settings) != index.corpus_digest:
        raise IndexNotBuilt(f"The pages have changed since. Rebuild with: {BUILD_COMMAND}")
    return index


def _parse(text: str) -> Index:
    raw = json.loads(text)
    if raw["schema"] != SCHEMA:
        raise ValueError(f"schema {raw['schema']!r} is not {SCHEMA!r}")
    for name, weights in raw["weights"].items():
        if len(weights) != len(NAMES):
            raise ValueError(f"{name!r} has {len(weights)} weights, not {len(NAMES)}")
    return Index(
        code_digest=raw["code_digest"],
        corpus_digest=raw["corpus_digest"],
        dev_digest=raw["dev_digest"],
        passages=tuple(_passage(passage) for passage in raw["passages"]),
        synonyms=tuple(tuple(group) for group in raw["synonyms"]),
        weights={name: tuple(weights) for name, weights in raw["weights"].items()},
        gates={name: _gate(gate) for name, gate in raw["gates"].items()},
    )


def _passage(raw: Mapping[str, Any]) -> Passage:
    return Passage(**{**raw, "hints": tuple(raw["hints"])})


def _gate(raw: Mapping[str, object]) -> Gate:
    listed = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    return Gate(**listed)  # type: ignore[arg-type]
