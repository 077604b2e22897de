"""The baselines. What they can choose is chosen on the development part, for each surface."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .comparing import area
from .detector import HeatMaker, score
from .filters import bank, standard
from .normality import Normality
from .surfaces import Pixels, as_grey

MEAN = "mean brightness"
PCA = "PCA reconstruction"
FAR = "Mahalanobis distance"
LINEAR = "logistic regression"

KEPT = (24, 40, 52, 56, 60, 62)
HOTTEST = (6, 24, 96)
BATCH = 8  # what fits into a processor's cache is faster

Scores = NDArray[np.float64]
Pictures = NDArray[np.uint8]


class Scorer(Protocol):
    """Anything that gives each picture a score: the higher, the likelier a defect."""

    def scores(self, pictures: Pictures) -> Scores:
        """Return one score a picture."""
        ...


@dataclass(frozen=True, slots=True)
class MeanBrightness:
    """How far a tile's brightness is from that of good tiles, in standard deviations."""

    mean: float
    spread: float

    def scores(self, pictures: Pictures) -> Scores:
        """Return one score a picture."""
        means = as_grey(pictures).mean(axis=(1, 2), dtype=np.float64)
        return np.asarray(abs(means - self.mean) / self.spread)


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """What the main components of good patches leave over, where they leave most."""

    normality: Normality
    kept: int
    hottest: int

    def scores(self, pictures: Pictures) -> Scores:
        """Return one score a picture."""
        return hottest(residuals(self.normality, pictures, [self.kept])[0], self.hottest)


@dataclass(frozen=True, slots=True)
class Distance:
    """How far the filters' answers are from those on good tiles, where they are farthest."""

    normality: Normality
    hottest: int

    def scores(self, pictures: Pictures) -> Scores:
        """Return one score a picture."""
        return hottest(distances(self.normality, pictures), self.hottest)


@dataclass(frozen=True, slots=True)
class Heated:
    """The hottest pixels of a heat map: the project, and the linear baseline on the same maps."""

    maker: HeatMaker

    def scores(self, pictures: Pictures) -> Scores:
        """Return one score a picture."""
        return np.asarray(score(heat_of(self.maker, pictures)), dtype=np.float64)


def heat_of(maker: HeatMaker, pictures: Pictures) -> Pixels:
    """Return the heat maps of many pictures."""
    return np.concatenate([maker.heat(part) for part in batches(as_grey(pictures))])


def mean_brightness(good: Pictures) -> MeanBrightness:
    """Learn from good tiles."""
    means = as_grey(good).mean(axis=(1, 2), dtype=np.float64)
    return MeanBrightness(float(means.mean()), float(means.std()))


def reconstruction(
    normality: Normality, dev: Pictures, defect: NDArray[np.bool_]
) -> Reconstruction:
    """Return the best of all choices on the development part."""
    maps = dict(zip(KEPT, residuals(normality, dev, KEPT), strict=True))
    kept, top = max(
        product(KEPT, HOTTEST), key=lambda choice: area(hottest(maps[choice[0]], choice[1]), defect)
    )
    return Reconstruction(normality, kept, top)


def distance(normality: Normality, dev: Pictures, defect: NDArray[np.bool_]) -> Distance:
    """Return the best of all choices on the development part."""
    maps = distances(normality, dev)
    return Distance(normality, max(HOTTEST, key=lambda top: area(hottest(maps, top), defect)))


def residuals(normality: Normality, pictures: Pictures, kept: Sequence[int]) -> list[Pixels]:
    """Return, for each number of components kept, what is left of every patch."""
    found: list[list[Pixels]] = [[] for _ in kept]
    for part in batches(standard(as_grey(pictures))):
        squares = normality.fine.project(part) ** 2
        for place, number in enumerate(kept):
            found[place].append(squares[..., number:].sum(axis=-1))
    return [np.concatenate(maps) for maps in found]


def distances(normality: Normality, pictures: Pictures) -> Pixels:
    """Return the squared Mahalanobis distance of every pixel."""
    parts = batches(standard(as_grey(pictures)))
    return np.concatenate([normality.mahalanobis(bank(part)) for part in parts])


def hottest(maps: Pixels, count: int) -> Scores:
    """Return the mean of each map's highest values."""
    flat = np.partition(maps.reshape(len(maps), -1), -count, axis=1)
    return np.asarray(flat[:, -count:].mean(axis=1), dtype=np.float64)


def batches(tiles: Pixels) -> list[Pixels]:
    """Return the tiles in pieces that fit into memory."""
    return [tiles[start : start + BATCH] for start in range(0, len(tiles), BATCH)]
