"""The pictures to measure on: good and spoiled tiles of a part, drawn from the seed, frozen."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from .config import Settings
from .defects import FAMILIES, Family, Mask, expose, spoil
from .digest import file_digest
from .held_out import require_frozen
from .surfaces import SURFACES, DataError, Surface, Tile, tiles
from .training import generator

Measured = Literal["dev", "test"]
PARTS: tuple[Measured, ...] = ("dev", "test")

# For each place: so many pictures without a defect, and so many of each family.
GOOD, OF_EACH = 6, 2

Pictures = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Case:
    """What is true of one picture."""

    id: str
    surface: Surface
    left: int
    top: int
    family: Family | None
    strength: float
    area: int
    sha256: str  # of the picture's bytes, then the mask's

    @property
    def defect(self) -> bool:
        """Whether there is one."""
        return self.family is not None


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of a part, with pictures and masks as (number, rows, columns)."""

    cases: tuple[Case, ...]
    pictures: Pictures
    masks: Mask

    def of(self, surface: Surface) -> NDArray[np.intp]:
        """Return the numbers of the cases of a surface."""
        return np.array([n for n, one in enumerate(self.cases) if one.surface == surface])

    @property
    def defect(self) -> NDArray[np.bool_]:
        """Which cases have a defect."""
        return np.array([one.defect for one in self.cases])


def folder(settings: Settings) -> Path:
    """Return where the pictures lie."""
    return settings.data_dir / "tiles"


def truth_path(settings: Settings, part: Measured) -> Path:
    """Return the file that says what is true of each picture."""
    return folder(settings) / f"{part}.jsonl"


def write_parts(settings: Settings) -> None:
    """Draw both parts; the same seed gives the same files."""
    folder(settings).mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        found = draw_part(part, settings.seed)
        lines = [json.dumps(asdict(one)) for one in found.cases]
        text = "\n".join(lines) + "\n"
        truth_path(settings, part).write_text(text, encoding="utf-8", newline="\n")
        np.savez_compressed(
            folder(settings) / f"{part}.npz", pictures=found.pictures, masks=found.masks
        )


def draw_part(part: Measured, seed: int) -> Cases:
    """Draw all pictures of a part; every surface has random numbers of its own."""
    cases: list[Case] = []
    pictures, masks = [], []
    for surface in SURFACES:
        rng = generator(surface, part, seed)
        for tile in tiles(surface, part):
            for family in (*(None,) * GOOD, *FAMILIES * OF_EACH):
                picture, mask, strength = _draw(tile, family, rng)
                cases.append(
                    Case(
                        id=f"{surface}-{len(cases):04d}",
                        surface=surface,
                        left=tile.left,
                        top=tile.top,
                        family=family,
                        strength=round(strength, 4),
                        area=int(mask.sum()),
                        sha256=_digest(picture, mask),
                    )
                )
                pictures.append(picture)
                masks.append(mask)
    return Cases(tuple(cases), np.stack(pictures), np.stack(masks))


def load(settings: Settings, part: Measured) -> Cases:
    """Read one part; the test part only if it is the one that was frozen."""
    path = truth_path(settings, part)
    if not path.is_file():
        raise DataError(f"There are no pictures in {path.parent}: run `make demo` to draw them.")
    if part == "test":
        require_frozen(settings, path)
    rows: list[dict[str, Any]] = [
        json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()
    ]
    cases = tuple(Case(**row) for row in rows)
    with np.load(path.with_suffix(".npz"), allow_pickle=False) as arrays:
        pictures, masks = arrays["pictures"], arrays["masks"]
    _require_same(cases, pictures, masks)
    return Cases(cases, pictures, masks)


def part_digest(settings: Settings, part: Measured) -> str:
    """Return the SHA-256 of a part's truth, which names the SHA-256 of each picture."""
    return file_digest(truth_path(settings, part))


def _draw(
    tile: Tile, family: Family | None, rng: np.random.Generator
) -> tuple[Pictures, Mask, float]:
    grey = tile.pixels.astype(np.float64)
    if family is None:
        return expose(grey, rng), np.zeros(grey.shape, dtype=np.bool_), 0.0
    spoiled = spoil(grey, family, rng)
    return expose(spoiled.grey, rng), spoiled.mask, spoiled.strength


def _digest(picture: Pictures, mask: Mask) -> str:
    return hashlib.sha256(picture.tobytes() + mask.tobytes()).hexdigest()


def _require_same(cases: Sequence[Case], pictures: Pictures, masks: Mask) -> None:
    same = len(cases) == len(pictures) == len(masks) and all(
        one.sha256 == _digest(picture, mask)
        for one, picture, mask in zip(cases, pictures, masks, strict=True)
    )
    if not same:
        raise DataError("Pictures and truth don't belong together: run `make demo` again.")
