"""Score the test part once: the project and its baselines, picture by picture."""

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from .assumptions import read_assumptions
from .baselines import (
    FAR,
    LINEAR,
    MEAN,
    PCA,
    Heated,
    Scorer,
    distance,
    heat_of,
    mean_brightness,
    reconstruction,
)
from .business import Assumptions
from .changes import CHANGES, change
from .config import Settings
from .dataset import Cases, load
from .detector import score
from .model import Model, load_detector
from .operating import cheapest, every_threshold, make_curve, strict
from .serving import heat_maker
from .surfaces import SURFACES, Pixels, Surface
from .training import good_pictures

PROJECT = "this project"
THIRD = 3
TIMED = 50

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Run:
    """One system: a score for each picture, and each surface's thresholds, chosen before."""

    name: str
    scores: Scores
    thresholds: dict[Surface, float]
    strict: dict[Surface, float]
    heat: Pixels | None  # of systems that make heat maps

    def rejected(self, cases: Cases, thresholds: dict[Surface, float]) -> NDArray[np.bool_]:
        """Return which pictures are rejected."""
        line = np.array([thresholds[one.surface] for one in cases.cases])
        return np.asarray(self.scores >= line)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that was measured on the test part, the project's run first."""

    cases: Cases
    runs: tuple[Run, ...]
    changed: dict[str, Scores]  # not a number where a picture was left out
    milliseconds: tuple[float, ...]


def evaluate_all(settings: Settings, model: Model) -> Evaluation:
    """Run the project first, then the baselines."""
    with threadpool_limits(1):
        dev, test = load(settings, "dev"), load(settings, "test")
        assumptions = read_assumptions(settings.configs_dir / "business.toml", Assumptions)
        systems = {surface: _systems(settings, model, surface, dev) for surface in SURFACES}
        lines = {
            name: {
                surface: _line(systems[surface][name], surface, dev, assumptions)
                for surface in SURFACES
            }
            for name in systems[SURFACES[0]]
            if name != PROJECT
        }
        lines[PROJECT] = {one: (its.threshold, its.strict) for one, its in model.lines.items()}
        return Evaluation(
            cases=test,
            runs=tuple(_run(name, systems, lines[name], test) for name in systems[SURFACES[0]]),
            changed={name: _changed(name, model, test) for name in CHANGES},
            milliseconds=_timed(model, test),
        )


def _systems(settings: Settings, model: Model, surface: Surface, dev: Cases) -> dict[str, Scorer]:
    its = dev.of(surface)
    pictures, defect = dev.pictures[its], dev.defect[its]
    detector, linear = (load_detector(settings, f"{surface}{end}") for end in ("", "-linear"))
    return {
        PROJECT: Heated(model.makers[surface]),
        PCA: reconstruction(detector.normality, pictures, defect),
        LINEAR: Heated(heat_maker(linear)),
        FAR: distance(detector.normality, pictures, defect),
        MEAN: mean_brightness(good_pictures(surface, settings.seed)),
    }


def _line(
    system: Scorer, surface: Surface, dev: Cases, assumptions: Assumptions
) -> tuple[float, float]:
    """Return a system's two thresholds, chosen on the development part."""
    its = dev.of(surface)
    scores = system.scores(dev.pictures[its])
    curve = make_curve(scores, dev.defect[its], every_threshold(scores))
    return cheapest(curve, assumptions), strict(curve)


def _run(
    name: str,
    systems: dict[Surface, dict[str, Scorer]],
    lines: dict[Surface, tuple[float, float]],
    test: Cases,
) -> Run:
    scores = np.zeros(len(test.cases))
    heat = np.zeros(test.pictures.shape, dtype=np.float32)
    for surface in SURFACES:
        system, its = systems[surface][name], test.of(surface)
        if isinstance(system, Heated):
            heat[its] = heat_of(system.maker, test.pictures[its])
            scores[its] = score(heat[its])
        else:
            scores[its] = system.scores(test.pictures[its])
    return Run(
        name,
        scores,
        {surface: line[0] for surface, line in lines.items()},
        {surface: line[1] for surface, line in lines.items()},
        heat if isinstance(systems[SURFACES[0]][name], Heated) else None,
    )


def _changed(name: str, model: Model, test: Cases) -> Scores:
    """Return the scores of every third picture, taken by another camera."""
    scores = np.full(len(test.cases), np.nan)
    for surface in SURFACES:
        its = test.of(surface)[::THIRD]
        pictures = change(name, test.pictures[its])
        scores[its] = score(heat_of(model.makers[surface], pictures))
    return scores


def _timed(model: Model, test: Cases) -> tuple[float, ...]:
    """Return how long single tiles took."""
    spent = []
    for number in range(min(TIMED, len(test.cases))):
        maker = model.makers[test.cases[number].surface]
        start = time.perf_counter()
        heat_of(maker, test.pictures[number : number + 1])
        spent.append(1_000 * (time.perf_counter() - start))
    return tuple(spent)
