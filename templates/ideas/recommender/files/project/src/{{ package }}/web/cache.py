"""Keeps answers that were given before: the same shelf is asked for again and again."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock

from ..recommender import Shelf

Key = tuple[frozenset[str], int, float]


class ShelfCache:
    """The most recently used answers, by books picked, count and diversity."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._kept: OrderedDict[Key, Shelf] = OrderedDict()

    def get(
        self, picks: Iterable[str], count: int, diversity: float, make: Callable[[], Shelf]
    ) -> tuple[Shelf, bool]:
        """Return the answer, and whether it was kept; the order of picks makes no difference."""
        key = (frozenset(picks), count, diversity)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key], True
        shelf = make()  # outside of the lock: others need not wait for this one
        with self._lock:
            self._kept[key] = shelf
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return shelf, False
