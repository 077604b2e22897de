"""The surfaces: real textures that come inside scikit-image's package, split by columns."""

import hashlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.float32]
Surface = Literal["brick", "gravel"]
Part = Literal["train", "dev", "test"]

SURFACES: tuple[Surface, ...] = ("brick", "gravel")
TILE = 64
SIDE = 512

# The file that the result was measured on: SHA-256 of the picture in the package.
DIGESTS: dict[Surface, str] = {
    "brick": "7966caf324f6ba843118d98f7a07746d22f6a343430add0233eca5f6eaaa8fcf",
    "gravel": "c48615b451bf1e606fbd72c0aa9f8cc0f068ab7111ef7d93bb9b0f2586440c12",
}


class DataError(RuntimeError):
    """The data can't be used; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The columns of a part, and how far its tiles are apart: less than a tile is an overlap."""

    left: int
    right: int
    across: int
    down: int


# No column is in two parts, and 16 columns between them are in none.
STRIPS: dict[Part, Strip] = {
    "test": Strip(0, 192, TILE, TILE),
    "dev": Strip(208, 304, 32, TILE),
    "train": Strip(320, 496, 16, 16),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of a surface that is as it should be."""

    left: int
    top: int
    pixels: Pixels


def picture(surface: Surface) -> Pixels:
    """Return a surface as grey values from 0 to 1; no other file than the recorded one will do."""
    spec = importlib.util.find_spec("skimage")
    if spec is None or spec.origin is None:
        raise DataError("The textures come with scikit-image, which is missing: run `make setup`.")
    path = Path(spec.origin).parent / "data" / f"{surface}.png"
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != DIGESTS[surface]:
        raise DataError(
            f"{surface}.png of the installed scikit-image isn't the recorded one: install the "
            "version that the data card names, or measure anew and record the new digest."
        )
    with Image.open(path) as image:
        return np.asarray(np.asarray(image.convert("L")) / 255, dtype=np.float32)


def as_grey(pictures: NDArray[np.uint8]) -> Pixels:
    """Return 8-bit pictures as grey values from 0 to 1."""
    return np.asarray(pictures, dtype=np.float32) / np.float32(255)


def tiles(surface: Surface, part: Part) -> list[Tile]:
    """Cut the strip of a part into tiles, row by row."""
    strip, whole = STRIPS[part], picture(surface)
    return [
        Tile(left, top, whole[top : top + TILE, left : left + TILE]) for left, top in places(strip)
    ]


def places(strip: Strip) -> list[tuple[int, int]]:
    """Return left and top of every tile that lies wholly inside the strip."""
    # BEGIN SOLUTION tiles
    return [
        (left, top)
        for top in range(0, SIDE - TILE + 1, strip.down)
        for left in range(strip.left, strip.right - TILE + 1, strip.across)
    ]
    # END SOLUTION
    # STUB: # Side by side, whatever the strip asks for; the overlapping ones would teach more.
    # STUB: across, down = max(strip.across, 32), max(strip.down, TILE)
    # STUB: lefts = range(strip.left, strip.right - TILE + 1, across)
    # STUB: return [(left, top) for top in range(0, SIDE - TILE + 1, down) for left in lefts]
