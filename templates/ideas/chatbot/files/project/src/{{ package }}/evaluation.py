"""Evaluate on the frozen test part: the project and its baselines, case by case."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from .assistant import Answer, Assistant
from .cases import Case, load_cases
from .config import Settings
from .guard import screen
from .held_out import require_frozen
from .index import Index
from .scoring import first_rank, is_right
from .search import Searcher
from .toolkit import HYBRID, PAGES_ALONE, Toolkit

DEPTH = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one system did with one case."""

    case: Case
    answer: Answer
    right: bool
    found: tuple[str, ...]
    seconds: float

    @property
    def rank(self) -> int | None:
        """The place of the first right section among those found, from 1."""
        return first_rank(self.case, self.found)


@dataclass(frozen=True, slots=True)
class Run:
    """One system's outcomes, in the order of the cases."""

    name: str
    outcomes: tuple[Outcome, ...]

    @property
    def scores(self) -> list[float]:
        """1 for each right case, else 0."""
        return [float(outcome.right) for outcome in self.outcomes]


def load_test_cases(settings: Settings, index: Index) -> list[Case]:
    """Read the test part, after checking that it is the part that was frozen."""
    path = settings.data_dir / "eval" / "test.jsonl"
    require_frozen(settings, path)
    return load_cases(path, list(index.passages))


def evaluate_all(index: Index, cases: Sequence[Case]) -> list[Run]:
    """Run the project first, then the baselines, all with the same guard and provider."""
    toolkit = Toolkit(index.passages, index.synonyms)
    searchers: list[Searcher] = [
        toolkit.hybrid(index.weights[HYBRID]),
        toolkit.keyword(),
        toolkit.bm25(),
    ]
    return [_evaluate(its.name, its, index, toolkit, cases) for its in searchers]


def evaluate_ablation(index: Index, cases: Sequence[Case]) -> Run:
    """Run the project without the lists that people wrote: trained anew on the pages alone."""
    toolkit = Toolkit(index.passages, ()).pages_alone()
    searcher = toolkit.hybrid(index.weights[PAGES_ALONE])
    return _evaluate(PAGES_ALONE, searcher, index, toolkit, cases)


def _evaluate(
    name: str, searcher: Searcher, index: Index, toolkit: Toolkit, cases: Sequence[Case]
) -> Run:
    gate = index.gates[name]
    assistant = Assistant(searcher, gate, toolkit.extractive(), passages=len(index.passages))
    outcomes = []
    for case in cases:
        start = time.perf_counter()
        answer = assistant.ask(case.question)
        seconds = time.perf_counter() - start
        found = _found(searcher, case.question)
        outcomes.append(Outcome(case, answer, is_right(case, answer), found, seconds))
    return Run(name, tuple(outcomes))


def _found(searcher: Searcher, question: str) -> tuple[str, ...]:
    """Return the sections found, best first; the parts of a question take turns."""
    query = screen(question).query
    rankings = searcher.search(query, limit=DEPTH) if query else []
    places = [
        ranking.hits[place].passage.source
        for place in range(DEPTH)
        for ranking in rankings
        if place < len(ranking.hits)
    ]
    return tuple(dict.fromkeys(places))[:DEPTH]
