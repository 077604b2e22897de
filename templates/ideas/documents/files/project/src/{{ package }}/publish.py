"""Run the evaluation and publish what it found: metrics, timings, figures, errors, README."""

import time
from collections.abc import Mapping
from typing import Any

from .assumptions import read_assumptions
from .business import Assumptions
from .config import Settings
from .errors import render_errors
from .evaluation import Run, evaluate_all, evaluate_known
from .figures import slices_chart, systems_chart
from .held_out import frozen_digest
from .model import Model
from .publishing import Findings, latencies, write_findings
from .report import Report
from .results import make_report

PACKAGES = ("numpy", "scipy", "scikit-learn", "pypdfium2", "fpdf2", "pydantic")
SYSTEMS = "Field F1 of the project and its baselines"
SLICES = "Field F1 by layout and peculiarity"
PICTURES = {
    "reports/figures/review.png": "The page, with an invoice to review",
    "reports/figures/systems.svg": SYSTEMS,
    "reports/figures/slices.svg": SLICES,
}


def measure(settings: Settings, model: Model) -> tuple[Report, list[Run]]:
    """Evaluate every system on the held-out layouts."""
    runs, known = evaluate_all(settings, model), evaluate_known(settings, model)
    digests = {"test": frozen_digest(settings), "dev": model.dev_digest}
    assumptions = read_assumptions(settings.configs_dir / "business.toml", Assumptions)
    threshold = model.confidence.threshold
    return make_report(runs, known, threshold, assumptions, digests, settings.seed), runs


def publish(settings: Settings, model: Model, timings: Mapping[str, float]) -> dict[str, Any]:
    """Measure, write everything below reports/, fill the README, return the metrics."""
    start = time.perf_counter()
    report, runs = measure(settings, model)
    spent = {"evaluate_s": time.perf_counter() - start}
    spent |= latencies("extract", [outcome.seconds for outcome in runs[0].outcomes])
    texts = {"errors.md": render_errors(runs[0]), **draw_figures(report)}
    findings = Findings(report, texts, PICTURES, {**timings, **spent}, PACKAGES, render_more)
    return write_findings(settings, findings)


def render_more(metrics: Mapping[str, Any]) -> str:
    """Return what else was measured, in sentences."""
    found = metrics["secondary"]
    ours, *theirs = (
        (name.removeprefix("line items, "), its)
        for name, its in found.items()
        if name.startswith("line items, ")
    )
    others = ", ".join(f"{name} {its['f1']:.1%}" for name, its in theirs)
    business = metrics["business"]
    return (
        f"- **Line items**: F1 {ours[1]['f1']:.1%} (95% interval {ours[1]['f1_low']:.1%} to "
        f"{ours[1]['f1_high']:.1%}), with everything in a line right; {others}.\n"
        f"- **Straight through, new layouts**: {_through(found['straight through, new layouts'])}\n"
        f"- **Straight through, known layouts** (fresh documents, field F1 "
        f"{found['straight through, known layouts']['field_f1']:.1%}): "
        f"{_through(found['straight through, known layouts'])}\n"
        f"- **Worth**: {business['minutes_saved_per_document']:.2f} minutes saved for a document "
        f"in a new layout, {business['minutes_saved_by_stronger_baseline']:.2f} with the stronger "
        "baseline, under the assumptions in `configs/business.toml`."
    )


def _through(found: Mapping[str, float]) -> str:
    text = (
        f"{found['rate']:.1%} of the documents (95% interval {found['rate_low']:.1%} to "
        f"{found['rate_high']:.1%}) need no look"
    )
    if "field_precision" in found:
        text += f"; {found['field_precision']:.1%} of their fields are right"
    return f"{text}. The goal was 99% on layouts that the scorer had not seen."


def draw_figures(report: Report) -> dict[str, str]:
    """Return the figures by file name below reports/."""
    subtitle = f"mean over {report.primary.n} held-out documents, 95% bootstrap intervals"
    parts = "this project; number of documents in brackets"
    return {
        "figures/systems.svg": systems_chart(report, SYSTEMS, subtitle),
        "figures/slices.svg": slices_chart(report, SLICES, parts),
    }
