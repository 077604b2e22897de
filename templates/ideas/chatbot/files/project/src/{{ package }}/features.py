"""How well a passage fits a question, seen in several ways: the input of the ranker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from .bm25 import Bm25
from .corpus import OVERVIEW, Passage
from .facts import FactFit
from .query import Query
from .text import terms, words

Matrix = NDArray[np.float64]

NAMES = (
    "bm25",
    "bm25 with synonyms",
    "word tf-idf",
    "character tf-idf",
    "heading",
    "coverage",
    "best sentence",
    "page",
    "search terms",
    "nearest search term",
    "kind of fact",
    "overview",
)


def _words(**options: Any) -> Any:
    return TfidfVectorizer(analyzer=terms, sublinear_tf=True, **options)


def _characters(low: int, high: int) -> Any:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(low, high), sublinear_tf=True)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each passage: `matrix` has one row a passage, one column a feature.

    Features are shares, for ranking; `matched` is the plain BM25 score with synonyms, which grows
    with the number of words matched and so tells how sure a match can be.
    """

    matrix: Matrix
    matched: Matrix


class PassageFeatures:
    """Scores every passage for a query; fitted once on the passages."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        documents = [terms(f"{p.title} {p.heading} {p.heading} {p.text}") for p in passages]
        self.bm25 = Bm25(documents)
        hints = [terms(" ".join(passage.hints)) for passage in passages]
        self._holders: dict[str, list[int]] = {}
        for row, (document, hint) in enumerate(zip(documents, hints, strict=True)):
            for term in {*document, *hint}:
                self._holders.setdefault(term, []).append(row)
        self._size = len(passages)
        texts = [f"{p.title}. {p.heading}. {p.text}" for p in passages]
        headings = [f"{p.title} {p.heading}" for p in passages]
        self._word, self._char, self._head = _words(), _characters(3, 5), _characters(3, 4)
        self._word_rows = self._word.fit_transform(texts)
        self._char_rows = self._char.fit_transform(texts)
        self._head_rows = self._head.fit_transform(headings)
        self._hints = Bm25(hints)
        phrases = [(row, hint) for row, p in enumerate(passages) for hint in (p.heading, *p.hints)]
        self._phrase_owner = np.array([row for row, _ in phrases])
        self._phrase = _characters(3, 5)
        self._phrase_rows = self._phrase.fit_transform([" ".join(words(x)) for _, x in phrases])
        self._facts = FactFit([p.text for p in passages])
        self._overview = np.array([float(p.section == OVERVIEW) for p in passages])
        owned = [
            (row, sentence)
            for row, passage in enumerate(passages)
            for sentence in [*passage.sentences, *passage.hints]
        ]
        self._owner = np.array([row for row, _ in owned])
        self._sentences = Bm25([terms(sentence) for _, sentence in owned])
        pages = list(dict.fromkeys(p.page for p in passages))
        self._page_of = np.array([pages.index(p.page) for p in passages])
        whole: dict[str, list[str]] = {page: [] for page in pages}
        for passage, document in zip(passages, documents, strict=True):
            whole[passage.page].extend(document)
        self._pages = Bm25(list(whole.values()))

    def evidence(self, query: Query) -> Evidence:
        """Return the evidence for a query, each column about 0 to 1."""
        # BEGIN SOLUTION ranking
        ideal = self.ideal(query.exact)
        wide_ideal = self.ideal(query.wide)
        best = self._best_of(self._owner, self._sentences.scores(query.wide))
        nearest = self._cosine(self._phrase, self._phrase_rows, query.typed)
        matched = self.bm25.scores(query.wide)
        columns = [
            self.bm25.scores(query.exact) / ideal,
            matched / wide_ideal,
            self._cosine(self._word, self._word_rows, query.text),
            self._cosine(self._char, self._char_rows, query.text),
            self._cosine(self._head, self._head_rows, query.text),
            self.coverage(query.wide),
            best / wide_ideal,
            self._pages.scores(query.wide)[self._page_of] / wide_ideal,
            self._hints.scores(query.wide) / wide_ideal,
            self._best_of(self._phrase_owner, nearest),
            self._facts.fit(query.typed),
            self._overview,
        ]
        return Evidence(np.column_stack(columns), matched)
        # END SOLUTION
        # STUB: # The first two columns alone: nothing but BM25 speaks.
        # STUB: exact, wide = self.bm25.scores(query.exact), self.bm25.scores(query.wide)
        # STUB: matrix = np.zeros((len(wide), len(NAMES)))
        # STUB: matrix[:, 0] = exact / self.ideal(query.exact)
        # STUB: matrix[:, 1] = wide / self.ideal(query.wide)
        # STUB: return Evidence(matrix, wide)

    def ideal(self, weights: dict[str, float]) -> float:
        """Return the BM25 idf mass that a perfect passage would match."""
        return max(sum(self.idf(term) * weight for term, weight in weights.items()), 1.0)

    def coverage(self, weights: dict[str, float]) -> Matrix:
        """Return for each passage the share of the query's idf mass that it holds."""
        held = np.zeros(self._size)
        for term, weight in weights.items():
            held[self._holders.get(term, [])] += self.idf(term) * weight
        return held / self.ideal(weights)

    def idf(self, term: str) -> float:
        """Return how rare a term is; one that no passage holds is as rare as can be."""
        return self.bm25.idf.get(term, self.bm25.unseen_idf)

    def _best_of(self, owner: NDArray[np.int64], scores: Matrix) -> Matrix:
        """Return the best score of what each passage owns."""
        best = np.zeros(self._size)
        np.maximum.at(best, owner, scores)
        return best

    @staticmethod
    def _cosine(vectorizer: Any, rows: Any, text: str) -> Matrix:
        scores: Matrix = (rows @ vectorizer.transform([text]).T).toarray().ravel()
        return scores
