"""Run the evaluation and write what it found: metrics, timings, figures, errors, README."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .business import load_assumptions
from .charts import Bar, bar_chart
from .config import Settings
from .errors import render_errors
from .evaluation import Run, evaluate_ablation, evaluate_all, frozen_digest, load_test_cases
from .index import Index
from .report import (
    Report,
    read_metrics,
    render_results,
    update_readme,
    write_metrics,
    write_timing,
)
from .results import make_report
from .toolkit import Toolkit

PACKAGES = ("numpy", "scipy", "scikit-learn", "pydantic")
FIGURES = {
    "Right-answer rate of the project and its baselines": "reports/figures/systems.svg",
    "Right-answer rate by kind of question": "reports/figures/slices.svg",
}
PICTURE = {"The page, answering a question": "reports/figures/chat.png"}


def measure(settings: Settings, index: Index) -> tuple[Report, list[Run]]:
    """Evaluate every system on the frozen test part."""
    cases = load_test_cases(settings, index)
    runs = evaluate_all(index, cases)
    ablation = evaluate_ablation(index, cases)
    digests = {
        "test": frozen_digest(settings.configs_dir / "evaluation.toml"),
        "dev": index.dev_digest,
        "pages": index.corpus_digest,
    }
    assumptions = load_assumptions(settings.configs_dir / "business.toml")
    return make_report(runs, ablation, assumptions, digests, settings.seed), runs


def publish(settings: Settings, index: Index, timings: Mapping[str, float]) -> dict[str, Any]:
    """Measure, write everything below reports/, fill the README, return the metrics."""
    start = time.perf_counter()
    Toolkit(index.passages, index.synonyms)
    refitted = time.perf_counter()
    report, runs = measure(settings, index)
    folder = settings.reports_dir
    write_metrics(report, folder / "metrics.json")
    _write(folder / "errors.md", render_errors(runs[0]))
    for name, figure in draw(report).items():
        _write(folder / "figures" / name, figure)
    metrics = read_metrics(folder / "metrics.json")
    readme = settings.root / "README.md"
    if readme.is_file():
        pictures = {k: name for k, name in PICTURE.items() if (settings.root / name).is_file()}
        update_readme(readme, render_results(metrics, pictures | FIGURES))
    spent = {
        "refit_s": refitted - start,
        "evaluate_s": time.perf_counter() - refitted,
        **_latencies(runs[0]),
    }
    write_timing({**timings, **spent}, PACKAGES, folder / "timing.json")
    return metrics


def draw(report: Report) -> dict[str, str]:
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
    subtitle = f"share of {report.primary.n} test questions, 95% bootstrap intervals"
    first, second = FIGURES
    return {
        "systems.svg": bar_chart(first, subtitle, systems),
        "slices.svg": bar_chart(second, "this project; number of questions in brackets", parts),
    }


def _latencies(run: Run) -> dict[str, float]:
    milliseconds: Sequence[float] = [1_000 * outcome.seconds for outcome in run.outcomes]
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return {"answer_p50_ms": float(p50), "answer_p95_ms": float(p95)}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
