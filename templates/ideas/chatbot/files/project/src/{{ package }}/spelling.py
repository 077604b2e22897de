"""Typo tolerance: find the known word that a misspelt one was meant to be."""

from collections import Counter
from collections.abc import Iterable

MIN_LENGTH = 4
LONG = 8


def edit_distance(left: str, right: str, limit: int) -> int:
    """Count insertions, deletions, changes and swaps of neighbours; stop above `limit`."""
    # BEGIN SOLUTION understanding
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
    # END SOLUTION
    # STUB: raise NotImplementedError("Milestone understanding: see docs/milestones.md")


def shortened(word: str, limit: int) -> set[str]:
    """Return the word, and what is left of it with up to `limit` letters taken out."""
    found = {word}
    edge = {word}
    for _ in range(limit):
        edge = {rest[:at] + rest[at + 1 :] for rest in edge for at in range(len(rest))}
        found |= edge
    return found


class Speller:
    """Corrects words against the words that the help centre uses.

    Two words that are `limit` edits apart share a form with at most `limit` letters taken out, so
    only words that share such a form with the typo have to be compared with it.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._counts = Counter(known)
        self._forms: dict[str, list[str]] = {}
        for word in sorted(self._counts):
            if word.isalpha() and len(word) >= MIN_LENGTH - 1:
                for form in shortened(word, 2 if len(word) >= LONG - 2 else 1):
                    self._forms.setdefault(form, []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def correct(self, word: str) -> str | None:
        """Return the nearest known word, or None if the word is known, short or too far off."""
        # BEGIN SOLUTION understanding
        if word in self._counts or len(word) < MIN_LENGTH or not word.isalpha():
            return None
        limit = 2 if len(word) >= LONG else 1
        alike = {other for form in shortened(word, limit) for other in self._forms.get(form, ())}
        # The first letter is rarely wrong: it may have swapped places, no more.
        near = [
            (edit_distance(word, other, limit), -self._counts[other], other)
            for other in alike
            if other[0] in word[:2]
        ]
        within = [entry for entry in near if entry[0] <= limit]
        return min(within)[2] if within else None
        # END SOLUTION
        # STUB: raise NotImplementedError("Milestone understanding: see docs/milestones.md")
