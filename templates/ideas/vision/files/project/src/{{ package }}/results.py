"""Turn the runs into the report: intervals over places, slices, rates, heat maps, money."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .business import Assumptions, cost_per_thousand
from .comparing import Area, place_numbers
from .dataset import Case, Cases
from .defects import FAMILIES, HELD_OUT
from .evaluation import Evaluation, Run
from .measure import Estimate, estimate_statistic, paired_statistic
from .report import DataRecord, Report
from .surfaces import SURFACES

TASK = "Simulated defects on real textures, in parts of the surface that were never seen"
METRIC = "image AUROC"
NOTE = (
    "The textures are real pictures of bricks and gravel that come with scikit-image; **the "
    "defects on them are simulated**, drawn from a seed with exact masks. Train, development and "
    "test use different columns of each picture, and the test part is frozen by its SHA-256. The "
    "metric is the mean of the two surfaces; intervals come from resampling whole places."
)
HOT = 0.5
STRONG, WEAK = 2 / 3, 1 / 3
LARGE = 150

Flags = NDArray[np.bool_]


def make_report(
    found: Evaluation, assumptions: Assumptions, digests: Mapping[str, str], seed: int
) -> Report:
    """Return the report of the first run against the others."""
    cases = found.cases.cases
    every = np.ones(len(cases), dtype=np.bool_)
    model, *baselines = found.runs
    areas = {run.name: Area(cases, run.scores, every) for run in found.runs}
    places = int(place_numbers(cases).max()) + 1
    names = [METRIC, *(run.name for run in baselines)]
    rows = [
        _estimate(name, areas[run.name], cases, every, seed)
        for name, run in zip(names, found.runs, strict=True)
    ]
    best = int(np.argmax([row.value for row in rows[1:]]))
    rival = baselines[best]
    difference = paired_statistic(rival.name, areas[model.name], areas[rival.name], places, seed)
    return Report(
        task=TASK,
        primary=rows[0],
        baselines=rows[1:],
        difference=replace(difference, n=len(cases)),
        data=DataRecord("simulated", NOTE, dict(digests)),
        seed=seed,
        slices=_slices(cases, (model, rival), seed),
        secondary={
            **{f"rates, {run.name}": rates(run, found.cases) for run in found.runs},
            **{
                f"heat map, {run.name}": heat(run, found.cases)
                for run in found.runs
                if run.heat is not None
            },
            "other cameras": cameras(found),
        },
        guardrails=guardrails(model, found.cases),
        business=business(model, rival, found.cases, assumptions),
    )


def _estimate(name: str, area: Area, cases: Sequence[Case], counted: Flags, seed: int) -> Estimate:
    """Return an area with its interval; `n` counts pictures, the interval resamples places."""
    places = int(place_numbers(cases).max()) + 1
    return replace(estimate_statistic(name, area, places, seed), n=int(counted.sum()))


def slice_of(cases: Sequence[Case]) -> dict[str, Flags]:
    """Return the slices: the defects of each, with all good tiles of the surfaces that it is on."""
    good = np.array([not one.defect for one in cases])
    strength = np.array([one.strength for one in cases])
    area = np.array([one.area for one in cases])
    found: dict[str, Flags] = {
        surface: np.array([one.surface == surface for one in cases]) for surface in SURFACES
    }
    for family in FAMILIES:
        name = f"{family} (never learned)" if family == HELD_OUT else family
        found[name] = good | np.array([one.family == family for one in cases])
    found["weak"] = good | (strength < WEAK)
    found["middling"] = good | ((strength >= WEAK) & (strength < STRONG))
    found["strong"] = good | (strength >= STRONG)
    found["small"] = good | (area < LARGE)
    found["large"] = good | (area >= LARGE)
    return found


def _slices(
    cases: Sequence[Case], runs: Sequence[Run], seed: int
) -> dict[str, dict[str, Estimate]]:
    return {
        name: {
            run.name: _estimate(name, Area(cases, run.scores, counted), cases, counted, seed)
            for run in runs
        }
        for name, counted in slice_of(cases).items()
    }


def rates(run: Run, cases: Cases) -> dict[str, float]:
    """Return what is found and rejected at the thresholds from the development part."""
    defect = cases.defect
    cheap = run.rejected(cases, run.thresholds)
    strict = run.rejected(cases, run.strict)
    return {
        "recall": _share(cheap, defect),
        "false_alarms": _share(cheap, ~defect),
        "recall_when_strict": _share(strict, defect),
        "false_alarms_when_strict": _share(strict, ~defect),
    }


def heat(run: Run, cases: Cases) -> dict[str, float]:
    """Return how well hot pixels and masks overlap, over all defects of each surface."""
    hot = np.zeros_like(cases.masks) if run.heat is None else run.heat >= HOT
    found = {}
    for surface in SURFACES:
        its = np.intersect1d(cases.of(surface), np.flatnonzero(cases.defect))
        both = (hot[its] & cases.masks[its]).sum()
        found[f"iou_{surface}"] = float(both / max((hot[its] | cases.masks[its]).sum(), 1))
    return found


def cameras(found: Evaluation) -> dict[str, float]:
    """Return the area on every third picture, as taken and as other cameras would take it."""
    some = ~np.isnan(next(iter(found.changed.values())))
    places = np.arange(int(place_numbers(found.cases.cases).max()) + 1)
    scores = {"as taken": found.runs[0].scores, **found.changed}
    return {
        name: Area(found.cases.cases, np.nan_to_num(values), some)(places)
        for name, values in scores.items()
    }


def guardrails(run: Run, cases: Cases) -> dict[str, float]:
    """Return the shares that must stay low."""
    rejected = run.rejected(cases, run.thresholds)
    strength = np.array([one.strength for one in cases.cases])
    strong = cases.defect & (strength >= STRONG)
    strict = run.rejected(cases, run.strict)
    return {
        "strong_defects_missed": _share(~rejected, strong),
        "false_alarms_when_strict": _share(strict, ~cases.defect),
    }


def business(model: Run, rival: Run, cases: Cases, assumptions: Assumptions) -> dict[str, float]:
    """Return what errors cost for 1,000 tiles and what that makes in a day."""
    ours, theirs = (
        cost_per_thousand(found["recall"], found["false_alarms"], assumptions)
        for found in (rates(model, cases), rates(rival, cases))
    )
    return {
        "cost_per_1000_tiles": ours,
        "cost_per_1000_tiles_of_stronger_baseline": theirs,
        "cost_per_1000_tiles_without_inspection": cost_per_thousand(0, 0, assumptions),
        "saved_per_day_against_baseline": (theirs - ours) * assumptions.tiles_per_day / 1_000,
    }


def _share(flags: ArrayLike, among: ArrayLike) -> float:
    return float(np.asarray(flags)[np.asarray(among)].mean())
