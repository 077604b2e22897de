"""Read the test part once with the reader and its baselines, picture by picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.neighbors import KNeighborsClassifier
from threadpoolctl import threadpool_limits

from ..comparison import compare, slices, strongest
from ..config import Settings
from ..held_out import frozen_digest
from ..measure import estimate, estimate_statistic
from ..report import DataRecord, Report
from . import own
from .forms import DIGITS, INK, Digits, Numbers, Pictures, load
from .reader import MOVES, Reader, Scores, learn, moved

PROJECT = "this project"
MEANS, LINEAR = "nearest class mean", "logistic regression"
NEIGHBOURS = "nearest neighbours"
UNMOVED = "without moved copies"
TASK = "Handwritten digits on forms that were never seen"
NOTE = (
    "1,797 pictures of 8 x 8 pixels from UCI's optical recognition of handwritten digits, which "
    "come with scikit-learn. **Whole forms** are in one part only, and the test part is frozen by "
    "its SHA-256. Intervals come from resampling pictures."
)
# Chosen on the same forms, and in the same way, as the reader's own.
STRENGTH, NEAREST = 3.0, 5
NOISE, BLUR, DEGREES = 3.0, 0.6, 15.0


@dataclass(frozen=True, slots=True)
class Run:
    """One system: what it read, and 1 for each picture that it read right."""

    name: str
    read: Numbers
    scores: Sequence[float]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was measured, the reader's run first."""

    test: Digits
    runs: tuple[Run, ...]
    given: Scores  # by the reader: ten a picture
    sure: NDArray[np.bool_]


def read_all(settings: Settings, reader: Reader) -> tuple[Report, Reading]:
    """Run the reader and the baselines."""
    with threadpool_limits(1):
        train, test = load(settings, "train"), load(settings, "test")
        given = reader.scores(test.pictures)
        plain = learn(train, reader.digests, MOVES[:1])
        read = {
            PROJECT: given.argmax(axis=1),
            **baselines(train, test.pictures),
            UNMOVED: plain.scores(test.pictures).argmax(axis=1),
        }
        changed = {
            name: float((reader.scores(pictures).argmax(axis=1) == test.labels).mean())
            for name, pictures in changes(test.pictures).items()
        }
    *runs, unmoved = (
        Run(name, its, (its == test.labels).astype(float).tolist()) for name, its in read.items()
    )
    found = Reading(test, tuple(runs), given, reader.sure(given))
    digests = {**reader.digests, "test": frozen_digest(own(settings))}
    return make_report(found, unmoved, changed, digests, settings.seed), found


def baselines(train: Digits, pictures: Pictures) -> dict[str, Numbers]:
    """Return what each baseline reads; neighbours get the moved copies that the reader gets."""
    rows, asked = _rows(train.pictures), _rows(pictures)
    means = np.stack([rows[train.labels == digit].mean(axis=0) for digit in range(DIGITS)])
    copies = np.concatenate([_rows(moved(train.pictures, *move)) for move in MOVES])
    linear = LogisticRegression(C=STRENGTH, max_iter=2_000).fit(rows, train.labels)
    near = KNeighborsClassifier(NEAREST).fit(copies, np.tile(train.labels, len(MOVES)))
    return {
        MEANS: ((asked[:, None] - means) ** 2).sum(axis=2).argmin(axis=1),
        LINEAR: linear.predict(asked),
        NEIGHBOURS: near.predict(asked),
    }


def changes(pictures: Pictures) -> dict[str, Pictures]:
    """Return the pictures as another scanner, or a crooked sheet, would have given them."""
    whole = pictures.astype(np.float64)
    noise = np.random.default_rng(11).normal(0, NOISE, pictures.shape)
    found = {
        "noise": whole + noise,
        "blurred": ndimage.gaussian_filter(whole, (0, BLUR, BLUR)),
        "turned": ndimage.rotate(whole, DEGREES, (1, 2), reshape=False, order=1),
    }
    found = {name: np.clip(np.rint(its), 0, INK).astype(np.uint8) for name, its in found.items()}
    return {**found, "moved by a pixel": moved(pictures, 1, 1)}


def make_report(
    found: Reading,
    unmoved: Run,
    changed: Mapping[str, float],
    digests: Mapping[str, str],
    seed: int,
) -> Report:
    """Return the report of the reader against its baselines."""
    model, *others = found.runs
    compared = compare("accuracy", model, others, seed)
    rival = strongest(others)
    digits = [f"digit {digit}" for digit in range(DIGITS)]
    forms = [f"form {form + 1}" for form in np.unique(found.test.forms)]
    labels = [
        (f"digit {label}", f"form {form + 1}")
        for label, form in zip(found.test.labels, found.test.forms, strict=True)
    ]
    right = np.array(model.scores) == 1
    return Report(
        task=TASK,
        primary=compared.primary,
        baselines=compared.baselines,
        difference=compared.difference,
        data=DataRecord("real", NOTE, dict(digests)),
        seed=seed,
        ablations=[estimate(UNMOVED, unmoved.scores, seed)],
        slices=slices([*digits, *forms], labels, (model, rival), seed),
        secondary={
            "macro F1": {
                run.name: float(f1_score(found.test.labels, run.read, average="macro"))
                for run in found.runs
            },
            "whole forms resampled": by_form(found.test.forms, model, rival, seed),
            "when sure": {
                "share": float(found.sure.mean()),
                "wrong": float(1 - right[found.sure].mean()),
            },
            "other scanners": {"as scanned": float(right.mean()), **changed},
        },
        guardrails={
            "worst_digit_missed": max(
                float(1 - right[found.test.labels == digit].mean()) for digit in range(DIGITS)
            ),
            "wrong_when_sure": float(1 - right[found.sure].mean()),
        },
    )


def by_form(forms: Numbers, model: Run, rival: Run, seed: int) -> dict[str, float]:
    """Return the difference with an interval over forms: one hand's digits hang together."""
    gains = np.array(model.scores) - np.array(rival.scores)
    names = np.unique(forms)
    totals = np.array([gains[forms == form].sum() for form in names])
    sizes = np.array([(forms == form).sum() for form in names])

    def ahead(picks: NDArray[np.intp]) -> float:
        return float(totals[picks].sum() / sizes[picks].sum())

    found = estimate_statistic(rival.name, ahead, len(names), seed)
    return {"difference": found.value, "low": found.ci95[0], "high": found.ci95[1]}


def _rows(pictures: Pictures) -> NDArray[np.float64]:
    return pictures.reshape(len(pictures), -1) / INK
