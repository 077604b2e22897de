"""How good a ranking is, how well skills were found, and how evenly groups are chosen."""

from collections.abc import Iterable, Sequence

import numpy as np

METRIC = "nDCG@10"
DEPTH = 10
INVITED = 5
QUALIFIED = 2
RECALL = 0.9


def ndcg(grades: Sequence[int], depth: int = DEPTH) -> float:
    """Return the discounted gain of grades in ranked order over the best that was possible."""
    best = _gain(sorted(grades, reverse=True)[:depth])
    return _gain(grades[:depth]) / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return float(sum((2**g - 1) / np.log2(place + 2) for place, g in enumerate(grades)))


def precision(grades: Sequence[int], depth: int = INVITED) -> float:
    """Return the share of qualified applicants among the first."""
    return sum(grade >= QUALIFIED for grade in grades[:depth]) / depth


def share_read(grades: Sequence[int], recall: float = RECALL) -> float:
    """Return the share of a ranking that has to be read to meet that share of the qualified."""
    places = [place for place, grade in enumerate(grades, 1) if grade >= QUALIFIED]
    if not places:
        return 1.0
    needed = int(np.ceil(recall * len(places)))
    return places[needed - 1] / len(grades)


def f1(pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> float:
    """Return the micro-averaged F1 of (found, true) sets."""
    hits = wrong = missed = 0
    for found, true in pairs:
        hits += len(found & true)
        wrong += len(found - true)
        missed += len(true - found)
    return 2 * hits / (2 * hits + wrong + missed) if hits else 0.0


def selection_ratio(chosen: Sequence[bool], groups: Sequence[str]) -> float:
    """Return the lowest selection rate of a group over the highest: 1 is even."""
    rates = selection_rates(chosen, groups)
    top = max(rates.values(), default=0.0)
    return min(rates.values()) / top if top else 1.0


def selection_rates(chosen: Sequence[bool], groups: Sequence[str]) -> dict[str, float]:
    """Return the share of each group that was chosen."""
    return {
        name: float(np.mean([c for c, g in zip(chosen, groups, strict=True) if g == name]))
        for name in sorted(set(groups))
    }


def ranked(scores: Sequence[float], grades: Sequence[int]) -> list[int]:
    """Return the grades by falling score; equal scores keep the order of arrival."""
    order = sorted(range(len(scores)), key=lambda place: -scores[place])
    return [grades[place] for place in order]
