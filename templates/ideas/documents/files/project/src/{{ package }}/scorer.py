"""The scorer: for each field a choice model over candidates, small enough to read as JSON."""

# BEGIN SOLUTION scorer
from collections import Counter
from collections.abc import Mapping, Sequence
# END SOLUTION
# STUB: from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
# BEGIN SOLUTION scorer
from numpy.typing import NDArray
from scipy.optimize import minimize

# END SOLUTION
# STUB:
from .features import Matrix, Scene, matrix
# BEGIN SOLUTION scorer
from .fields import FIELDS, KINDS
# END SOLUTION
# STUB: from .fields import FIELDS

SHRINKAGE = 0.5
# A word that fewer documents show says more about them than about labels.
MIN_DOCUMENTS = 6


@dataclass(frozen=True, slots=True)
class Scorer:
    """One weight for each column, and the score of there being no value."""

    columns: tuple[str, ...]
    weights: tuple[float, ...]
    nothing: float

    def shares(self, rows: Sequence[Mapping[str, float]]) -> Matrix:
        """Return how likely each row is the value; what is missing to 1 is: there is none."""
        raw = np.append(matrix(rows, self.columns) @ np.array(self.weights), self.nothing)
        shares = np.exp(raw - raw.max())
        return np.asarray(shares / shares.sum())[:-1]

# BEGIN SOLUTION scorer

def _fit(table: Matrix, right: NDArray[np.bool_], sizes: NDArray[np.int_]) -> Matrix:
    """Maximise the likelihood that each document's choice is one of its right rows."""
    ends = np.cumsum(sizes)
    starts = ends - sizes
    whose = np.repeat(np.arange(len(sizes)), sizes)
    nothing = np.zeros(len(table))
    nothing[ends - 1] = 1.0
    full = np.column_stack([table, nothing])

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        raw = full @ weights
        raw = raw - np.maximum.reduceat(raw, starts)[whose]
        shares = np.exp(raw)
        everything = np.add.reduceat(shares, starts)
        good = np.maximum(np.add.reduceat(shares * right, starts), 1e-300)
        pull = shares / everything[whose] - shares * right / good[whose]
        penalty = weights @ weights * SHRINKAGE / 2
        value = float(np.log(everything / good).sum() + penalty)
        return value, full.T @ pull + SHRINKAGE * weights

    start = np.zeros(full.shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


# END SOLUTION
# STUB:
def train_scorers(
    scenes: Sequence[Scene], truths: Sequence[Mapping[str, object]]
) -> dict[str, Scorer]:
    """Learn one scorer for each field."""
    return {field: _train(field, scenes, truths) for field in FIELDS}


def _train(field: str, scenes: Sequence[Scene], truths: Sequence[Mapping[str, object]]) -> Scorer:
    # BEGIN SOLUTION scorer
    kind = KINDS[field]
    seen = Counter(
        name for scene in scenes for name in {name for row in scene.rows[kind] for name in row}
    )
    columns = sorted(name for name, count in seen.items() if count >= MIN_DOCUMENTS)
    tables, right, sizes = [], [], []
    for scene, truth in zip(scenes, truths, strict=True):
        hits = [one.value == truth[field] for one in scene.candidates[kind]]
        tables.append(np.vstack([matrix(scene.rows[kind], columns), np.zeros(len(columns))]))
        right += [*hits, not any(hits)]  # the last row of each document is: nothing
        sizes.append(len(hits) + 1)
    weights = _fit(np.vstack(tables), np.array(right), np.array(sizes))
    return Scorer(tuple(columns), tuple(weights[:-1].tolist()), float(weights[-1]))
    # END SOLUTION
    # STUB: # The label decides, nothing is learned.
    # STUB: del scenes, truths
    # STUB: return Scorer((f"label {field}", f"label {field} whole"), (4.0, 1.0), 2.0)
