"""The glossary of skills: names, aliases, what implies what."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .text import stems


@dataclass(frozen=True, slots=True)
class Ontology:
    """Skills by the words that name them."""

    names: tuple[str, ...]
    terms: Mapping[tuple[str, ...], str]
    implies: Mapping[str, tuple[str, ...]]


class OntologyError(ValueError):
    """The glossary contradicts itself; the text says where."""


def load_ontology(path: Path) -> Ontology:
    """Read configs/skills.toml; an alias belongs to one skill alone."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    terms: dict[tuple[str, ...], str] = {}
    for name, aliases in raw["aliases"].items():
        for form in (name, *aliases):
            key = tuple(stems(form))
            if terms.setdefault(key, name) != name:
                raise OntologyError(f"{path.name}: {form!r} names both {terms[key]!r} and {name!r}")
    names = tuple(raw["aliases"])
    implies = {name: tuple(others) for name, others in raw.get("implies", {}).items()}
    for name, others in implies.items():
        for other in (name, *others):
            if other not in names:
                raise OntologyError(f"{path.name}: [implies] speaks of {other!r}, no skill here")
    return Ontology(names, terms, implies)
