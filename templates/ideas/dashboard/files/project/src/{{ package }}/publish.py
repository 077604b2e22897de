"""Run the evaluation and publish what it found: metrics, timings, figures, errors, README."""

import time
from collections.abc import Mapping
from typing import Any

from .assumptions import read_assumptions
from .building import data_digest
from .config import Settings
from .evaluation import BY_LAST_ORDER, Evaluation, evaluate
from .failures import describe
from .figures import slices_chart, systems_chart
from .insight import Insight
from .markdown import table
from .pictures import forecast_picture, profit_picture
from .profit import Assumptions
from .publishing import Findings, write_findings
from .report import Report
from .results import make_report
from .weekly import render

PACKAGES = ("numpy", "scikit-learn")
PICTURES = {
    "reports/figures/dashboard.png": "The page",
    "reports/figures/systems.svg": "Forecast error beside the baselines",
    "reports/figures/slices.svg": "Forecast error by shop, week ahead and kind of day",
    "reports/figures/profit.svg": "What calling is worth",
}


def measure(settings: Settings) -> tuple[Report, Evaluation]:
    """Evaluate everything on the frozen test year."""
    found = evaluate(settings)
    its = read_assumptions(settings.configs_dir / "business.toml", Assumptions)
    return make_report(found, its, data_digest(settings), settings.seed), found


def publish(settings: Settings, timings: Mapping[str, float]) -> dict[str, Any]:
    """Measure, write everything below reports/, fill the README, return the metrics."""
    start = time.perf_counter()
    report, found = measure(settings)
    measured = time.perf_counter()
    insight = Insight.load(settings)
    loaded = time.perf_counter()
    texts = {
        "errors.md": describe(found),
        "weekly.html": render(insight),
        **draw(report, insight),
    }
    spent = {**timings, "evaluate_s": measured - start, "load_s": loaded - measured}
    findings = Findings(report, texts, PICTURES, spent, PACKAGES, render_more)
    return write_findings(settings, findings)


def draw(report: Report, insight: Insight) -> dict[str, str]:
    """Return the figures by file name below reports/."""
    subtitle = f"MASE over {report.primary.n} test forecasts, lower is better; 95% intervals"
    return {
        "figures/systems.svg": systems_chart(report, "Forecast error", subtitle),
        "figures/slices.svg": slices_chart(report, "Forecast error by slice", subtitle),
        "figures/forecast.svg": forecast_picture(insight),
        "figures/profit.svg": profit_picture(insight),
    }


def render_more(metrics: Mapping[str, Any]) -> str:
    """Return what else was measured: bands, members and money."""
    secondary = metrics["secondary"]
    return "\n\n".join([_bands(secondary), _risk(secondary), _money(metrics)])


def _bands(secondary: Mapping[str, Mapping[str, float]]) -> str:
    told = [
        f"the {row['promised']:.0%} band held {row['covered']:.1%} of days "
        f"({row['covered_low']:.1%} to {row['covered_high']:.1%})"
        for name, row in secondary.items()
        if name.startswith("band ")
    ]
    return f"**Bands**: {'; '.join(told)}."


def _risk(secondary: Mapping[str, Mapping[str, float]]) -> str:
    members = secondary["members"]
    rows = [
        (
            name,
            f"{row['pr_auc']:.3f}",
            f"{row['pr_auc_low']:.3f} to {row['pr_auc_high']:.3f}",
            f"{row['lift_at_10']:.1f}x",
        )
        for name, row in secondary.items()
        if "pr_auc" in row
    ]
    lines = [
        f"**Who leaves**: {members['leaving_share']:.1%} of {members['rows']:,.0f} members on the "
        f"test days did; chances are {members['calibration_error']:.1%} off on average.",
        "",
        *table(["Ranking", "PR-AUC", "95% interval", "Lift in the top 10%"], rows, numbers=3),
        "",
        f"Ahead of *{BY_LAST_ORDER}*, on the same draws of members: "
        f"{_gap(secondary['risk model'], 'pr_auc', 3)} in PR-AUC, "
        f"{_gap(secondary['risk model'], 'lift_at_10', 1)} in lift.",
    ]
    return "\n".join(lines)


def _gap(row: Mapping[str, float], name: str, digits: int) -> str:
    value, low, high = (row[f"{name}_ahead{end}"] for end in ("", "_low", "_high"))
    proven = "above zero" if low > 0 else "not above zero"
    interval = f"{low:+.{digits}f} to {high:+.{digits}f}"
    return f"{value:+.{digits}f} (95% interval {interval}: {proven})"


def _money(metrics: Mapping[str, Any]) -> str:
    its = metrics["business"]
    return (
        f"**Profit of a round of calls**, by the assumptions in `configs/business.toml`: "
        f"{its['profit_a_round']:,.0f} (95% interval {its['profit_a_round_low']:,.0f} to "
        f"{its['profit_a_round_high']:,.0f}) from {its['calls_a_round']:,.0f} calls; calling "
        f"everyone {its['profit_calling_everyone']:,.0f}, nobody 0, as many by their last order "
        f"{its['profit_calling_as_many_by_last_order']:,.0f}."
    )
