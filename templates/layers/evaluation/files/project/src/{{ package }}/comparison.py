"""Hold the model against its baselines, case by case on the same cases."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from .measure import Difference, Estimate, estimate, paired_difference
from .report import Better


class System(Protocol):
    """The model or a baseline: its name, and its score for each case."""

    @property
    def name(self) -> str: ...

    @property
    def scores(self) -> Sequence[float]: ...


AnySystem = TypeVar("AnySystem", bound=System)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a report says first."""

    primary: Estimate
    baselines: Sequence[Estimate]
    difference: Difference


def strongest(systems: Sequence[AnySystem], better: Better = "higher") -> AnySystem:
    """Return the system with the best mean; the first of equals."""
    sign = 1 if better == "higher" else -1
    return max(systems, key=lambda system: sign * sum(system.scores))


def compare(
    metric: str,
    model: System,
    baselines: Sequence[System],
    seed: int,
    better: Better = "higher",
) -> Comparison:
    """Measure all, and the paired difference to the stronger baseline: above zero is good."""
    rival = strongest(baselines, better)
    pair = (model.scores, rival.scores) if better == "higher" else (rival.scores, model.scores)
    return Comparison(
        primary=estimate(metric, model.scores, seed),
        baselines=[estimate(system.name, system.scores, seed) for system in baselines],
        difference=paired_difference(rival.name, *pair, seed),
    )


def slices(
    names: Sequence[str],
    labels: Sequence[Collection[str]],
    systems: Sequence[System],
    seed: int,
) -> Mapping[str, Mapping[str, Estimate]]:
    """Return each system's score on the cases of each slice; `labels` has every case's slices."""
    return {
        name: {system.name: estimate(name, _of(name, labels, system), seed) for system in systems}
        for name in names
    }


def _of(name: str, labels: Sequence[Collection[str]], system: System) -> list[float]:
    return [score for score, its in zip(system.scores, labels, strict=True) if name in its]
