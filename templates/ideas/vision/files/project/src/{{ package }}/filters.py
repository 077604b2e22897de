"""The filter bank: what every pixel's neighbourhood looks like, at three scales.

A tile is small, so every filter along rows or columns is one matrix product. Tiles come as (number,
rows, columns), maps as (number, channels, rows, columns). Beyond its border a tile goes on as in a
mirror. `operators.py` says the same in ONNX, and a test holds one against the other.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from .surfaces import TILE, Pixels

SCALES = (1.0, 2.0, 4.0)
WIDEST = 7.0
FINEST = 0.8
ROUGH = (1.5, 4.0)
WINDOW = 5
REACH = 3.0  # a Gaussian ends after so many standard deviations
TINY = 1e-3

SLOPE = (-0.5, 0.0, 0.5)
CURVE = (1.0, -2.0, 1.0)

Operator = NDArray[np.float32]


def along(weights: tuple[float, ...]) -> Operator:
    """Return the matrix that, put in front of a tile, filters its columns."""
    operator = ndimage.correlate1d(np.eye(TILE), weights, axis=0, mode="mirror")
    return np.asarray(operator, dtype=np.float32)


@lru_cache(maxsize=32)
def gaussian(sigma: float) -> Operator:
    """Return the matrix that smooths; its weights sum to 1."""
    reach = round(REACH * sigma)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    return along(tuple(weights / weights.sum()))


def blur(maps: Pixels, sigma: float) -> Pixels:
    """Smooth along columns and rows."""
    operator = gaussian(sigma)
    return np.asarray(operator @ maps @ operator.T)


def standard(tiles: Pixels) -> Pixels:
    """Take out each tile's own brightness and contrast."""
    mean = tiles.mean(axis=(-2, -1), keepdims=True)
    spread = tiles.std(axis=(-2, -1), keepdims=True)
    return np.asarray((tiles - mean) / (spread + np.float32(TINY)))


def bank(tiles: Pixels) -> Pixels:
    """Return all maps of standardised tiles."""
    # BEGIN SOLUTION filters
    channels = []
    squared = tiles * tiles
    smooth = {scale: blur(tiles, scale) for scale in (*SCALES, WIDEST)}
    for scale, grey in smooth.items():
        channels += [grey, deviation(blur(squared, scale), grey)]
    for scale in SCALES:
        channels += slopes(smooth[scale], scale)
    fine = abs(tiles - blur(tiles, FINEST))
    channels += [blur(fine, sigma) for sigma in ROUGH]
    first = smooth[SCALES[0]]
    channels += [ndimage.maximum_filter(first, (0, WINDOW, WINDOW), mode="mirror")]
    channels += [ndimage.minimum_filter(first, (0, WINDOW, WINDOW), mode="mirror")]
    return np.stack(channels, axis=1)
    # END SOLUTION
    # STUB: # The smoothed brightness and nothing else; `deviation` and `slopes` stand at hand.
    # STUB: return np.stack([blur(tiles, scale) for scale in SCALES], axis=1)


def deviation(squares: Pixels, mean: Pixels) -> Pixels:
    """Return the local standard deviation from smoothed squares and smoothed values."""
    return np.sqrt(np.maximum(squares - mean * mean, 0))


def slopes(grey: Pixels, scale: float) -> list[Pixels]:
    """Return how steep it is, how much of that in one direction, and how curved."""
    slope, curve = along(SLOPE), along(CURVE)
    down, across = slope @ grey * np.float32(scale), grey @ slope.T * np.float32(scale)
    products = (across * across, down * down, across * down)
    xx, yy, xy = (blur(product, scale) for product in products)
    straight = np.sqrt((xx - yy) ** 2 + 4 * xy * xy)
    bent = (curve @ grey + grey @ curve.T) * np.float32(scale**2)
    return [np.sqrt(np.maximum(xx + yy, 0)), straight, bent]
