"""What a question asks for: its parts, and the terms of each, typos repaired, synonyms added."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .corpus import Passage
from .spelling import Speller
from .text import STOPWORDS, stem, terms, words

SYNONYM_WEIGHT = 0.5

# BEGIN SOLUTION understanding
_LEADS = (
    r"(?:how|what|when|where|which|who|whose|why|can|could|do|does|did|is|are|was|were|will|would"
    r"|should|shall|may|must|am|have|has)"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|[;\n]+")
_JOINED = re.compile(rf",?\s+(?:and|or|also|plus|but)\s+(?:also\s+)?(?={_LEADS}\b)", re.IGNORECASE)
_ASKS = re.compile(rf"^(?:(?:and|or|also|so|but|then|hi|hello)\W+)*{_LEADS}\b", re.IGNORECASE)
# END SOLUTION
# STUB: _LINE_BREAK = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Query:
    """One text to search for: `exact` holds its own terms, `wide` adds what could be meant."""

    typed: str
    text: str
    exact: dict[str, float]
    wide: dict[str, float]


class Thesaurus:
    """Groups of words and phrases that mean the same in this shop."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._related: dict[tuple[str, ...], dict[str, float]] = {}
        for group in groups:
            for phrase in group:
                key = tuple(map(stem, words(phrase)))
                self._related.setdefault(key, {}).update(_spread(group, phrase))
        self._longest = max((len(key) for key in self._related), default=0)

    def related(self, stems: Sequence[str]) -> dict[str, float]:
        """Return the terms of the synonyms of every phrase in `stems`, with their weights."""
        # BEGIN SOLUTION understanding
        found: dict[str, float] = {}
        for length in range(1, self._longest + 1):
            for start in range(len(stems) - length + 1):
                key = tuple(stems[start : start + length])
                for term, weight in self._related.get(key, {}).items():
                    found[term] = max(weight, found.get(term, 0.0))
        return found
        # END SOLUTION
        # STUB: raise NotImplementedError("Milestone understanding: see docs/milestones.md")


class Analyzer:
    """Turns text into a Query, with the vocabulary of one help centre."""

    def __init__(self, passages: Sequence[Passage], groups: Sequence[Sequence[str]]) -> None:
        corpus = " ".join(f"{p.title} {p.heading} {p.text} {' '.join(p.hints)}" for p in passages)
        listed = " ".join(phrase for group in groups for phrase in group)
        self._speller = Speller([*words(corpus), *words(listed), *STOPWORDS])
        self._thesaurus = Thesaurus(groups)

    def analyze(self, text: str) -> Query:
        """Return the query for one question or one part of it."""
        # BEGIN SOLUTION understanding
        typed = words(text)
        fixed = [self._speller.correct(word) or word for word in typed]
        kept = [word for word in fixed if word not in STOPWORDS]
        own = dict.fromkeys(map(stem, kept), 1.0)
        wide = self._thesaurus.related([stem(word) for word in fixed]) | own
        return Query(" ".join(fixed), " ".join(kept), dict.fromkeys(terms(text), 1.0), wide)
        # END SOLUTION
        # STUB: exact = dict.fromkeys(terms(text), 1.0)
        # STUB: return Query(text, text, exact, exact)


def split_question(text: str, *, limit: int = 3) -> list[str]:
    """Return the parts that ask something; what only tells a story is left to the whole."""
    # BEGIN SOLUTION understanding
    sentences = [part for part in _SENTENCE.split(text) if part.strip()]
    asking = [part for part in sentences if part.rstrip().endswith("?") or _ASKS.match(part)]
    parts = [part.strip(" ,.!?") for sentence in asking for part in _JOINED.split(sentence)]
    useful = [part for part in parts if len(terms(part)) >= 2]
    return useful[:limit] or [text]
    # END SOLUTION
    # STUB: lines = [line for line in _LINE_BREAK.split(text) if line.strip()]
    # STUB: return lines[:limit] or [text]


def _spread(group: Sequence[str], phrase: str) -> dict[str, float]:
    """Return the terms of the group's other phrases; a long phrase spreads its weight."""
    weights: dict[str, float] = {}
    for other in group:
        found = terms(other) if other != phrase else []
        for term in found:
            weights[term] = max(SYNONYM_WEIGHT / len(found), weights.get(term, 0.0))
    return weights
