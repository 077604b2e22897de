"""How well chances rank and how well they are calibrated."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from .panel import Matrix

Flags = NDArray[np.bool_]
Score = Callable[[Matrix, Flags], float]

RESAMPLES = 300
BINS = 10


def average_precision(chances: Matrix, leaves: Flags) -> float:
    """Return the area under the precision-recall curve; ties count as one step."""
    order = np.argsort(-chances, kind="stable")
    hits = np.cumsum(leaves[order])
    ends = np.append(np.diff(chances[order]) != 0, True)
    found = hits[ends]
    precision = found / (np.flatnonzero(ends) + 1)
    return float((np.diff(found, prepend=0) * precision).sum() / max(leaves.sum(), 1))


def lift(chances: Matrix, leaves: Flags, share: float = 0.10) -> float:
    """Return how many times more leavers the top `share` holds than a random one would."""
    top = np.argsort(-chances, kind="stable")[: max(int(len(chances) * share), 1)]
    return float(leaves[top].mean() / max(leaves.mean(), 1e-9))


def calibration_error(chances: Matrix, leaves: Flags) -> float:
    """Return the mean gap between stated and actual shares, over bins of equal size."""
    bins = np.array_split(np.argsort(chances, kind="stable"), BINS)
    gaps = [abs(chances[some].mean() - leaves[some].mean()) * len(some) for some in bins]
    return float(sum(gaps) / len(chances))


def interval(
    score: Score, chances: Matrix, leaves: Flags, members: Sequence[str], seed: int
) -> tuple[float, float]:
    """Return a 95% interval; members are drawn whole, for their days resemble each other."""
    rng = np.random.default_rng(seed)
    _, codes = np.unique(np.array(members), return_inverse=True)
    order = np.argsort(codes, kind="stable")
    groups = np.split(order, np.cumsum(np.bincount(codes))[:-1])
    values = []
    for _ in range(RESAMPLES):
        rows = np.concatenate([groups[pick] for pick in rng.integers(0, len(groups), len(groups))])
        values.append(score(chances[rows], leaves[rows]))
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
