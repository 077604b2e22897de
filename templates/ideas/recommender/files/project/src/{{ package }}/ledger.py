"""Purchases as arrays: who bought what when, and what was known on a given morning."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .catalogue import Book, Purchase

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

WEEK = 7


@dataclass(frozen=True, slots=True)
class Case:
    """What one reader bought in one week, to be foreseen on its first morning."""

    morning: int
    reader: int
    bought: tuple[int, ...]


class Ledger:
    """All purchases over one catalogue, in the order of their days."""

    def __init__(self, books: Sequence[Book], purchases: Sequence[Purchase]) -> None:
        place = {book.id: number for number, book in enumerate(books)}
        seat: dict[str, int] = {}
        self.books = tuple(books)
        self.released = np.array([book.released for book in books], dtype=np.int64)
        self.day: Ints = np.array([p.day for p in purchases], dtype=np.int64)
        self.book: Ints = np.array([place[p.book] for p in purchases], dtype=np.int64)
        self.reader: Ints = np.array(
            [seat.setdefault(p.reader, len(seat)) for p in purchases], dtype=np.int64
        )
        self.readers = tuple(seat)

    @cached_property
    def last_day(self) -> int:
        """The day of the latest purchase."""
        return int(self.day[-1]) if len(self.day) else 0

    def before(self, morning: int) -> slice:
        """Return the purchases that are known on that morning."""
        return slice(0, int(np.searchsorted(self.day, morning)))

    def on_sale(self, morning: int) -> Flags:
        """Return which books are out, or come out within the week."""
        flags: Flags = self.released < morning + WEEK
        return flags

    def matrix(self, morning: int) -> csr_matrix:
        """Return readers x books as known that morning: 1 where bought, once or more often."""
        known = self.before(morning)
        shape = (len(self.readers), len(self.books))
        ones = np.ones(known.stop)
        matrix = csr_matrix((ones, (self.reader[known], self.book[known])), shape=shape)
        matrix.data[:] = 1.0
        return matrix

    def profiles(self, readers: Sequence[int], morning: int, half_life: float) -> csr_matrix:
        """Return what each reader bought so far, one row a reader: late purchases weigh more.

        The weights of a row are divided by the root of their sum, so that a long history counts
        for more than a short one, but not in proportion.
        """
        row_of = np.full(len(self.readers), -1, dtype=np.int64)
        row_of[list(readers)] = np.arange(len(readers))
        known = self.before(morning)
        rows = row_of[self.reader[known]]
        kept = rows >= 0
        weights = 0.5 ** ((morning - self.day[known][kept]) / half_life)
        sums = np.bincount(rows[kept], weights, minlength=len(readers))
        weights /= np.sqrt(sums[rows[kept]])
        shape = (len(readers), len(self.books))
        return csr_matrix((weights, (rows[kept], self.book[known][kept])), shape=shape)

    def cases(self, start: int, stop: int) -> list[Case]:
        """Return one case for each reader and week from day `start` to before `stop`."""
        first, last = np.searchsorted(self.day, [start, stop])
        found: dict[tuple[int, int], dict[int, None]] = {}
        for day, reader, book in zip(
            self.day[first:last].tolist(),
            self.reader[first:last].tolist(),
            self.book[first:last].tolist(),
            strict=True,
        ):
            morning = start + (day - start) // WEEK * WEEK
            found.setdefault((morning, reader), {})[book] = None
        return [Case(morning, reader, tuple(books)) for (morning, reader), books in found.items()]
