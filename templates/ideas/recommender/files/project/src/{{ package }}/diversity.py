"""Re-ranking for variety: maximal marginal relevance (Carbonell and Goldstein, 1998)."""

import numpy as np

from .ledger import Floats, Ints

POOL = 100


def rerank(scores: Floats, alike: Floats, count: int, diversity: float) -> Ints:
    """Return `count` books: the best, then each time the best that is unlike those chosen.

    Books with a score of -inf are never chosen. `diversity` runs from 0 (score alone) to 1.
    """
    pool = best(scores, max(count, POOL))
    # BEGIN SOLUTION diversity
    if diversity <= 0 or len(pool) <= 1:
        return pool[:count]
    own = scores[pool]
    worth = (1 - diversity) * (own - own.min()) / max(float(np.ptp(own)), 1e-12)
    nearest = np.zeros(len(pool))
    chosen: list[int] = []
    while len(chosen) < min(count, len(pool)):
        value = worth - diversity * nearest
        value[chosen] = -np.inf
        chosen.append(int(np.argmax(value)))
        nearest = np.maximum(nearest, alike[pool[chosen[-1]], pool])
    return pool[chosen]
    # END SOLUTION
    # STUB: del alike, diversity  # variety is not looked at yet
    # STUB: return pool[:count]


def best(scores: Floats, count: int) -> Ints:
    """Return the places of the highest scores, best first; ties keep the catalogue's order."""
    order = np.argsort(-scores, kind="stable")[:count]
    places: Ints = order[np.isfinite(scores[order])]
    return places


def variety(chosen: Ints, alike: Floats) -> float:
    """Return how unlike the chosen books are on average, pair by pair."""
    if len(chosen) < 2:
        return 0.0
    pairs = alike[np.ix_(chosen, chosen)][np.triu_indices(len(chosen), 1)]
    return float(1 - pairs.mean())
