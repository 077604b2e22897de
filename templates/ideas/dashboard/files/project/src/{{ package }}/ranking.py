"""How well chances rank and how well they are calibrated.

Everything takes weights, one a row: a resample of members is the same rows weighed anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .measure import Difference, Estimate, Indices, Statistic, estimate_statistic, paired_statistic
from .panel import Matrix

Flags = NDArray[np.bool_]
Weigh = Callable[[Matrix], float]

BINS = 10


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows by falling score; `ends` marks the last row of each group of ties."""

    order: Indices
    hits: Flags
    ends: Flags

    @classmethod
    def of(cls, scores: Matrix, leaves: Flags) -> "Ranking":
        """Rank rows; sorting is done once, however often they are weighed."""
        order = np.argsort(-scores, kind="stable")
        ends = np.append(np.diff(scores[order]) != 0, True)
        return cls(order, leaves[order], ends)

    def average_precision(self, weights: Matrix) -> float:
        """Return the area under the precision-recall curve; ties count as one step."""
        sorted_weights = weights[self.order]
        found = np.cumsum(sorted_weights * self.hits)[self.ends]
        seen = np.cumsum(sorted_weights)[self.ends]
        precision = found / np.maximum(seen, 1e-12)
        return float((np.diff(found, prepend=0.0) * precision).sum() / max(found[-1], 1e-12))

    def lift(self, weights: Matrix, share: float = 0.10) -> float:
        """Return how many times more leavers the top `share` holds than a random one would."""
        sorted_weights = weights[self.order]
        seen = np.cumsum(sorted_weights)
        top = seen <= max(share * seen[-1], sorted_weights[0])
        inside = (sorted_weights * self.hits)[top].sum() / sorted_weights[top].sum()
        overall = (sorted_weights * self.hits).sum() / seen[-1]
        return float(inside / max(overall, 1e-12))


def calibration_error(chances: Matrix, leaves: Flags) -> float:
    """Return the mean gap between stated and actual shares, over bins of equal size."""
    bins = np.array_split(np.argsort(chances, kind="stable"), BINS)
    gaps = [abs(chances[some].mean() - leaves[some].mean()) * len(some) for some in bins]
    return float(sum(gaps) / len(chances))


def by_member(name: str, weigh: Weigh, members: Sequence[str], seed: int) -> Estimate:
    """Return a measure with its interval; a member's rows are drawn together or not at all."""
    count, weights = _draws(members)
    return estimate_statistic(name, _drawn(weigh, weights), count, seed)


def ahead_by_member(
    against: str, ours: Weigh, theirs: Weigh, members: Sequence[str], seed: int
) -> Difference:
    """Return ours - theirs, both on the same draws of whole members."""
    count, weights = _draws(members)
    return paired_statistic(against, _drawn(ours, weights), _drawn(theirs, weights), count, seed)


def _draws(members: Sequence[str]) -> tuple[int, Callable[[Indices], Matrix]]:
    """Return how many members there are, and what turns a draw of them into weights of rows."""
    unique, codes = np.unique(np.array(members), return_inverse=True)

    def weights(picks: Indices) -> Matrix:
        return np.bincount(picks, minlength=len(unique))[codes].astype(np.float64)

    return len(unique), weights


def _drawn(weigh: Weigh, weights: Callable[[Indices], Matrix]) -> Statistic:
    return lambda picks: weigh(weights(picks))
