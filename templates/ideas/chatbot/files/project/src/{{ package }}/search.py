"""Searchers: each ranks the passages for a question and says what the ranking looks like."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from .corpus import Passage
from .features import NAMES, Evidence, Matrix, PassageFeatures
from .query import split_question
from .text import terms

# How much a part sees of the whole question: a lone question needs the story around it, while
# several questions in one message have to be kept apart.
STORY_SHARE = 0.6
PARTS_SHARE = 0.15
CHARACTERS = NAMES.index("character tf-idf")
Signals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and how well it fits, best about 1."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was found for one part of a question; `signals` is what the gate judges it by."""

    part: str
    hits: tuple[Hit, ...]
    signals: Signals


class Searcher(Protocol):
    """Anything that ranks passages."""

    name: str

    def search(self, question: str, *, limit: int = 5) -> list[Ranking]:
        """Return one ranking for each part of the question."""
        ...


class KeywordSearcher:
    """Baseline: the share of the question's words that a passage holds."""

    name = "keyword overlap"

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._known = [set(terms(f"{p.title} {p.heading} {p.text}")) for p in passages]

    def search(self, question: str, *, limit: int = 5) -> list[Ranking]:
        """Return one ranking for the whole question."""
        asked = set(terms(question))
        shares = [len(asked & known) / max(len(asked), 1) for known in self._known]
        return [_by_score(question, self._passages, np.array(shares), limit)]


class Bm25Searcher:
    """Baseline: BM25 alone, on the same stems and the same passages."""

    name = "BM25 only"

    def __init__(self, passages: Sequence[Passage], features: PassageFeatures) -> None:
        self._passages = passages
        self._bm25 = features.bm25

    def search(self, question: str, *, limit: int = 5) -> list[Ranking]:
        """Return one ranking for the whole question."""
        query = dict.fromkeys(terms(question), 1.0)
        return [_by_score(question, self._passages, self._bm25.scores(query), limit)]


class HybridSearcher:
    """The project's own: parts of a question, typos, synonyms and learned feature weights."""

    name = "hybrid"

    def __init__(
        self,
        passages: Sequence[Passage],
        evidence: Callable[[str], Evidence],
        weights: Sequence[float],
    ) -> None:
        self._passages = passages
        self._evidence = evidence
        self._weights = np.asarray(weights, dtype=np.float64)

    def search(self, question: str, *, limit: int = 5) -> list[Ranking]:
        """Return one ranking for each part; every part also sees some of the whole question."""
        whole = self._evidence(question).matrix
        parts = split_question(question)
        share = STORY_SHARE if len(parts) == 1 else PARTS_SHARE
        return [self._rank(part, share, whole, limit) for part in parts]

    def matrix(self, text: str) -> Matrix:
        """Return the features of every passage for one text."""
        return self._evidence(text).matrix

    def _rank(self, part: str, share: float, whole: Matrix, limit: int) -> Ranking:
        evidence = self._evidence(part)
        matrix = (1 - share) * evidence.matrix + share * whole
        logits = matrix @ self._weights
        scores = softmax(logits)
        order = _best_first(logits)[:limit]
        hits = tuple(Hit(self._passages[row], float(scores[row])) for row in order)
        top = order[0]
        signals = np.array([logits[top], matrix[top, CHARACTERS], evidence.matched[top]])
        return Ranking(part, hits, signals)


def _by_score(
    question: str, passages: Sequence[Passage], scores: NDArray[np.float64], limit: int
) -> Ranking:
    hits = tuple(Hit(passages[row], float(scores[row])) for row in _best_first(scores)[:limit])
    return Ranking(question, hits, np.array([hits[0].score]))


def _best_first(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    # Rounded and stable: equal passages keep the corpus order on every machine.
    return np.argsort(-np.round(scores, 9), kind="stable")
