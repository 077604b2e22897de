"""Try settings of configs/model.toml on the validation weeks: baselines and model alike."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from .baselines import bestseller_scores, neighbour_scores
from .building import load_ledger
from .config import Knobs, Settings, load_knobs, load_schedule
from .diversity import best
from .ease import ease
from .ledger import Case, Floats, Ledger
from .scoring import CUT, ndcg
from .training import by_morning, open_books

EVERY = 3

Scores = Callable[[Ledger, Knobs, int, list[int]], Floats]


def tune(settings: Settings) -> Iterator[tuple[str, float]]:
    """Return each setting tried and its nDCG@10 on every third validation week.

    The configured knobs are the starting point; a person writes the better value into the file.
    """
    schedule, knobs = load_schedule(settings), load_knobs(settings)
    ledger = load_ledger(settings)
    cases = ledger.cases(schedule.validation_from.toordinal(), schedule.test_from.toordinal())
    weeks = list(by_morning(cases))[::EVERY]
    for what, scores, grid in TRIALS:
        for change in grid:
            tried = knobs.model_copy(update=change)
            settings_text = ", ".join(f"{name} = {value:g}" for name, value in change.items())
            yield f"{what}: {settings_text}", _mean_ndcg(ledger, weeks, tried, scores)


def ease_scores(ledger: Ledger, knobs: Knobs, morning: int, readers: list[int]) -> Floats:
    """Return readers x books by EASE alone."""
    profiles = ledger.profiles(readers, morning, knobs.memory_days)
    scores: Floats = profiles @ ease(ledger.matrix(morning), knobs.ease_ridge)
    return scores


def _mean_ndcg(
    ledger: Ledger, weeks: Sequence[tuple[int, list[Case]]], knobs: Knobs, scores: Scores
) -> float:
    values = []
    for morning, cases in weeks:
        readers = [case.reader for case in cases]
        open_ = open_books(ledger, readers, morning)
        rows = np.where(open_, scores(ledger, knobs, morning, readers), -np.inf)
        values += [
            ndcg(best(row, CUT).tolist(), case.bought)
            for row, case in zip(rows, cases, strict=True)
        ]
    return float(np.mean(values))


TRIALS: tuple[tuple[str, Scores, tuple[dict[str, float], ...]], ...] = (
    (
        "recent sales",
        bestseller_scores,
        tuple({"popular_days": days} for days in (7.0, 14.0, 28.0, 56.0)),
    ),
    (
        "item-kNN",
        neighbour_scores,
        tuple(
            {"memory_days": days, "knn_shrink": shrink, "knn_neighbours": neighbours}
            for days in (90.0, 200.0, 400.0)
            for shrink in (3.0, 10.0, 30.0)
            for neighbours in (20, 40, 80)
        ),
    ),
    ("EASE", ease_scores, tuple({"ease_ridge": ridge} for ridge in (50.0, 100.0, 200.0, 400.0))),
)
