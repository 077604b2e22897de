"""The error analysis: which defects escaped, which good tiles were rejected. For errors.md."""

from collections.abc import Callable

import numpy as np

from .dataset import Case, Cases
from .defects import FAMILIES
from .evaluation import Run
from .markdown import table
from .results import STRONG
from .surfaces import SURFACES

SHOWN = 10


def render_errors(run: Run, cases: Cases) -> str:
    """Return the analysis as Markdown."""
    rejected = run.rejected(cases, run.thresholds)
    escaped = np.flatnonzero(cases.defect & ~rejected)
    alarms = np.flatnonzero(~cases.defect & rejected)
    order = np.argsort(run.scores, kind="stable")
    lines = [
        "# Error analysis",
        "",
        f"At the thresholds from the development part {len(escaped)} of {int(cases.defect.sum())} "
        f"simulated defects escape, and {len(alarms)} of {int((~cases.defect).sum())} good tiles "
        "are rejected. The evaluation writes this file, and `figures/failures.png` shows the "
        "tiles. Read it to decide what to try next, and try it on the development part.",
        "",
        "Escaped, of all of a family:",
        "",
        *_by_family(cases, rejected),
        "",
        f"## Strong defects that escaped (drawn with a strength of {STRONG:.2f} or more)",
        "",
        *_listed(run, cases, order, lambda n, one: n in escaped and one.strength >= STRONG),
        "",
        "## The lowest scores of defects",
        "",
        *_listed(run, cases, order, lambda n, _: n in escaped),
        "",
        "## The highest scores of good tiles",
        "",
        *_listed(run, cases, order[::-1], lambda n, _: n in alarms),
        "",
        "A place that comes up again and again looks like a defect itself: a joint, a shadow.",
    ]
    return "\n".join(lines) + "\n"


def worst(run: Run, cases: Cases, count: int) -> tuple[list[int], list[int]]:
    """Return defects with the lowest scores, and good tiles of the places with the highest."""
    order = np.argsort(run.scores, kind="stable")
    missed = [int(n) for n in order if cases.cases[n].defect]
    places: dict[tuple[str, int, int], int] = {}
    for number in order[::-1]:
        one = cases.cases[number]
        if not one.defect:
            places.setdefault((one.surface, one.left, one.top), int(number))
    return missed[:count], list(places.values())[:count]


def _by_family(cases: Cases, rejected: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[str]:
    rows = []
    for surface in SURFACES:
        cells = []
        for family in FAMILIES:
            its = [
                n
                for n, one in enumerate(cases.cases)
                if one.surface == surface and one.family == family
            ]
            cells.append(f"{int((~rejected[its]).sum())} of {len(its)}")
        rows.append((surface, *cells))
    return table(("Surface", *FAMILIES), rows, len(FAMILIES))


def _listed(
    run: Run,
    cases: Cases,
    order: np.ndarray[tuple[int], np.dtype[np.intp]],
    wanted: Callable[[int, Case], bool],
) -> list[str]:
    picked = [int(n) for n in order if wanted(int(n), cases.cases[n])][:SHOWN]
    if not picked:
        return ["None."]
    rows = []
    for number in picked:
        one = cases.cases[number]
        rows.append(
            (
                one.id,
                one.family or "good",
                f"{one.left}, {one.top}",
                f"{one.strength:.2f}",
                one.area,
                f"{run.scores[number]:.3f}",
                f"{run.thresholds[one.surface]:.2f}",
            )
        )
    head = ("Picture", "Defect", "Place", "Strength", "Pixels", "Score", "Threshold")
    return table(head, rows, 4)
