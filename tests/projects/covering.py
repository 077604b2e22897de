"""Pairwise covering sets: few choices of options that hold every pair of values of two options."""

from collections.abc import Mapping, Sequence
from itertools import combinations

Options = Mapping[str, Sequence[str]]
Choice = dict[str, str]


def pairs_of(options: Options) -> set[tuple[str, str, str, str]]:
    """All pairs of values of two options."""
    return {
        (first, a, second, b)
        for first, second in combinations(options, 2)
        for a in options[first]
        for b in options[second]
    }


def held(choice: Choice) -> set[tuple[str, str, str, str]]:
    """The pairs that a choice holds."""
    return {(a, choice[a], b, choice[b]) for a, b in combinations(choice, 2)}


def covering_set(options: Options) -> list[Choice]:
    """Take pairs that are still to be held, and set each further option to what holds most of them."""
    missing = pairs_of(options)
    chosen: list[Choice] = []
    while missing:
        first, a, second, b = min(missing)
        choice = {first: a, second: b}
        for name, values in options.items():
            if name not in choice:
                choice[name] = max(values, key=lambda value: gain(choice, name, value, missing))
        ordered = {name: choice[name] for name in options}
        missing -= held(ordered)
        chosen.append(ordered)
    return chosen


def gain(choice: Choice, name: str, value: str, missing: set[tuple[str, str, str, str]]) -> int:
    """How many missing pairs the value would hold beside what is chosen already."""
    return sum(
        (name, value, other, its) in missing or (other, its, name, value) in missing
        for other, its in choice.items()
    )
