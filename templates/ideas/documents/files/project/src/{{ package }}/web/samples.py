"""A few simulated documents to try the page with: drawn on demand, one of each layout."""

from functools import lru_cache

from ..simulate.draw import HELD_OUT, LAYOUTS, RECEIPTS, draw
from ..simulate.records import make_record

# Far from the numbers of the data set: a sample is in neither part.
NUMBER = 9003
SEED = 7


def list_samples() -> list[dict[str, str]]:
    """Return name and description of each sample."""
    return [
        {
            "id": layout,
            "kind": "Receipt" if layout in RECEIPTS else "Invoice",
            "seen": "layout never seen in training" if layout in HELD_OUT else "layout known",
        }
        for layout in LAYOUTS
    ]


@lru_cache(maxsize=len(LAYOUTS))
def sample_pdf(layout: str) -> bytes | None:
    """Return the PDF of a sample, or None if there is no such sample."""
    if layout not in LAYOUTS:
        return None
    return draw(make_record(NUMBER, layout, layout in RECEIPTS, SEED))
