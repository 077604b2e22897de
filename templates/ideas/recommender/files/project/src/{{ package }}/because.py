"""Why this book: the reader's own book that adds most to its score, and in which way.

The score is a sum over the reader's books and the kinds of evidence, so the reason is read off it
and not made up afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .catalogue import Book
from .evidence import ALONE, CONTENT, FRESH, PAIRS, SERIES, Evidence
from .ledger import Floats, Ints

Kind = Literal["series", "author", "subject", "genre", "text", "readers", "new", "popular"]


@dataclass(frozen=True, slots=True)
class Because:
    """The reason in words, its kind, and the reader's book that it rests on, if any."""

    kind: Kind
    text: str
    book: int | None


def contributions(
    profile: Floats, own: Ints, target: int, evidence: Evidence, weights: Floats
) -> Floats:
    """Return kinds of pair evidence x own books: what each adds to the target's score."""
    # BEGIN SOLUTION because
    rows = [evidence.pairs[name][own, target] for name in PAIRS]
    added: Floats = weights[: len(PAIRS), None] * profile[own] * np.array(rows)
    return added
    # END SOLUTION
    # STUB: del profile, target, evidence, weights  # the reader's own books are not looked at yet
    # STUB: return np.zeros((len(PAIRS), len(own)))


def explain(
    profile: Floats, target: int, books: Sequence[Book], evidence: Evidence, weights: Floats
) -> Because:
    """Return the reason for recommending `target` to a reader with this profile."""
    own: Ints = np.flatnonzero(profile)
    parts = contributions(profile, own, target, evidence, weights)
    if len(own) and parts.sum(axis=0).max() > 0:
        place = int(np.argmax(parts.sum(axis=0)))
        kind = PAIRS[int(np.argmax(parts[:, place]))]
        return _about_pair(books[own[place]], books[target], int(own[place]), kind)
    worth = {
        name: float(weight * evidence.alone[name][target])
        for name, weight in zip(ALONE, weights[len(PAIRS) :], strict=True)
    }
    if max(ALONE, key=worth.__getitem__) == FRESH:
        return Because("new", "New in the shop", None)
    return Because("popular", "Selling well at the moment", None)


def _about_pair(mine: Book, other: Book, place: int, kind: str) -> Because:
    """Put into words what two books share, as far as the evidence goes."""
    if kind == SERIES:
        return Because("series", f"The next volume after {mine.title}", place)
    if kind == CONTENT:
        if mine.author == other.author:
            return Because("author", f"By {mine.author} as well, who wrote {mine.title}", place)
        shared = [subject for subject in other.subjects if subject in mine.subjects]
        if shared:
            return Because("subject", f"About {' and '.join(shared)}, like {mine.title}", place)
        if mine.genre == other.genre:
            return Because("genre", f"{other.genre}, like {mine.title}", place)
        return Because("text", f"Described much like {mine.title}", place)
    return Because("readers", f"Readers of {mine.title} bought it too", place)
