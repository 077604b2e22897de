"""The reader: how much a picture is like each one learned from, weighed for every digit.

Kernel ridge regression on ten columns of noughts and ones: one linear system, no chance, and a
model that is two arrays. It also learns every picture moved by a pixel each way, for people
don't write in the middle.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve
from threadpoolctl import threadpool_limits

from ..config import Settings
from ..digest import tree_digest
from ..model import ModelNotBuilt
from . import own
from .forms import DIGITS, INK, Digits, Numbers, Pictures, load, part_digest, write_parts

# Chosen on the forms of the training and development parts, leaving out one form at a time.
NARROWNESS, SHRINKAGE = 0.1, 0.03
MOVES = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0))
# So many of the development part's pictures that count as sure may be wrong.
WRONG_WHEN_SURE = 0.005

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reader:
    """What was learned: pictures, and what each says for every digit."""

    pictures: Pictures
    weights: NDArray[np.float32]  # (pictures, digits)
    margin: float  # the two best scores are at least so far apart where it is sure
    digests: dict[str, str]

    def scores(self, pictures: Pictures) -> Scores:
        """Return ten scores a picture, about 1 for what it shows and 0 for the rest."""
        return np.asarray(_likeness(pictures, self.pictures) @ self.weights)

    def sure(self, scores: Scores) -> NDArray[np.bool_]:
        """Return where the best score is far enough ahead to do without a person."""
        return np.asarray(lead(scores) >= self.margin)


def learn(part: Digits, digests: dict[str, str], moves: tuple[tuple[int, int], ...]) -> Reader:
    """Learn from a part and its moved copies; the margin is still to be drawn."""
    pictures = np.concatenate([moved(part.pictures, *move) for move in moves])
    wanted = np.eye(DIGITS)[np.tile(part.labels, len(moves))]
    likeness = _likeness(pictures, pictures)
    likeness[np.diag_indices_from(likeness)] += SHRINKAGE
    weights = solve(likeness, wanted, assume_a="pos", overwrite_a=True)
    return Reader(pictures, weights.astype(np.float32), 0.0, digests)


def build_reader(settings: Settings) -> None:
    """Write the parts, learn, draw the margin on the development part, write the model."""
    write_parts(settings)
    train, dev = load(settings, "train"), load(settings, "dev")
    digests = {"train": part_digest(settings, "train"), "dev": part_digest(settings, "dev")}
    with threadpool_limits(1):
        reader = learn(train, digests, MOVES)
        margin = draw_margin(reader.scores(dev.pictures), dev.labels)
    path = _path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        pictures=reader.pictures,
        weights=reader.weights,
        margin=np.float64(margin),
        digests=np.array([digests["train"], digests["dev"], _code_digest()]),
    )


def load_reader(settings: Settings) -> Reader:
    """Read the model, without running code from it; refuse one of other code."""
    again = f"run `python -m {__package__.partition('.')[0]} build`"
    try:
        with np.load(_path(settings), allow_pickle=False) as arrays:
            train, dev, code = (str(one) for one in arrays["digests"])
            pictures, weights = arrays["pictures"], arrays["weights"]
            margin = float(arrays["margin"])
    except FileNotFoundError as error:
        raise ModelNotBuilt(f"There is no reader of digits yet: {again}.") from error
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise ModelNotBuilt(f"The reader of digits is damaged: {again}.") from error
    if code != _code_digest():
        raise ModelNotBuilt(f"The code changed since the reader was built: {again}.")
    return Reader(pictures, weights, margin, {"train": train, "dev": dev})


def moved(pictures: Pictures, down: int, right: int) -> Pictures:
    """Return pictures moved by whole pixels; what leaves the frame is gone."""
    rows, columns = pictures.shape[1:]
    wide = np.pad(pictures, ((0, 0), (1, 1), (1, 1)))
    return wide[:, 1 - down : 1 - down + rows, 1 - right : 1 - right + columns]


def lead(scores: Scores) -> Scores:
    """Return how far the best score is ahead of the second."""
    second, best = np.sort(scores, axis=1)[:, -2:].T
    return np.asarray(best - second)


def draw_margin(scores: Scores, labels: Numbers) -> float:
    """Return the smallest lead at and above which hardly any reading is wrong."""
    order = np.argsort(-lead(scores), kind="stable")
    wrong = np.cumsum(scores.argmax(axis=1)[order] != labels[order])
    fine = np.flatnonzero(wrong <= WRONG_WHEN_SURE * np.arange(1, len(order) + 1))
    return float(lead(scores)[order[fine[-1]]]) if fine.size else np.inf


def _likeness(pictures: Pictures, others: Pictures) -> Scores:
    one, other = (part.reshape(len(part), -1) / INK for part in (pictures, others))
    squares = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1) - 2 * one @ other.T
    return np.asarray(np.exp(-NARROWNESS * squares))


def _path(settings: Settings) -> Path:
    return own(settings).models_dir / "reader.npz"


def _code_digest() -> str:
    folder = Path(__file__).parent
    return tree_digest([folder / "forms.py", Path(__file__)], folder)
