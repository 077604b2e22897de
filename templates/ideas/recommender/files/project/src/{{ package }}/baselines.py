"""What the project has to beat: what sells well, and what readers of the same books bought."""

import numpy as np

from .config import Knobs
from .itemknn import item_knn
from .ledger import Floats, Ledger
from .popular import recent_sales

BESTSELLERS, NEIGHBOURS = "most popular of late", "item-kNN"
TIE_BREAK = 1e-6


def bestseller_scores(ledger: Ledger, knobs: Knobs, morning: int, readers: list[int]) -> Floats:
    """Return readers x books: the same for everybody."""
    return np.tile(recent_sales(ledger, morning, knobs.popular_days), (len(readers), 1))


def neighbour_scores(ledger: Ledger, knobs: Knobs, morning: int, readers: list[int]) -> Floats:
    """Return readers x books; where no neighbour speaks for a book, sales break the tie."""
    alike = item_knn(ledger.matrix(morning), knobs.knn_shrink, knobs.knn_neighbours)
    scores: Floats = ledger.profiles(readers, morning, knobs.memory_days) @ alike
    return scores + TIE_BREAK * recent_sales(ledger, morning, knobs.popular_days)
