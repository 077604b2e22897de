"""Pictures to try the page with: pieces of the development strips, with a defect or without.

Nothing is learned from these columns, and nothing of the test strips is shown.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from ..defects import FAMILIES, HELD_OUT, Family, expose, spoil
from ..pictures import Pictures
from ..surfaces import STRIPS, SURFACES, TILE, Surface, picture
from ..training import generator

HEIGHT = 128
# Where the defect's tile lies in the piece: across the tiles that the inspection cuts.
DOWN, ACROSS = 30, 18
SEED = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample's name, its surface, and what was drawn on it."""

    id: str
    surface: Surface
    family: Family | None

    @property
    def title(self) -> str:
        """What to call it."""
        return f"{self.surface}, {self.family or 'good'}".capitalize()

    @property
    def note(self) -> str:
        """What is worth knowing about it."""
        if self.family is None:
            return "no defect"
        return "never learned from" if self.family == HELD_OUT else "simulated defect"


SAMPLES = {
    one.id: one
    for one in (
        Sample(f"{surface}-{family or 'good'}", surface, family)
        for surface, family in product(SURFACES, (None, *FAMILIES))
    )
}


@lru_cache(maxsize=len(SAMPLES))
def sample_picture(name: str) -> Pictures | None:
    """Return the picture of a sample, or None if there is no such sample."""
    sample = SAMPLES.get(name)
    if sample is None:
        return None
    rng = generator(sample.surface, f"sample {name}", SEED)
    top = int(rng.integers(0, 3)) * HEIGHT
    strip = STRIPS["dev"]
    piece = picture(sample.surface)[top : top + HEIGHT, strip.left : strip.right]
    grey = piece.astype(np.float64)
    if sample.family is not None:
        part = grey[DOWN : DOWN + TILE, ACROSS : ACROSS + TILE]
        part[:] = spoil(part, sample.family, rng).grey
    return expose(grey, rng)
