"""Find skills in a line: the longest name or alias wins, slips of the finger are forgiven."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from .ontology import Ontology
from .text import stems

SHORTEST_CORRECTED = 6
CACHED_LINES = 4096


class SkillFinder:
    """Finds the skills that a text names."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self._words = {word for term in ontology.terms for word in term}
        self._longest = max(map(len, ontology.terms))
        self._widest = max(map(len, self._words)) + 1
        self._near = _near_misses(self._words)
        self.find = lru_cache(CACHED_LINES)(self._find)

    def _find(self, line: str) -> tuple[str, ...]:
        """Return the skills named in a line, each once, in their order."""
        return tuple(dict.fromkeys(self._matches([self._correct(word) for word in stems(line)])))

    def _matches(self, said: Sequence[str]) -> Iterator[str]:
        """Yield the skills whose name or alias stands there, the longest at each place."""
        # BEGIN SOLUTION skills
        place = 0
        while place < len(said):
            for length in range(min(self._longest, len(said) - place), 0, -1):
                skill = self.ontology.terms.get(tuple(said[place : place + length]))
                if skill is not None:
                    yield skill
                    place += length
                    break
            else:
                place += 1
        # END SOLUTION
        # STUB: # The plain names alone, no other way of writing them.
        # STUB: text = " ".join(said)
        # STUB: yield from (n for n in self.ontology.names if " ".join(stems(n)) in text)

    def _correct(self, word: str) -> str:
        """Return the one word of the glossary that is a slip away, else the word as it is."""
        # BEGIN SOLUTION skills
        if word in self._words or not SHORTEST_CORRECTED <= len(word) <= self._widest:
            return word
        found = set().union(*(self._near.get(shape, ()) for shape in {word, *_shorter(word)}))
        return found.pop() if len(found) == 1 else word
        # END SOLUTION
        # STUB: return word


def _near_misses(known: set[str]) -> dict[str, set[str]]:
    """Return which words of the glossary each word, or one that lacks a letter, may mean."""
    near: dict[str, set[str]] = {}
    for word in known:
        if len(word) >= SHORTEST_CORRECTED:
            for shape in {word, *_shorter(word)}:
                near.setdefault(shape, set()).add(word)
    return near


def _shorter(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}
