"""The head: from the maps of a pixel to the chance that it is part of a defect."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
# BEGIN SOLUTION heat
from sklearn.neural_network import MLPClassifier

# END SOLUTION
# STUB:
from .surfaces import Pixels

HIDDEN = (48, 24)
EPOCHS = 8
BATCH = 512
RATE = 2e-3
SHRINKAGE = 1e-3
# Two in five of the pixels to learn from are defects, far more than in pictures. Chances are
# given as if it were so many: chosen on the development part, for the heat maps' sake.
DEFECT_SHARE = 0.13

Matrix = NDArray[np.float32]
Labels = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Head:
    """Layers of weights (inputs, outputs) and offsets; the last has one output."""

    weights: tuple[Matrix, ...]
    offsets: tuple[Matrix, ...]

    def chance(self, maps: Pixels) -> Pixels:
        """Return the chance for every pixel of (number, channels, rows, columns)."""
        values = np.moveaxis(maps, 1, -1)
        *hidden, (weight, offset) = zip(self.weights, self.offsets, strict=True)
        for inner, shift in hidden:
            values = np.maximum(values @ inner + shift, 0)
        return np.asarray(1 / (1 + np.exp(-(values @ weight + offset)[..., 0])))


def fit_head(rows: Matrix, defect: Labels, seed: int) -> Head:
    """Learn a small network from pixels."""
    # BEGIN SOLUTION heat
    mean, spread = _scale(rows)
    scaled = (rows - mean) / spread
    net = MLPClassifier(
        HIDDEN, batch_size=BATCH, learning_rate_init=RATE, alpha=SHRINKAGE, random_state=seed
    )
    for _ in range(EPOCHS):
        net.partial_fit(scaled, defect, classes=[False, True])
    return _finish(net.coefs_, net.intercepts_, mean, spread, float(defect.mean()))
    # END SOLUTION
    # STUB: del seed  # one layer is what the linear baseline has
    # STUB: return fit_linear(rows, defect)


def fit_linear(rows: Matrix, defect: Labels) -> Head:
    """Learn one layer from the same pixels: the baseline that shows what the network brings."""
    mean, spread = _scale(rows)
    model = LogisticRegression(max_iter=200).fit((rows - mean) / spread, defect)
    return _finish([model.coef_.T], [model.intercept_], mean, spread, float(defect.mean()))


def _scale(rows: Matrix) -> tuple[Matrix, Matrix]:
    return rows.mean(axis=0), rows.std(axis=0) + np.float32(1e-6)


def _finish(
    weights: list[Matrix], offsets: list[Matrix], mean: Matrix, spread: Matrix, drawn: float
) -> Head:
    """Fold the scaling of the inputs into the first layer, the share of defects into the last."""
    first = weights[0] / spread[:, None]
    weights, offsets = [first, *weights[1:]], [offsets[0] - mean @ first, *offsets[1:]]
    offsets[-1] = offsets[-1] + _log_odds(DEFECT_SHARE) - _log_odds(drawn)
    return Head(
        tuple(np.asarray(one, dtype=np.float32) for one in weights),
        tuple(np.asarray(one, dtype=np.float32) for one in offsets),
    )


def _log_odds(share: float) -> float:
    return float(np.log(share / (1 - share)))
