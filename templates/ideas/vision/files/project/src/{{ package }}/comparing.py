"""Area under the ROC curve, on places that are drawn again and again: what intervals come from.

Pictures of one place have the same texture, so whole places are resampled and not pictures. For
each pair of places it is worked out once how often a defect of one outranks a good tile of the
other; a resample then is a sum over pairs.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from .dataset import Case
from .measure import Indices
from .surfaces import SURFACES

Matrix = NDArray[np.float64]


def area(scores: ArrayLike, defect: ArrayLike) -> float:
    """Return how often a defect outranks a good tile; equals count half."""
    bad = np.asarray(defect, dtype=np.bool_)
    ranks = rankdata(np.asarray(scores))
    bads = int(bad.sum())
    over = ranks[bad].sum() - bads * (bads + 1) / 2
    return float(over / (bads * (bad.size - bads)))


def place_numbers(cases: Sequence[Case]) -> NDArray[np.intp]:
    """Return each case's place, numbered from 0 over all surfaces."""
    found = {key: n for n, key in enumerate(dict.fromkeys(_place(one) for one in cases))}
    return np.array([found[_place(one)] for one in cases])


class Area:
    """The mean over surfaces of the area under each one's ROC curve, as a function of places."""

    def __init__(self, cases: Sequence[Case], scores: ArrayLike, among: ArrayLike) -> None:
        """`among` says which cases count: good ones, and the defects of a slice."""
        self._places = int(place_numbers(cases).max()) + 1
        places, values = place_numbers(cases), np.asarray(scores, dtype=np.float64)
        counted = np.asarray(among, dtype=np.bool_)
        defect = np.array([one.defect for one in cases])
        self._surfaces = []
        for surface in SURFACES:
            here = np.array([one.surface == surface for one in cases]) & counted
            bad, good = here & defect, here & ~defect
            if bad.any() and good.any():
                self._surfaces.append(self._pairs(values, places, bad, good))

    def __call__(self, picks: Indices) -> float:
        """Return the area over the picked places, which may repeat."""
        times = np.bincount(picks, minlength=self._places).astype(np.float64)
        areas = [
            float(times @ wins @ times) / pairs
            for wins, bads, goods in self._surfaces
            if (pairs := float(times @ bads) * float(times @ goods))
        ]
        return sum(areas) / len(areas) if areas else 0.5

    def _pairs(
        self,
        values: Matrix,
        places: NDArray[np.intp],
        bad: NDArray[np.bool_],
        good: NDArray[np.bool_],
    ) -> tuple[Matrix, Matrix, Matrix]:
        ahead = np.sign(values[bad][:, None] - values[good][None, :]) / 2 + 0.5
        wins = np.zeros((self._places, self._places))
        np.add.at(wins, (places[bad][:, None], places[good][None, :]), ahead)
        bads = np.bincount(places[bad], minlength=self._places).astype(np.float64)
        goods = np.bincount(places[good], minlength=self._places).astype(np.float64)
        return wins, bads, goods


def _place(case: Case) -> tuple[str, int, int]:
    return (case.surface, case.left, case.top)
