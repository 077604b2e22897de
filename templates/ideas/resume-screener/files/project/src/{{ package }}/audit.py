"""The fairness audit: are groups chosen evenly, and does a name alone move a score?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .evaluation import Case, Run
from .scoring import INVITED, QUALIFIED, selection_rates, selection_ratio
from .screener import Screener

FOUR_FIFTHS = 0.8


@dataclass(frozen=True, slots=True)
class Swap:
    """What a name of the other group does to the same résumé, in points of the score.

    `gap` is the mean change without its sign, `lean` the second group's name minus the first's,
    `changed` the share of those who would join or leave the first of their job.
    """

    gap: float
    lean: float
    changed: float
    n: int


def chosen(run: Run) -> list[bool]:
    """Return for each application whether it is among the first of its job."""
    return [place <= INVITED for outcome in run.outcomes for place in outcome.places]


def groups(run: Run) -> list[str]:
    return [truth.group for outcome in run.outcomes for truth in outcome.case.truths]


def ratio(run: Run) -> float:
    """Return the selection-rate ratio of a run; below four fifths is a warning sign."""
    return selection_ratio(chosen(run), groups(run))


def rates(run: Run) -> dict[str, float]:
    return selection_rates(chosen(run), groups(run))


def ratio_of_qualified(run: Run) -> float:
    """Return the same among those who are qualified in truth: equal chance for equal ability."""
    able = [truth.grade >= QUALIFIED for outcome in run.outcomes for truth in outcome.case.truths]
    kept = [(c, g) for c, g, a in zip(chosen(run), groups(run), able, strict=True) if a]
    return selection_ratio([c for c, _ in kept], [g for _, g in kept])


def swap_names(
    screener: Screener, cases: Sequence[Case], twins: Mapping[str, str], redacts: bool
) -> Swap:
    """Score the applications of jobs with twins under its own name and under the twin's."""
    ranker = screener.ranker(redacts)
    gaps, lean, changed = [], [], []
    first = min(truth.group for case in cases for truth in case.truths)
    for case in cases:
        if not all(app.id in twins for app in case.applications):
            continue
        own = case.redacted if redacts else case.plain
        other = [screener.reader.resume(twins[app.id], redacts) for app in case.applications]
        before = screener.screen(case.posting, own, ranker)
        after = screener.screen(case.posting, other, ranker)
        scores = sorted((one.score for one in before), reverse=True)
        for one, two, truth in zip(before, after, case.truths, strict=True):
            gap = two.score - one.score
            gaps.append(abs(gap))
            lean.append(gap if truth.group == first else -gap)
            after_it = _within(two.score, one.score, scores)
            changed.append(_within(one.score, one.score, scores) != after_it)
    return Swap(float(np.mean(gaps)), float(np.mean(lean)), float(np.mean(changed)), len(gaps))


def _within(score: float, own: float, scores: Sequence[float]) -> bool:
    """Whether a new score would be among the first, the others' staying as they are."""
    others = list(scores)
    others.remove(own)
    return sum(other >= score for other in others) < INVITED
