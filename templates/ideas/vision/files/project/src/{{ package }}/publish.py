"""Run the evaluation and publish what it found: metrics, timings, figures, errors, README."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from .assumptions import read_assumptions
from .business import Assumptions
from .config import Settings
from .dataset import Cases
from .defects import FAMILIES
from .errors import render_errors, worst
from .evaluation import PROJECT, Evaluation, Run, evaluate_all
from .figures import slices_chart, systems_chart
from .held_out import frozen_digest
from .model import Model
from .pictures import Pictures, overlaid, png, sheet
from .publishing import Findings, write_findings
from .report import Report, render_results, update_readme
from .results import make_report
from .surfaces import SURFACES

PACKAGES = (
    "numpy", "scipy", "scikit-learn", "scikit-image", "onnx", "onnxruntime", "pillow", "pydantic",
)  # fmt: skip
SYSTEMS = "Image AUROC of the project and its baselines"
SLICES = "Image AUROC by surface, family, strength and size"
PICTURES = {
    "reports/figures/inspection.png": "The page, with a tile that was inspected",
    "reports/figures/examples.png": "Test tiles with simulated defects: tile, true mask, heat map",
    "reports/figures/systems.svg": SYSTEMS,
    "reports/figures/slices.svg": SLICES,
}
FAILURES = 6


def measure(settings: Settings, model: Model) -> tuple[Report, Evaluation]:
    """Evaluate every system on the test part."""
    found = evaluate_all(settings, model)
    digests = {"test": frozen_digest(settings), "dev": model.dev_digest}
    assumptions = read_assumptions(settings.configs_dir / "business.toml", Assumptions)
    return make_report(found, assumptions, digests, settings.seed), found


def publish(settings: Settings, model: Model, timings: Mapping[str, float]) -> dict[str, Any]:
    """Measure, write everything below reports/, fill the README, return the metrics."""
    start = time.perf_counter()
    report, found = measure(settings, model)
    p50, p95 = np.percentile(found.milliseconds, [50, 95])
    spent = {"evaluate_s": time.perf_counter() - start}
    spent |= {"tile_p50_ms": float(p50), "tile_p95_ms": float(p95)}
    texts = {"errors.md": render_errors(found.runs[0], found.cases), **draw_figures(report)}
    metrics = write_findings(settings, Findings(report, texts, {}, {**timings, **spent}, PACKAGES))
    folder = settings.reports_dir / "figures"
    (folder / "examples.png").write_bytes(png(examples(found.runs[0], found.cases)))
    (folder / "failures.png").write_bytes(png(failures(found.runs[0], found.cases)))
    readme = settings.root / "README.md"
    if readme.is_file():
        update_readme(readme, render_block(metrics, settings.root))
    return metrics


def render_block(metrics: Mapping[str, Any], root: Path) -> str:
    """Return the README's results block: the table, what else was measured, the figures."""
    shown = [
        f"![{caption}]({name})" for name, caption in PICTURES.items() if (root / name).is_file()
    ]
    return "\n\n".join([render_results(metrics, {}), render_more(metrics), *shown])


def render_more(metrics: Mapping[str, Any]) -> str:
    """Return what else was measured, in sentences."""
    found, business = metrics["secondary"], metrics["business"]
    ours, rival = found[f"rates, {PROJECT}"], metrics["difference"]["against"]
    theirs = found[f"rates, {rival}"]
    heat, cameras = found[f"heat map, {PROJECT}"], found["other cameras"]
    surfaces = "; ".join(
        f"{name} {its[PROJECT]['value']:.1%} against {its[rival]['value']:.1%}"
        for name, its in metrics["slices"].items()
        if name in SURFACES or "never learned" in name
    )
    changes = ", ".join(f"{name} {value:.1%}" for name, value in cameras.items())
    return (
        f"- **By surface, and on the family that was never learned** (against {rival}): "
        f"{surfaces}.\n"
        f"- **With hardly any false alarm** (thresholds for at most 1% of good tiles on the "
        f"development part): {ours['recall_when_strict']:.1%} of the defects found, "
        f"{ours['false_alarms_when_strict']:.1%} of good tiles rejected; {rival} "
        f"{theirs['recall_when_strict']:.1%} and {theirs['false_alarms_when_strict']:.1%}.\n"
        f"- **Heat maps**: overlap with the true masks (IoU) {heat['iou_brick']:.2f} on brick and "
        f"{heat['iou_gravel']:.2f} on gravel.\n"
        f"- **Other cameras** (every third picture): {changes}.\n"
        f"- **Worth**: errors cost {business['cost_per_1000_tiles']:.0f} for 1,000 tiles, "
        f"{business['cost_per_1000_tiles_of_stronger_baseline']:.0f} with {rival} and "
        f"{business['cost_per_1000_tiles_without_inspection']:.0f} without inspection, under the "
        "assumptions in `configs/business.toml`."
    )


def draw_figures(report: Report) -> dict[str, str]:
    """Return the charts by file name below reports/."""
    subtitle = f"{report.primary.n} pictures of tiles, 95% bootstrap intervals over places"
    parts = "this project; number of pictures in brackets; simulated defects on real textures"
    return {
        "figures/systems.svg": systems_chart(report, SYSTEMS, subtitle),
        "figures/slices.svg": slices_chart(report, SLICES, parts),
    }


def examples(run: Run, cases: Cases) -> Pictures:
    """Return the first defect of each family that is of middling strength, on both surfaces."""
    columns = []
    for surface in SURFACES:
        for family in FAMILIES:
            its = [
                n
                for n, one in enumerate(cases.cases)
                if one.surface == surface and one.family == family
            ]
            columns.append(min(its, key=lambda n: abs(cases.cases[n].strength - 0.5)))
    return _shown(run, cases, columns)


def failures(run: Run, cases: Cases) -> Pictures:
    """Return the defects with the lowest scores, then the good tiles with the highest."""
    missed, alarming = worst(run, cases, FAILURES)
    return _shown(run, cases, [*missed, *alarming])


def _shown(run: Run, cases: Cases, numbers: list[int]) -> Pictures:
    heat = np.zeros(cases.pictures.shape, np.float32) if run.heat is None else run.heat
    masks = [np.asarray(cases.masks[n] * 255, dtype=np.uint8) for n in numbers]
    return sheet(
        [
            [cases.pictures[n] for n in numbers],
            masks,
            [overlaid(cases.pictures[n], heat[n]) for n in numbers],
        ]
    )
