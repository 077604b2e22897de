"""Learn from the past alone: each week's purchases are foreseen from the weeks before it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from .blend import Lessons, join, nominate
from .config import Knobs
from .evidence import Catalogue, gather
from .ledger import Case, Flags, Floats, Ledger


def by_morning(cases: Sequence[Case]) -> Iterator[tuple[int, list[Case]]]:
    """Return the cases of each week."""
    ordered = sorted(cases, key=lambda case: case.morning)
    for morning, group in groupby(ordered, key=lambda case: case.morning):
        yield morning, list(group)


def open_books(ledger: Ledger, readers: Sequence[int], morning: int) -> Flags:
    """Return readers x books: on sale, and not bought by that reader before."""
    owned = ledger.matrix(morning)[list(readers)].toarray() > 0
    flags: Flags = ledger.on_sale(morning)[None, :] & ~owned
    return flags


def bought_books(ledger: Ledger, cases: Sequence[Case]) -> Floats:
    """Return cases x books: 1 where the book was bought in the case's week."""
    bought = np.zeros((len(cases), len(ledger.books)))
    for row, case in enumerate(cases):
        bought[row, list(case.bought)] = 1.0
    return bought


def make_lessons(
    ledger: Ledger, catalogue: Catalogue, knobs: Knobs, start: int, stop: int
) -> Lessons:
    """Return the lessons of the weeks from day `start` to before `stop`."""
    lessons = []
    for morning, cases in by_morning(ledger.cases(start, stop)):
        readers = [case.reader for case in cases]
        evidence = gather(ledger, catalogue, knobs, morning)
        columns = evidence.columns(ledger.profiles(readers, morning, knobs.memory_days))
        open_ = open_books(ledger, readers, morning)
        lessons.append(nominate(columns, open_, bought_books(ledger, cases) * open_))
    return join(lessons)
