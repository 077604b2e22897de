"""Changes that a camera may bring: how much a score loses when the pictures are taken otherwise."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Pictures = NDArray[np.uint8]

NOISE, DARKER, BLUR, DEGREES = 8.0, 0.6, 1.0, 4.0


def _noise(pictures: Pictures) -> NDArray[np.float64]:
    noise = np.random.default_rng(11).normal(0, NOISE, pictures.shape)
    return np.asarray(pictures + noise)


def _darker(pictures: Pictures) -> NDArray[np.float64]:
    return np.asarray(pictures * DARKER, dtype=np.float64)


def _blurred(pictures: Pictures) -> NDArray[np.float64]:
    sigmas = (0, BLUR, BLUR)
    return np.asarray(ndimage.gaussian_filter(pictures.astype(np.float64), sigmas, mode="mirror"))


def _turned(pictures: Pictures) -> NDArray[np.float64]:
    whole = pictures.astype(np.float64)
    return np.asarray(ndimage.rotate(whole, DEGREES, (1, 2), reshape=False, order=1, mode="mirror"))


CHANGES: dict[str, Callable[[Pictures], NDArray[np.float64]]] = {
    "noise": _noise,
    "darker": _darker,
    "blurred": _blurred,
    "turned": _turned,
}


def change(name: str, pictures: Pictures) -> Pictures:
    """Return the pictures as another camera would have taken them."""
    return np.asarray(np.rint(np.clip(CHANGES[name](pictures), 0, 255)), dtype=np.uint8)
