"""All that speaks for a book on a given morning, in one place.

Evidence is either about pairs of books (what a reader has speaks for what they lack) or about a
book alone (it sells, it is new). The blend adds them up with learned weights, so a score stays
linear in the reader's books: that is what makes a "because" exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from .catalogue import Book
from .config import Knobs
from .content import content_likeness, next_volumes
from .ease import ease
from .itemknn import item_knn
from .ledger import Floats, Ledger
from .popular import freshness, recent_sales

KNN, EASE, CONTENT, SERIES, POPULAR, FRESH = (
    "item-kNN", "EASE", "catalogue", "next volume", "recent sales", "freshness",
)  # fmt: skip
PAIRS = (KNN, EASE, CONTENT, SERIES)
ALONE = (POPULAR, FRESH)
NAMES = (*PAIRS, *ALONE)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Evidence that does not change from day to day."""

    likeness: Floats
    follows: Floats

    @classmethod
    def of(cls, books: Sequence[Book]) -> "Catalogue":
        return cls(content_likeness(books), next_volumes(books))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence of one morning, by name."""

    pairs: Mapping[str, Floats]
    alone: Mapping[str, Floats]

    def columns(self, profiles: csr_matrix) -> Floats:
        """Return profiles x books x kinds of evidence, the kinds in the order of NAMES."""
        stacked = np.empty((*profiles.shape, len(NAMES)))
        for number, name in enumerate(PAIRS):
            stacked[:, :, number] = profiles @ self.pairs[name]
        for number, name in enumerate(ALONE, start=len(PAIRS)):
            stacked[:, :, number] = self.alone[name]
        return stacked

    def scores(self, profiles: csr_matrix, weights: Floats) -> Floats:
        """Return profiles x books: the weighted sum of all evidence.

        The weights were learned from readers with a history. For one without, what sells is all
        there is to go by.
        """
        total = np.zeros(profiles.shape)
        for name, weight in zip(NAMES, weights, strict=True):
            if weight and name in self.pairs:
                total += weight * (profiles @ self.pairs[name])
            elif weight:
                total += weight * self.alone[name]
        total[np.diff(profiles.indptr) == 0] = self.alone[POPULAR]
        return total


def gather(ledger: Ledger, catalogue: Catalogue, knobs: Knobs, morning: int) -> Evidence:
    """Collect the evidence from what was known on that morning."""
    bought = ledger.matrix(morning)
    return Evidence(
        pairs={
            KNN: item_knn(bought, knobs.knn_shrink, knobs.knn_neighbours),
            EASE: ease(bought, knobs.ease_ridge),
            CONTENT: catalogue.likeness,
            SERIES: catalogue.follows,
        },
        alone={
            POPULAR: np.log1p(recent_sales(ledger, morning, knobs.popular_days)),
            FRESH: freshness(ledger, morning),
        },
    )
