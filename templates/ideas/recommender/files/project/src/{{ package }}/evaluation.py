"""Evaluate on the held-out weeks: each Monday, foresee what each reader buys that week.

Only readers who bought something that week count. Everything that is known on the Monday may be
used, also earlier test weeks: evidence is gathered anew, weights and knobs stay as they were.
"""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .baselines import BESTSELLERS, NEIGHBOURS, bestseller_scores, neighbour_scores
from .building import BLEND, load_ledger
from .config import Settings, load_knobs, load_schedule
from .diversity import best, rerank, variety
from .evidence import Catalogue, gather
from .held_out import require_frozen
from .ledger import WEEK, Case, Floats, Ints, Ledger
from .model import Model
from .scoring import CUT, DEPTH, hit, ndcg, recall
from .training import by_morning, open_books

NEW_BOOK_SALES = 5
DIVERSITIES = (0.0, 0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True)
class Setting:
    """A case with what the slices need to know about it."""

    case: Case
    history: int
    new_books: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one system put on one reader's list."""

    setting: Setting
    ranked: tuple[int, ...]
    ndcg: float
    recall: float
    hit: float


@dataclass(frozen=True, slots=True)
class Run:
    """One system's outcomes, in the order of the cases."""

    name: str
    outcomes: tuple[Outcome, ...]

    @property
    def scores(self) -> list[float]:
        """Each reader's mean, by reader: an interval is over readers, so each counts once."""
        values: dict[int, list[float]] = {}
        for outcome in self.outcomes:
            values.setdefault(outcome.setting.case.reader, []).append(outcome.ndcg)
        return [float(np.mean(values[reader])) for reader in sorted(values)]


@dataclass(frozen=True, slots=True)
class Measured:
    """All runs on the test weeks, and what describes lists as a whole."""

    runs: tuple[Run, ...]
    trade_off: dict[float, dict[str, float]]
    ledger: Ledger
    shares: Floats
    on_sale: int
    seconds: float


def frozen_ledger(settings: Settings) -> Ledger:
    """Read all purchases, after checking that the held-out part is the one that was frozen."""
    require_frozen(settings, settings.held_out_path)
    return load_ledger(settings, settings.held_out_path)


def evaluate(settings: Settings, model: Model) -> Measured:
    """Run the project, its ablations and the baselines on the held-out weeks."""
    schedule, knobs = load_schedule(settings), load_knobs(settings)
    ledger = frozen_ledger(settings)
    catalogue = Catalogue.of(ledger.books)
    start, stop = schedule.test_from.toordinal(), schedule.test_until.toordinal()
    outcomes: dict[str, list[Outcome]] = {}
    varied: dict[float, list[tuple[float, float]]] = {level: [] for level in DIVERSITIES}
    spent = 0.0
    for morning, cases in by_morning(ledger.cases(start, stop)):
        readers = [case.reader for case in cases]
        open_ = open_books(ledger, readers, morning)
        began = time.perf_counter()
        evidence = gather(ledger, catalogue, knobs, morning)
        profiles = ledger.profiles(readers, morning, knobs.memory_days)
        scored = {n: evidence.scores(profiles, weights) for n, weights in model.weights.items()}
        spent += time.perf_counter() - began
        scored[BESTSELLERS] = bestseller_scores(ledger, knobs, morning, readers)
        scored[NEIGHBOURS] = neighbour_scores(ledger, knobs, morning, readers)
        open_scores = {name: np.where(open_, rows, -np.inf) for name, rows in scored.items()}
        situations = _settings(ledger, cases, morning)
        for name, rows in open_scores.items():
            outcomes.setdefault(name, []).extend(map(_judge, rows, situations))
        for row, case in zip(open_scores[BLEND], cases, strict=True):
            for level, found in varied.items():
                chosen = rerank(row, catalogue.likeness, CUT, level)
                worth = ndcg(chosen.tolist(), case.bought)
                found.append((worth, variety(chosen, catalogue.likeness)))
    sales = np.bincount(ledger.book[ledger.before(start)], minlength=len(ledger.books)) + 1.0
    return Measured(
        runs=tuple(Run(name, tuple(found)) for name, found in outcomes.items()),
        trade_off={level: _means(found) for level, found in varied.items()},
        ledger=ledger,
        shares=sales / sales.sum(),
        on_sale=int(ledger.on_sale(stop - WEEK).sum()),
        seconds=spent,
    )


def _means(pairs: Sequence[tuple[float, float]]) -> dict[str, float]:
    worth, varied = np.mean(pairs, axis=0)
    return {"ndcg_per_case": float(worth), "variety": float(varied)}


def _settings(ledger: Ledger, cases: Sequence[Case], morning: int) -> list[Setting]:
    known = ledger.before(morning)
    history = Counter(ledger.reader[known].tolist())
    sales: Ints = np.bincount(ledger.book[known], minlength=len(ledger.books))
    return [
        Setting(
            case, history[case.reader], tuple(b for b in case.bought if sales[b] < NEW_BOOK_SALES)
        )
        for case in cases
    ]


def _judge(row: Floats, setting: Setting) -> Outcome:
    ranked = tuple(best(row, DEPTH).tolist())
    bought = setting.case.bought
    return Outcome(
        setting, ranked, ndcg(ranked, bought), recall(ranked, bought), hit(ranked, bought)
    )
