"""Run the evaluation and publish what it found: metrics, timings, figures, errors, README."""

import time
from collections.abc import Mapping
from typing import Any

from .assumptions import read_assumptions
from .audit import swap_names
from .business import Assumptions
from .config import Settings
from .data import load_twins, require_frozen_part
from .errors import render_errors
from .evaluation import Run, evaluate_all, extraction, from_pdf, load_cases
from .figures import slices_chart, systems_chart
from .model import OPEN, REDACTED
from .publishing import Findings, latencies, write_findings
from .report import Report
from .results import make_report
from .screener import Screener

PACKAGES = ("numpy", "scipy", "scikit-learn", "pypdf", "pydantic")
SYSTEMS = "nDCG@10 of the project, its ablations and its baselines"
SLICES = "nDCG@10 by slice of the test jobs"
PICTURES = {
    "reports/figures/page.png": "The page, ranking the applications for a job",
    "reports/figures/systems.svg": SYSTEMS,
    "reports/figures/slices.svg": SLICES,
}


def measure(settings: Settings, screener: Screener) -> tuple[Report, list[Run]]:
    """Evaluate every system on the frozen test part."""
    digest = require_frozen_part(settings)
    cases = load_cases(settings, screener.reader, "test")
    runs, baselines = evaluate_all(screener, cases)
    twins = load_twins(settings, "test")
    swaps = {
        name.replace(" ", "_"): swap_names(screener, cases, twins, redacts)
        for name, redacts in ((REDACTED, True), (OPEN, False))
    }
    read = {
        "skill_f1": extraction(cases),
        **from_pdf(settings, screener, cases),
    }
    assumptions = read_assumptions(settings.configs_dir / "business.toml", Assumptions)
    digests = {"test": digest, "dev": screener.model.data_digest}
    report = make_report(runs, baselines, swaps, read, assumptions, digests, settings.seed)
    return report, runs


def publish(settings: Settings, screener: Screener, timings: Mapping[str, float]) -> dict[str, Any]:
    """Measure, write everything below reports/, fill the README, return the metrics."""
    start = time.perf_counter()
    report, runs = measure(settings, screener)
    spent = {"evaluate_s": time.perf_counter() - start}
    spent |= latencies("rank_a_job", [outcome.seconds for outcome in runs[0].outcomes])
    texts = {"errors.md": render_errors(runs[0]), **draw(report)}
    findings = Findings(report, texts, PICTURES, {**timings, **spent}, PACKAGES)
    return write_findings(settings, findings)


def draw(report: Report) -> dict[str, str]:
    """Return the figures by file name below reports/."""
    subtitle = f"mean of {report.primary.n} simulated test jobs, 95% bootstrap intervals over jobs"
    parts = "this project; number of simulated jobs in brackets"
    return {
        "figures/systems.svg": systems_chart(report, SYSTEMS, subtitle),
        "figures/slices.svg": slices_chart(report, SLICES, parts),
    }
