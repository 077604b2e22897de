"""Run the evaluation and publish what it found: metrics, timings, figures, errors, README."""

import time
from collections.abc import Mapping
from typing import Any

from .assumptions import read_assumptions
from .business import Assumptions
from .config import Settings
from .errors import render_errors
from .evaluation import Measured, evaluate
from .figures import slices_chart, systems_chart
from .held_out import frozen_digest
from .model import Model
from .publishing import Findings, write_findings
from .report import Report
from .results import make_report
from .scoring import METRIC

PACKAGES = ("numpy", "scipy", "pydantic")
SYSTEMS = f"{METRIC} of the project, its ablations and its baselines"
SLICES = f"{METRIC} by kind of case"
PICTURES = {
    "reports/figures/shelf.png": "The page: some picks, and what follows from them",
    "reports/figures/systems.svg": SYSTEMS,
    "reports/figures/slices.svg": SLICES,
}


def measure(settings: Settings, model: Model) -> tuple[Report, Measured]:
    """Evaluate every system on the frozen weeks."""
    measured = evaluate(settings, model)
    digests = {"test": frozen_digest(settings), **model.digests}
    assumptions = read_assumptions(settings.configs_dir / "business.toml", Assumptions)
    return make_report(measured, assumptions, digests, settings.seed), measured


def publish(settings: Settings, model: Model, timings: Mapping[str, float]) -> dict[str, Any]:
    """Measure, write everything below reports/, fill the README, return the metrics."""
    start = time.perf_counter()
    report, measured = measure(settings, model)
    spent = {"evaluate_s": time.perf_counter() - start, "evidence_s": measured.seconds}
    texts = {"errors.md": render_errors(measured), **draw(report)}
    return write_findings(
        settings, Findings(report, texts, PICTURES, {**timings, **spent}, PACKAGES)
    )


def draw(report: Report) -> dict[str, str]:
    """Return the figures by file name below reports/."""
    subtitle = f"mean over {report.primary.n} readers, 95% bootstrap intervals; simulated data"
    parts = "this project; number of readers in brackets; simulated data"
    return {
        "figures/systems.svg": systems_chart(report, SYSTEMS, subtitle),
        "figures/slices.svg": slices_chart(report, SLICES, parts),
    }
