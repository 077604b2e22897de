"""Simulated defects on real textures, with exact masks: five families, one of them held out.

Everything is drawn in double precision, so that a picture rounds to the same bytes everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from .surfaces import TILE

Family = Literal["scratch", "hole", "stain", "missing", "crack"]
Grey = NDArray[np.float64]
Mask = NDArray[np.bool_]

FAMILIES: tuple[Family, ...] = ("scratch", "hole", "stain", "missing", "crack")
# Drawn for development and test alone: nothing is learned from it.
HELD_OUT: Family = "crack"
LEARNED: tuple[Family, ...] = tuple(name for name in FAMILIES if name != HELD_OUT)

ROWS, COLUMNS = np.mgrid[:TILE, :TILE].astype(np.float64)


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A tile with a defect: where it is, and how strong it was drawn, from 0 to 1."""

    grey: Grey
    mask: Mask
    strength: float


Draw = Callable[[Grey, float, np.random.Generator], tuple[Grey, Mask]]


def spoil(grey: Grey, family: Family, rng: np.random.Generator) -> Spoiled:
    """Draw a defect of a family somewhere into a tile."""
    strength = float(rng.uniform())
    spoiled, mask = DRAW[family](grey, strength, rng)
    return Spoiled(np.clip(spoiled, 0, 1), mask, strength)


def expose(grey: Grey, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Take a picture: light, offset and noise differ from one to the next; 8 bits a pixel."""
    light = grey * (1 + rng.normal(0, 0.05)) + rng.normal(0, 0.02)
    noisy = np.clip(light + rng.normal(0, 0.012, grey.shape), 0, 1)
    return np.asarray(np.rint(noisy * 255), dtype=np.uint8)


def _scratch(grey: Grey, strength: float, rng: np.random.Generator) -> tuple[Grey, Mask]:
    """A thin, slightly bent line, lighter or darker than the surface."""
    along, beside = _axes(rng.uniform(14, TILE - 14, 2), rng.uniform(0, np.pi))
    beside = beside + rng.uniform(-0.02, 0.02) * along**2
    mask = (abs(along) < rng.uniform(9, 20)) & (abs(beside) < rng.uniform(0.8, 1.6))
    target = grey.mean() + rng.choice([-1, 1]) * (0.2 + 0.25 * strength)
    return np.where(mask, 0.4 * grey + 0.6 * target, grey), mask


def _hole(grey: Grey, strength: float, rng: np.random.Generator) -> tuple[Grey, Mask]:
    """A small dark ellipse with a lighter rim."""
    distance = _ellipse(3, 7, rng)
    mask = distance < 1
    rim = (distance >= 1) & (distance < 1.5)
    return np.where(mask, grey * (0.55 - 0.4 * strength), grey + 0.08 * rim), mask


def _stain(grey: Grey, strength: float, rng: np.random.Generator) -> tuple[Grey, Mask]:
    """A large soft ellipse that shifts the brightness and dulls what lies below."""
    distance = _ellipse(7, 14, rng)
    weight = 1 / (1 + np.exp((distance - 0.9) * 8))
    shift = rng.choice([-1, 1]) * (0.1 + 0.16 * strength)
    dulled = grey * (1 - 0.35 * weight) + 0.35 * weight * grey.mean()
    return dulled + weight * shift, distance < 1


def _missing(grey: Grey, strength: float, rng: np.random.Generator) -> tuple[Grey, Mask]:
    """A rectangle in which the texture is gone and its brightness stays."""
    high, wide = rng.integers(10, 22, 2)
    top, left = rng.integers(2, TILE - high - 2), rng.integers(2, TILE - wide - 2)
    mask = np.zeros((TILE, TILE), dtype=np.bool_)
    mask[top : top + high, left : left + wide] = True
    share = 0.5 + 0.5 * strength
    smooth = share * ndimage.gaussian_filter(grey, 5) + (1 - share) * grey
    return np.where(mask, smooth + rng.normal(0, 0.015, grey.shape), grey), mask


def _crack(grey: Grey, strength: float, rng: np.random.Generator) -> tuple[Grey, Mask]:
    """A line that wanders, two pixels wide and darker than what it crosses."""
    mask = np.zeros((TILE, TILE), dtype=np.bool_)
    place, angle = rng.uniform(14, TILE - 14, 2), rng.uniform(0, 2 * np.pi)
    for _ in range(int(rng.integers(25, 60))):
        angle += rng.normal(0, 0.3)
        step = np.array([np.sin(angle), np.cos(angle)])
        place = np.clip(place + step, 1, TILE - 2)
        mask[int(place[0]), int(place[1])] = True
    mask = ndimage.binary_dilation(mask, np.ones((2, 2)))
    return np.where(mask, grey * (0.85 - 0.35 * strength), grey), mask


def _axes(point: Grey, angle: float) -> tuple[Grey, Grey]:
    """Return how far each pixel is along and beside a line through a point."""
    across, down = COLUMNS - point[0], ROWS - point[1]
    cosine, sine = np.cos(angle), np.sin(angle)
    return across * cosine + down * sine, down * cosine - across * sine


def _ellipse(least: float, most: float, rng: np.random.Generator) -> Grey:
    """Return a squared distance that is 1 on a random ellipse."""
    along, beside = _axes(rng.uniform(most, TILE - most, 2), rng.uniform(0, np.pi))
    first, second = rng.uniform(least, most, 2)
    return np.asarray((along / first) ** 2 + (beside / second) ** 2)


DRAW: dict[Family, Draw] = {
    "scratch": _scratch,
    "hole": _hole,
    "stain": _stain,
    "missing": _missing,
    "crack": _crack,
}
