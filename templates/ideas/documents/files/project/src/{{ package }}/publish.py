"""Run the evaluation and write what it found: metrics, timings, figures, errors, README."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from .business import load_assumptions
from .charts import Bar, bar_chart
from .config import Settings
from .dataset import frozen_digest
from .errors import render_errors
from .evaluation import Run, evaluate_all
from .model import Model
from .report import (
    Report,
    read_metrics,
    render_results,
    update_readme,
    write_metrics,
    write_timing,
)
from .results import make_report

PACKAGES = ("numpy", "scipy", "scikit-learn", "pypdfium2", "fpdf2", "pydantic")
FIGURES = {
    "Field F1 of the project and its baselines": "reports/figures/systems.svg",
    "Field F1 by layout and peculiarity": "reports/figures/slices.svg",
}
PICTURE = {"The page, with an invoice to review": "reports/figures/review.png"}


def measure(settings: Settings, model: Model) -> tuple[Report, list[Run]]:
    """Evaluate every system on the held-out layouts."""
    runs = evaluate_all(settings, model)
    digests = {"test": frozen_digest(settings), "dev": model.dev_digest}
    assumptions = load_assumptions(settings.configs_dir / "business.toml")
    threshold = model.confidence.threshold
    return make_report(runs, threshold, assumptions, digests, settings.seed), runs


def publish(settings: Settings, model: Model, timings: Mapping[str, float]) -> dict[str, Any]:
    """Measure, write everything below reports/, fill the README, return the metrics."""
    start = time.perf_counter()
    report, runs = measure(settings, model)
    folder = settings.reports_dir
    write_metrics(report, folder / "metrics.json")
    _write(folder / "errors.md", render_errors(runs[0]))
    for name, figure in draw_figures(report).items():
        _write(folder / "figures" / name, figure)
    metrics = read_metrics(folder / "metrics.json")
    readme = settings.root / "README.md"
    if readme.is_file():
        update_readme(readme, render_block(metrics, settings.root))
    spent = {"evaluate_s": time.perf_counter() - start, **_latencies(runs[0])}
    write_timing({**timings, **spent}, PACKAGES, folder / "timing.json")
    return metrics


def render_block(metrics: Mapping[str, Any], root: Path) -> str:
    """Return the README's results block: the table, what goes straight through, the figures."""
    pictures = {title: name for title, name in PICTURE.items() if (root / name).is_file()}
    return f"{render_results(metrics, {})}\n\n{render_more(metrics)}" + "".join(
        f"\n\n![{title}]({name})" for title, name in (pictures | FIGURES).items()
    )


def render_more(metrics: Mapping[str, Any]) -> str:
    """Return what else was measured, in sentences."""
    through = metrics["secondary"]["straight through"]
    ours, *theirs = (
        (name.removeprefix("line items, "), its)
        for name, its in metrics["secondary"].items()
        if name.startswith("line items, ")
    )
    others = ", ".join(f"{name} {its['f1']:.1%}" for name, its in theirs)
    business = metrics["business"]
    passed = ""
    if "field_precision" in through:
        passed = (
            f" {through['field_precision']:.1%} of their fields are right (95% interval "
            f"{through['precision_low']:.1%} to {through['precision_high']:.1%}); the threshold "
            "was chosen for 99% on development layouts that the scorer had not seen."
        )
    return (
        f"- **Line items**: F1 {ours[1]['f1']:.1%} (95% interval {ours[1]['f1_low']:.1%} to "
        f"{ours[1]['f1_high']:.1%}), with everything in a line right; {others}.\n"
        f"- **Straight through**: {through['rate']:.1%} of the documents (95% interval "
        f"{through['rate_low']:.1%} to {through['rate_high']:.1%}) need no look.{passed}\n"
        f"- **Worth**: {business['minutes_saved_per_document']:.2f} minutes saved for a document, "
        f"{business['minutes_saved_by_stronger_baseline']:.2f} with the stronger baseline, under "
        "the assumptions in `configs/business.toml`."
    )


def draw_figures(report: Report) -> dict[str, str]:
    """Return the figures by file name."""
    systems = [
        Bar("this project", report.primary.value, *report.primary.ci95, accent=True),
        *(Bar(row.name, row.value, *row.ci95) for row in (*report.ablations, *report.baselines)),
    ]
    parts = [
        Bar(f"{name} ({row.n})", row.value, *row.ci95, accent=True)
        for name, rows in report.slices.items()
        for row in list(rows.values())[:1]
    ]
    subtitle = f"mean over {report.primary.n} held-out documents, 95% bootstrap intervals"
    first, second = FIGURES
    return {
        "systems.svg": bar_chart(first, subtitle, systems),
        "slices.svg": bar_chart(second, "this project; number of documents in brackets", parts),
    }


def _latencies(run: Run) -> dict[str, float]:
    milliseconds = [1_000 * outcome.seconds for outcome in run.outcomes]
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return {"extract_p50_ms": float(p50), "extract_p95_ms": float(p95)}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
