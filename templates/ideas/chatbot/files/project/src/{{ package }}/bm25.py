"""BM25: rank texts by the rare words that they share with a question."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


class Bm25:
    """An inverted index over texts that are already split into terms."""

    def __init__(
        self, documents: Sequence[Sequence[str]], *, k1: float = 1.2, b: float = 0.75
    ) -> None:
        self.size = len(documents)
        # BEGIN SOLUTION bm25
        lengths = np.array([len(document) for document in documents], dtype=np.float64)
        norm = k1 * (1 - b + b * lengths / max(lengths.mean(), 1.0))
        postings: dict[str, list[tuple[int, int]]] = {}
        for number, document in enumerate(documents):
            for term, count in Counter(document).items():
                postings.setdefault(term, []).append((number, count))
        self.idf: dict[str, float] = {}
        self._postings: dict[str, tuple[NDArray[np.int64], Vector]] = {}
        for term, pairs in postings.items():
            rows = np.array([number for number, _ in pairs], dtype=np.int64)
            counts = np.array([count for _, count in pairs], dtype=np.float64)
            idf = float(np.log(1 + (self.size - len(pairs) + 0.5) / (len(pairs) + 0.5)))
            self.idf[term] = idf
            weights = idf * counts * (k1 + 1) / (counts + norm[rows])
            self._postings[term] = (rows, weights)
        # END SOLUTION
        # STUB: # Every word weighs the same, however rare it is, and however often it comes.
        # STUB: self.k1, self.b = k1, b
        # STUB: self.documents = [Counter(document) for document in documents]
        # STUB: self.idf = {term: 1.0 for document in self.documents for term in document}

    @property
    def unseen_idf(self) -> float:
        """The weight of a word that no document holds: as rare as can be."""
        # BEGIN SOLUTION bm25
        return float(np.log(1 + (self.size + 0.5) / 0.5))
        # END SOLUTION
        # STUB: return 1.0

    def scores(self, query: Mapping[str, float]) -> Vector:
        """Return a score for each document; `query` maps terms to weights."""
        # BEGIN SOLUTION bm25
        total = np.zeros(self.size)
        for term, weight in query.items():
            if term in self._postings:
                rows, weights = self._postings[term]
                total[rows] += weight * weights
        return total
        # END SOLUTION
        # STUB: shares = [
        # STUB:     sum(weight for term, weight in query.items() if term in document)
        # STUB:     for document in self.documents
        # STUB: ]
        # STUB: return np.array(shares, dtype=np.float64)
