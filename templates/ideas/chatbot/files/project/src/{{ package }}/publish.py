"""Run the evaluation and publish what it found: metrics, timings, figures, errors, README."""

import time
from collections.abc import Mapping
from typing import Any

from .assumptions import read_assumptions
from .business import Assumptions
from .config import Settings
from .errors import render_errors
from .evaluation import Run, evaluate_ablation, evaluate_all, load_test_cases
from .figures import slices_chart, systems_chart
from .held_out import frozen_digest
from .index import Index
from .publishing import Findings, latencies, write_findings
from .report import Report
from .results import make_report
from .toolkit import Toolkit

PACKAGES = ("numpy", "scipy", "scikit-learn", "pydantic")
SYSTEMS = "Right-answer rate of the project and its baselines"
SLICES = "Right-answer rate by kind of question"
PICTURES = {
    "reports/figures/chat.png": "The page, answering a question",
    "reports/figures/systems.svg": SYSTEMS,
    "reports/figures/slices.svg": SLICES,
}


def measure(settings: Settings, index: Index) -> tuple[Report, list[Run]]:
    """Evaluate every system on the frozen test part."""
    cases = load_test_cases(settings, index)
    runs = evaluate_all(index, cases)
    ablation = evaluate_ablation(index, cases)
    digests = {
        "test": frozen_digest(settings),
        "dev": index.dev_digest,
        "pages": index.corpus_digest,
    }
    assumptions = read_assumptions(settings.configs_dir / "business.toml", Assumptions)
    return make_report(runs, ablation, assumptions, digests, settings.seed), runs


def publish(settings: Settings, index: Index, timings: Mapping[str, float]) -> dict[str, Any]:
    """Measure, write everything below reports/, fill the README, return the metrics."""
    start = time.perf_counter()
    Toolkit(index.passages, index.synonyms)
    refitted = time.perf_counter()
    report, runs = measure(settings, index)
    spent = {
        "refit_s": refitted - start,
        "evaluate_s": time.perf_counter() - refitted,
        **latencies("answer", [outcome.seconds for outcome in runs[0].outcomes]),
    }
    texts = {"errors.md": render_errors(runs[0]), **draw(report)}
    findings = Findings(report, texts, PICTURES, {**timings, **spent}, PACKAGES)
    return write_findings(settings, findings)


def draw(report: Report) -> dict[str, str]:
    """Return the figures by file name below reports/."""
    subtitle = f"share of {report.primary.n} test questions, 95% bootstrap intervals"
    parts = "this project; number of questions in brackets"
    return {
        "figures/systems.svg": systems_chart(report, SYSTEMS, subtitle),
        "figures/slices.svg": slices_chart(report, SLICES, parts),
    }
