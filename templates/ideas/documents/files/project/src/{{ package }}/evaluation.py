"""Evaluate on the held-out layouts: the project and its baselines, document by document."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from .baselines import FirstMatch, NearestLabel
from .config import Settings
from .dataset import Labelled, load
from .extractor import Reading
from .fields import FIELDS
from .labels import load_lexicon
from .model import Model, lexicon_path
from .pages import Document
from .reader import read
from .scoring import field_f1, is_right, item_f1, item_key
from .tables import LineItem

UNCHECKED = "without the arithmetic"


class PlainResult(Protocol):
    """What every system returns."""

    @property
    def items(self) -> tuple[LineItem, ...]:
        """The line items."""
        ...

    def values(self) -> dict[str, str | None]:
        """The plain values by field."""
        ...


class System(Protocol):
    """Anything that reads documents."""

    def read(self, document: Document) -> PlainResult:
        """Return fields and line items."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one system did with one document."""

    case: Labelled
    values: dict[str, str | None]
    f1: float
    items_f1: float
    seconds: float
    reading: Reading | None

    @property
    def wrong(self) -> list[str]:
        """The fields that are not right."""
        return [name for name in FIELDS if not is_right(name, self.values[name], self.case.truth)]


@dataclass(frozen=True, slots=True)
class Run:
    """One system's outcomes, in the order of the documents."""

    name: str
    outcomes: tuple[Outcome, ...]

    @property
    def scores(self) -> list[float]:
        """The field F1 of each document."""
        return [outcome.f1 for outcome in self.outcomes]


def evaluate_all(settings: Settings, model: Model) -> list[Run]:
    """Run the project first, then the same without arithmetic, then the baselines."""
    lexicon = load_lexicon(lexicon_path(settings))
    cases = load(settings, "test")
    read_cases = [(case, read(case.pdf)) for case in cases]
    systems: dict[str, System] = {
        "this project": model.extractor(lexicon),
        UNCHECKED: model.extractor(lexicon, checked=False),
        NearestLabel.name: NearestLabel(lexicon),
        FirstMatch.name: FirstMatch(lexicon),
    }
    return [Run(name, _run(system, read_cases)) for name, system in systems.items()]


def evaluate_known(settings: Settings, model: Model) -> Run:
    """Run the project on fresh documents of the layouts that it learned from."""
    lexicon = load_lexicon(lexicon_path(settings))
    cases = [(case, read(case.pdf)) for case in load(settings, "known")]
    return Run("known layouts", _run(model.extractor(lexicon), cases))


def _run(system: System, cases: Sequence[tuple[Labelled, Document]]) -> tuple[Outcome, ...]:
    outcomes = []
    for case, document in cases:
        start = time.perf_counter()
        result = system.read(document)
        seconds = time.perf_counter() - start
        values = result.values()
        outcomes.append(
            Outcome(
                case,
                values,
                field_f1(values, case.truth),
                item_f1(_keys(result.items), [item_key(item) for item in case.truth["items"]]),
                seconds,
                result if isinstance(result, Reading) else None,
            )
        )
    return tuple(outcomes)


def _keys(items: Sequence[LineItem]) -> list[tuple[Any, ...]]:
    return [item_key(asdict(item)) for item in items]
