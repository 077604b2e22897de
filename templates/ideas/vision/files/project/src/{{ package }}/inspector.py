"""Inspects a picture of any size: tile by tile, with one heat map over all of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .assumptions import read_assumptions
from .business import Assumptions
from .config import Settings
from .detector import HeatMaker, score
from .model import Line, load_model
from .surfaces import TILE, Pixels, Surface, as_grey

Pictures = NDArray[np.uint8]

BATCH = 8  # tiles at a time: bounds the memory that one picture can ask for


@dataclass(frozen=True, slots=True)
class Spot:
    """A tile of the picture and its score."""

    left: int
    top: int
    score: float


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in a picture."""

    tiles: tuple[Spot, ...]
    heat: Pixels
    threshold: float

    @property
    def score(self) -> float:
        """The picture is as good as its worst tile."""
        return max(one.score for one in self.tiles)


@dataclass(frozen=True, slots=True)
class Inspector:
    """All that the service and the command line call."""

    makers: Mapping[Surface, HeatMaker]
    lines: Mapping[Surface, Line]
    assumptions: Assumptions

    def inspect(self, surface: Surface, picture: Pictures) -> Inspection:
        """Inspect a grey picture that is at least one tile wide and high."""
        corners = [(left, top) for top in starts(len(picture)) for left in starts(picture.shape[1])]
        grey = as_grey(np.stack([picture[y : y + TILE, x : x + TILE] for x, y in corners]))
        maker = self.makers[surface]
        heat = np.concatenate(
            [maker.heat(grey[start : start + BATCH]) for start in range(0, len(grey), BATCH)]
        )
        whole = np.zeros(picture.shape, dtype=np.float32)
        for (x, y), part in zip(corners, heat, strict=True):
            here = whole[y : y + TILE, x : x + TILE]
            np.maximum(here, part, out=here)
        spots = [
            Spot(x, y, float(value)) for (x, y), value in zip(corners, score(heat), strict=True)
        ]
        return Inspection(tuple(spots), whole, self.lines[surface].threshold)


def starts(length: int) -> list[int]:
    """Return where tiles begin along a side: side by side, the last one flush with the end."""
    rest = [length - TILE] if length % TILE else []
    return [*range(0, length - TILE + 1, TILE), *rest]


def load_inspector(settings: Settings) -> Inspector:
    """Return what `make demo` built."""
    model = load_model(settings)
    assumptions = read_assumptions(settings.configs_dir / "business.toml", Assumptions)
    return Inspector(model.makers, model.lines, assumptions)
