"""Providers write the answer from the passages found: by extraction, or with a language model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .corpus import Passage
from .search import Ranking


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that the answer rests on, the words taken from it, and its rank score."""

    passage: Passage
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is handed out. No quotes means that nothing could be said."""

    text: str
    quotes: tuple[Quote, ...]
    provider: str
    notice: str | None = None


class Provider(Protocol):
    """Anything that can write an answer from passages."""

    name: str

    def compose(self, question: str, rankings: Sequence[Ranking]) -> Draft:
        """Return an answer that rests on the given passages alone."""
        ...
