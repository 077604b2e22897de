"""The words of the simulation, from data/lexicon.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

GROUPS = ("norvane", "solari")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What people are called, what they can do, and how they write it."""

    families: Mapping[str, Sequence[str]]
    skills: Mapping[str, Sequence[str]]
    forms: Mapping[str, Sequence[str]]
    names: Mapping[str, Mapping[str, Sequence[str]]]
    cities: Sequence[str]
    employers: Sequence[str]
    bullets: Mapping[str, Sequence[str]]
    profile: Mapping[str, Sequence[str]]


def load_lexicon(path: Path) -> Lexicon:
    """Read the lexicon; `skills` lists the skills of each family."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    families = raw["families"]
    skills = {
        family: [name for name, (needed_by, _) in raw["skills"].items() if family in needed_by]
        for family in families
    }
    return Lexicon(
        families=families,
        skills=skills,
        forms={name: forms for name, (_, forms) in raw["skills"].items()},
        names=raw["names"],
        cities=raw["places"]["cities"],
        employers=raw["places"]["employers"],
        bullets=raw["bullets"],
        profile=raw["profile"],
    )
