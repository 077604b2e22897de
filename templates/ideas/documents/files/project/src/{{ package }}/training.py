"""Learning: scorers from all development documents, confidence from layouts that were left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from .confidence import Confidence, Signals, best_threshold, fit_confidence, with_threshold
from .extractor import Extractor, Reading
from .features import Scene
from .fields import FIELDS
from .labels import Lexicon
from .scorer import Scorer, train_scorers
from .scoring import is_right


@dataclass(frozen=True, slots=True)
class Example:
    """A development document that was looked at, and its truth."""

    scene: Scene
    truth: Mapping[str, Any]
    layout: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The signals of the fields of one document, and which of them are right."""

    layout: str
    signals: tuple[Signals, ...]
    right: tuple[bool, ...]


def train(examples: Sequence[Example], lexicon: Lexicon) -> tuple[dict[str, Scorer], Confidence]:
    """Return the scorers, and a confidence that was learned where the layout was new."""
    # The matrices are small: more threads only wait for each other, and may round otherwise.
    with threadpool_limits(1, "blas"):
        scorers = _scorers(examples)
        return scorers, tune_confidence(read_left_out(examples, lexicon))


def read_left_out(examples: Sequence[Example], lexicon: Lexicon) -> list[Judged]:
    """Read each layout with scorers that never saw it: that is how new documents come in."""
    judged = []
    for layout in dict.fromkeys(example.layout for example in examples):
        seen = [example for example in examples if example.layout != layout]
        extractor = Extractor(lexicon, _scorers(seen))
        for example in examples:
            if example.layout == layout:
                judged.append(_judge(example, extractor.decide(example.scene)))
    return judged


def tune_confidence(judged: Sequence[Judged]) -> Confidence:
    """Fit on all, and choose the threshold by confidences that were fitted without the layout."""
    lowest, right = [], []
    for layout in dict.fromkeys(one.layout for one in judged):
        model = _fit([one for one in judged if one.layout != layout])
        for one in judged:
            if one.layout == layout:
                lowest.append(min(model.of(signals) for signals in one.signals))
                right.append(sum(one.right))
    threshold = best_threshold(np.array(lowest), np.array(right, dtype=float), len(FIELDS))
    return with_threshold(_fit(judged), threshold)


def _fit(judged: Sequence[Judged]) -> Confidence:
    signals = [signal for one in judged for signal in one.signals]
    return fit_confidence(signals, [right for one in judged for right in one.right])


def _judge(example: Example, reading: Reading) -> Judged:
    return Judged(
        example.layout,
        tuple(one.signals for one in reading.fields),
        tuple(is_right(one.field, one.value, example.truth) for one in reading.fields),
    )


def _scorers(examples: Sequence[Example]) -> dict[str, Scorer]:
    return train_scorers(
        [example.scene for example in examples], [example.truth for example in examples]
    )
