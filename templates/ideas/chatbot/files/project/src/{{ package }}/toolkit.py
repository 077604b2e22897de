"""Everything that is fitted on the passages, fitted once and shared by all searchers."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from .corpus import Passage
from .extractive import ExtractiveProvider
from .features import Evidence, PassageFeatures
from .query import Analyzer
from .search import Bm25Searcher, HybridSearcher, KeywordSearcher
from .text import words

HYBRID = HybridSearcher.name
CACHED_QUESTIONS = 1024
PAGES_ALONE = "without synonyms and search terms"


class Toolkit:
    """Makes searchers and the offline provider over one set of passages."""

    def __init__(self, passages: Sequence[Passage], synonyms: Sequence[Sequence[str]]) -> None:
        self.passages = list(passages)
        self.features = PassageFeatures(self.passages)
        self.analyzer = Analyzer(self.passages, synonyms)
        # Training, the gate and the evaluation look at the same questions again and again.
        self._look_up = lru_cache(CACHED_QUESTIONS)(self._look_at)

    def _evidence(self, text: str) -> Evidence:
        # Only the words count: a message and its only part, without the question mark, are one.
        return self._look_up(" ".join(words(text)))

    def _look_at(self, text: str) -> Evidence:
        return self.features.evidence(self.analyzer.analyze(text))

    def pages_alone(self) -> "Toolkit":
        """Return the same without the two lists that people wrote, to measure what those bring."""
        return Toolkit([replace(passage, hints=()) for passage in self.passages], ())

    def keyword(self) -> KeywordSearcher:
        """Return the first baseline."""
        return KeywordSearcher(self.passages)

    def bm25(self) -> Bm25Searcher:
        """Return the second baseline."""
        return Bm25Searcher(self.passages, self.features)

    def hybrid(self, weights: Sequence[float]) -> HybridSearcher:
        """Return the project's own searcher."""
        return HybridSearcher(self.passages, self._evidence, weights)

    def extractive(self) -> ExtractiveProvider:
        """Return the provider that quotes."""
        return ExtractiveProvider(self.features, self.analyzer)
