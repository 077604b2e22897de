"""How good one list is, given what was bought."""

from collections.abc import Collection, Sequence

import numpy as np

CUT = 10
DEPTH = 20
METRIC = f"nDCG@{CUT}"


def ndcg(ranked: Sequence[int], bought: Collection[int], cut: int = CUT) -> float:
    """Return the discounted gain of the first `cut` places over the best that was possible."""
    gains = [1 / np.log2(place + 2) for place in range(cut)]
    found = sum(gain for gain, book in zip(gains, ranked[:cut], strict=False) if book in bought)
    return float(found / sum(gains[: len(bought)])) if bought else 0.0


def recall(ranked: Sequence[int], bought: Collection[int], depth: int = DEPTH) -> float:
    """Return the share of the books bought that stand in the first `depth` places."""
    return len(set(ranked[:depth]) & set(bought)) / len(bought) if bought else 0.0


def hit(ranked: Sequence[int], bought: Collection[int], cut: int = CUT) -> float:
    """Return 1 if any of the first `cut` books was bought, else 0."""
    return float(not set(ranked[:cut]).isdisjoint(bought))
