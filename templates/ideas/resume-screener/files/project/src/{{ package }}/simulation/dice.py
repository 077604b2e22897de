"""Chance that falls the same on every machine: `random()` alone, then sums and comparisons."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of throws named by its seed."""

    def __init__(self, *seed: object) -> None:
        self._throw = Random(":".join(map(str, seed))).random

    def chance(self, share: float) -> bool:
        return self._throw() < share

    def whole(self, low: int, high: int) -> int:
        """Return a whole number, both ends included."""
        return low + int(self._throw() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        return items[int(self._throw() * len(items))]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Return `count` different items, or all in another order if there are fewer."""
        left = list(items)
        return [left.pop(int(self._throw() * len(left))) for _ in range(min(count, len(left)))]

    def normal(self, mean: float, spread: float) -> float:
        """Return nearly normal noise from twelve throws: no logarithm that rounds differently."""
        return mean + spread * (sum(self._throw() for _ in range(12)) - 6)
