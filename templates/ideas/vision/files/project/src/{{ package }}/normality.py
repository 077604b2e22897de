"""How far a pixel is from a surface that is as it should be: learned from good tiles alone.

Two kinds of maps. Residuals: what of a patch of 8 x 8 pixels lies outside the main components of
good patches, at full and at half size. Distance: Mahalanobis over the filter bank.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.covariance import LedoitWolf

from .filters import bank, blur
from .surfaces import Pixels

PATCH = 8
BEFORE, BEHIND = 4, 3  # a patch reaches so far to both sides of its pixel
KEPT = (12, 40)
FLOOR = 1e-4
SPREAD = 3.0
STEP = 37  # of a tile's pixels every so many: neighbours say the same

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Components:
    """The mean good patch, and all directions, those in which good patches differ most first."""

    mean: Matrix
    directions: Matrix

    def project(self, tiles: Pixels) -> Pixels:
        """Return the patch around each pixel, along each direction."""
        return np.asarray((_patches(tiles) - self.mean) @ self.directions.T)

    def residuals(self, tiles: Pixels) -> list[Pixels]:
        """Return, for each number of components kept, the log of what is left of the patch."""
        # BEGIN SOLUTION normality
        squares = self.project(tiles) ** 2 @ left_over()
        return [np.log(squares[..., place] + np.float32(FLOOR)) for place in range(len(KEPT))]
        # END SOLUTION
        # STUB: return [np.zeros_like(tiles) for _ in KEPT]


@dataclass(frozen=True, slots=True)
class Normality:
    """What was learned from good tiles."""

    fine: Components
    coarse: Components
    centre: Matrix
    whiten: Matrix  # (channels, channels): turns distances from the centre into uncorrelated ones

    def maps(self, tiles: Pixels) -> Pixels:
        """Return the filter bank and all maps of distance for standardised tiles."""
        filtered = bank(tiles)
        return np.concatenate([filtered, self.distances(tiles, filtered)], axis=1)

    def distances(self, tiles: Pixels, filtered: Pixels) -> Pixels:
        """Return residuals at both sizes, and Mahalanobis distances, plain and smoothed."""
        coarse = [double(one) for one in self.coarse.residuals(halve(tiles))]
        far = np.log1p(self.mahalanobis(filtered))
        return np.stack([*self.fine.residuals(tiles), *coarse, far, blur(far, SPREAD)], axis=1)

    def mahalanobis(self, filtered: Pixels) -> Pixels:
        """Return the squared distance of each pixel from the centre of good ones."""
        # BEGIN SOLUTION normality
        flat = np.moveaxis(filtered, 1, -1) - self.centre
        return np.asarray(((flat @ self.whiten.T) ** 2).sum(axis=-1))
        # END SOLUTION
        # STUB: return np.zeros_like(filtered[:, 0])


def left_over() -> Matrix:
    """Return the weights that turn squares along all directions into mean residuals."""
    outside = np.arange(PATCH**2)[:, None] >= np.array(KEPT)
    return np.asarray(outside / PATCH**2, dtype=np.float32)


def fit_normality(tiles: Pixels) -> Normality:
    """Learn from standardised good tiles."""
    filtered = np.moveaxis(bank(tiles), 1, -1)
    rows = filtered.reshape(-1, filtered.shape[-1])[::STEP]
    scale = rows.std(axis=0) + 1e-6
    precision = LedoitWolf().fit(rows / scale).precision_
    root = np.linalg.cholesky(precision).T / scale
    return Normality(
        fine=_components(tiles),
        coarse=_components(halve(tiles)),
        centre=rows.mean(axis=0),
        whiten=np.asarray(root, dtype=np.float32),
    )


def halve(tiles: Pixels) -> Pixels:
    """Return tiles at half the size: the mean of each 2 x 2 pixels."""
    number, rows, columns = tiles.shape
    return np.asarray(tiles.reshape(number, rows // 2, 2, columns // 2, 2).mean(axis=(2, 4)))


def double(maps: Pixels) -> Pixels:
    """Return maps at twice the size, every pixel four times."""
    return maps.repeat(2, axis=-2).repeat(2, axis=-1)


def _components(tiles: Pixels) -> Components:
    rows = _patches(tiles).reshape(-1, PATCH**2)[::STEP].astype(np.float64)
    mean = rows.mean(axis=0)
    _, vectors = np.linalg.eigh(np.cov(rows - mean, rowvar=False))
    return Components(mean.astype(np.float32), vectors.T[::-1].astype(np.float32))


def _patches(tiles: Pixels) -> Pixels:
    """Return the patch around every pixel, as (number, rows, columns, 64)."""
    wide = ((0, 0), (BEFORE, BEHIND), (BEFORE, BEHIND))
    padded = np.pad(tiles, wide, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (PATCH, PATCH), axis=(1, 2))
    return windows.reshape(*tiles.shape, PATCH**2)
