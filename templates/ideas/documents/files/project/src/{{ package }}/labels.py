"""Label words: which phrase of the lexicon a text holds."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TOKEN = re.compile(r"[a-z]+|#")
CURRENCIES = frozenset({"usd", "gbp", "eur", "chf", "sek", "kr", "us", "fr"})


@dataclass(frozen=True, slots=True)
class Match:
    """The label found in a text: its name, its number of words, whether it is the whole text."""

    name: str
    words: int
    whole: bool


class Lexicon:
    """Phrases and what each of them labels."""

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self._names = {
            tuple(tokens(phrase)): name for name, its in phrases.items() for phrase in its
        }
        self.phrases = {name: tuple(its) for name, its in phrases.items()}
        self._longest = max(map(len, self._names), default=0)

    def match(self, text: str) -> Match | None:
        """Return the longest phrase in the text; of equals the last, which is nearest the value."""
        parts = tokens(text)
        for size in range(min(self._longest, len(parts)), 0, -1):
            for start in range(len(parts) - size, -1, -1):
                name = self._names.get(tuple(parts[start : start + size]))
                if name:
                    return Match(name, size, size == len(parts))
        return None


def load_lexicon(path: Path) -> Lexicon:
    """Read configs/labels.toml."""
    groups = tomllib.loads(path.read_text(encoding="utf-8"))
    return Lexicon({**groups["fields"], **groups["others"]})


def tokens(text: str) -> list[str]:
    """Return the words of a label, without numbers, rates and currencies."""
    return [token for token in TOKEN.findall(text.lower()) if token not in CURRENCIES]
