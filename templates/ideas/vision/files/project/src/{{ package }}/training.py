"""Learning, from the training strip alone: good tiles first, then seeded defects on them."""

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from threadpoolctl import threadpool_limits

from .defects import LEARNED, Mask, expose, spoil
from .detector import Detector
from .filters import standard
from .head import fit_head, fit_linear
from .normality import Normality, fit_normality
from .surfaces import Surface, as_grey, tiles

COPIES = 2  # how often each training tile is spoiled, each time otherwise
GOOD_EVERY = 3  # good tiles overlap: every so many are enough to learn what is normal
DEFECT_PIXELS, GOOD_PIXELS = 40, 60
MARGIN = 2  # pixels at the edge of a defect are neither
BATCH = 8


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a head learns from: maps of single pixels, and whether each is part of a defect."""

    rows: NDArray[np.float32]
    defect: Mask


@dataclass(frozen=True, slots=True)
class Trained:
    """What was learned for one surface: the project's detector, and the linear baseline's."""

    detector: Detector
    linear: Detector


def generator(surface: Surface, purpose: str, seed: int) -> np.random.Generator:
    """Return random numbers of their own for each surface and purpose."""
    return np.random.default_rng([seed, zlib.crc32(f"{surface} {purpose}".encode())])


def train(surface: Surface, seed: int) -> Trained:
    """Learn a surface."""
    # The matrices are small: more threads only wait for each other, and may round otherwise.
    with threadpool_limits(1):
        good = good_pictures(surface, seed)[::GOOD_EVERY]
        normality = fit_normality(standard(as_grey(good)))
        lesson = make_lesson(surface, normality, seed)
        network = fit_head(lesson.rows, lesson.defect, seed)
        linear = fit_linear(lesson.rows, lesson.defect)
    return Trained(Detector(normality, network), Detector(normality, linear))


def good_pictures(surface: Surface, seed: int) -> NDArray[np.uint8]:
    """Return a picture of each training tile as it is."""
    rng = generator(surface, "good", seed)
    return np.stack(
        [expose(tile.pixels.astype(np.float64), rng) for tile in tiles(surface, "train")]
    )


def make_lesson(surface: Surface, normality: Normality, seed: int) -> Lesson:
    """Spoil every training tile a few times, and draw pixels inside and outside the defects."""
    rng = generator(surface, "spoiled", seed)
    pictures, masks = _spoiled(surface, rng)
    rows, labels = [], []
    for start in range(0, len(pictures), BATCH):
        part = slice(start, start + BATCH)
        maps = np.moveaxis(normality.maps(standard(as_grey(pictures[part]))), 1, -1)
        for pixels, mask in zip(maps, masks[part], strict=True):
            inside, outside = _draw(mask, rng)
            rows += [pixels[inside], pixels[outside]]
            labels += [np.ones(len(inside[0]), bool), np.zeros(len(outside[0]), bool)]
    return Lesson(np.concatenate(rows), np.concatenate(labels))


def _spoiled(surface: Surface, rng: np.random.Generator) -> tuple[NDArray[np.uint8], Mask]:
    pictures, masks = [], []
    for number, tile in enumerate(tiles(surface, "train")):
        for copy in range(COPIES):
            turned = tile.pixels[:, ::-1] if copy % 2 else tile.pixels
            family = LEARNED[(number + copy) % len(LEARNED)]
            one = spoil(turned.astype(np.float64), family, rng)
            pictures.append(expose(one.grey, rng))
            masks.append(one.mask)
    return np.stack(pictures), np.stack(masks)


def _draw(
    mask: Mask, rng: np.random.Generator
) -> tuple[tuple[NDArray[np.intp], ...], tuple[NDArray[np.intp], ...]]:
    near = ndimage.binary_dilation(mask, iterations=MARGIN)
    inside, outside = np.flatnonzero(mask), np.flatnonzero(~near)
    some = rng.choice(inside, min(DEFECT_PIXELS, len(inside)), replace=False)
    others = rng.choice(outside, GOOD_PIXELS, replace=False)
    return np.unravel_index(some, mask.shape), np.unravel_index(others, mask.shape)
