"""Typo tolerance: find the known word that a misspelt one was meant to be."""

from collections import Counter
from collections.abc import Iterable

MIN_LENGTH = 4
LONG = 8


def edit_distance(left: str, right: str, limit: int) -> int:
    """Count insertions, deletions, changes and swaps of neighbours; stop above `limit`."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(right) + 1))
    for row, a in enumerate(left, start=1):
        now = [row]
        for column, b in enumerate(right, start=1):
            best = min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (a != b))
            swapped = row > 1 and column > 1 and a == right[column - 2] and left[row - 2] == b
            if swapped:
                best = min(best, before[column - 2] + 1)
            now.append(best)
        if min(now) > limit:
            return limit + 1
        before, last = last, now
    return last[-1]


class Speller:
    """Corrects words against the words that the help centre uses."""

    def __init__(self, known: Iterable[str]) -> None:
        self._counts = Counter(known)
        self._by_letter: dict[str, list[str]] = {}
        for word in self._counts:
            if word.isalpha() and len(word) >= MIN_LENGTH - 1:
                self._by_letter.setdefault(word[0], []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def correct(self, word: str) -> str | None:
        """Return the nearest known word, or None if the word is known, short or too far off."""
        if word in self._counts or len(word) < MIN_LENGTH or not word.isalpha():
            return None
        limit = 2 if len(word) >= LONG else 1
        near = [
            (edit_distance(word, candidate, limit), -self._counts[candidate], candidate)
            for letter in dict.fromkeys(word[:2])
            for candidate in self._by_letter.get(letter, ())
            if abs(len(candidate) - len(word)) <= limit
        ]
        within = [entry for entry in near if entry[0] <= limit]
        return min(within)[2] if within else None
