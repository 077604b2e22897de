"""A detector for one surface: from a tile to a heat map, and from a heat map to a score."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .filters import blur, standard
from .head import Head
from .normality import Components, Normality
from .surfaces import Pixels

TOP = 40  # a defect is the mean of its so many hottest pixels
SMOOTH = 1.0

Arrays = Mapping[str, NDArray[np.float32]]


class HeatMaker(Protocol):
    """What can make heat maps: the detector below, or the graph made from it."""

    def heat(self, tiles: Pixels) -> Pixels:
        """Return the chance of a defect for each pixel of (number, rows, columns)."""
        ...


@dataclass(frozen=True, slots=True)
class Detector:
    """Filters, distances and head of one surface."""

    normality: Normality
    head: Head

    def heat(self, tiles: Pixels) -> Pixels:
        """Return the chance of a defect for each pixel."""
        return blur(self.head.chance(self.normality.maps(standard(tiles))), SMOOTH)

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """Return everything that was learned, by name."""
        its = self.normality
        named = {"centre": its.centre, "whiten": its.whiten}
        for name, part in (("fine", its.fine), ("coarse", its.coarse)):
            named |= {f"{name}_mean": part.mean, f"{name}_directions": part.directions}
        for place, (weight, offset) in enumerate(
            zip(self.head.weights, self.head.offsets, strict=True)
        ):
            named |= {f"weight_{place}": weight, f"offset_{place}": offset}
        return named


def from_arrays(arrays: Arrays) -> Detector:
    """Return the detector that `arrays` came from."""
    parts = {
        name: Components(arrays[f"{name}_mean"], arrays[f"{name}_directions"])
        for name in ("fine", "coarse")
    }
    count = sum(name.startswith("weight_") for name in arrays)
    return Detector(
        Normality(parts["fine"], parts["coarse"], arrays["centre"], arrays["whiten"]),
        Head(
            tuple(arrays[f"weight_{place}"] for place in range(count)),
            tuple(arrays[f"offset_{place}"] for place in range(count)),
        ),
    )


def score(heat: Pixels) -> NDArray[np.float32]:
    """Return how likely each tile has a defect: the mean of its hottest pixels."""
    flat = heat.reshape(len(heat), -1)
    hottest = np.partition(flat, -TOP, axis=1)[:, -TOP:]
    return np.asarray(hottest.mean(axis=1))
