"""Writes what was measured: metrics.json, timing.json, errors.md, figures, the README's block."""

import time
from collections.abc import Mapping
from typing import Any

from .building import data_digest
from .config import Settings
from .evaluation import evaluate
from .failures import describe
from .insight import Insight
from .pictures import forecast_picture, profit_picture
from .profit import load_assumptions
from .report import read_metrics, update_readme, write_metrics, write_timing
from .results import make_report
from .weekly import write_weekly

PACKAGES = ("numpy", "scikit-learn")
PICTURES = {"The days ahead": "forecast.svg", "What calling is worth": "profit.svg"}


def publish(settings: Settings, timings: Mapping[str, float]) -> dict[str, Any]:
    """Evaluate, write everything, return the metrics as they stand in the file."""
    start = time.perf_counter()
    found = evaluate(settings)
    its = load_assumptions(settings.configs_dir / "business.toml")
    report = make_report(found, its, data_digest(settings), settings.seed)
    folder = settings.reports_dir
    write_metrics(report, folder / "metrics.json")
    (folder / "errors.md").write_text(describe(found), encoding="utf-8", newline="\n")
    insight = Insight.load(settings)
    draw(insight, settings)
    write_weekly(insight, folder / "weekly.html")
    metrics = read_metrics(folder / "metrics.json")
    readme = settings.root / "README.md"
    if readme.is_file():
        update_readme(readme, render_results(metrics))
    write_timing(
        {**timings, "evaluate_s": time.perf_counter() - start}, PACKAGES, folder / "timing.json"
    )
    return metrics


def draw(insight: Insight, settings: Settings) -> None:
    """Write the README's figures."""
    folder = settings.reports_dir / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("forecast.svg", forecast_picture(insight)),
        ("profit.svg", profit_picture(insight)),
    ):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def render_results(metrics: Mapping[str, Any]) -> str:
    """Return the results as Markdown, made from metrics.json alone."""
    primary, difference, data = metrics["primary"], metrics["difference"], metrics["data"]
    verdict = "above zero" if difference["ci95"][0] > 0 else "not clear of zero"
    return "\n".join(
        [
            f"**{metrics['task']}**: MASE {_with_range(primary)}, over {primary['n']} forecasts "
            "from the test year (lower is better; 1 is last week's error in the past).",
            "",
            "| System | MASE | 95% interval |",
            "| --- | ---: | ---: |",
            f"| **This project** | **{primary['value']:.3f}** | {_range(primary)} |",
            *(
                f"| Baseline: {row['name']} | {row['value']:.3f} | {_range(row)} |"
                for row in metrics["baselines"]
            ),
            "",
            f"Paired difference to {difference['against']}, the stronger baseline: "
            f"{difference['value']:+.3f} MASE, 95% interval {_range(difference)}: {verdict}.",
            "",
            *_bands(metrics["secondary"]),
            *_risk(metrics["secondary"]),
            *_money(metrics["business"]),
            f"Data: {data['kind']}. {data['note']}",
            *(line for title, name in PICTURES.items() for line in ("", _picture(title, name))),
        ]
    )


def _bands(secondary: Mapping[str, Mapping[str, float]]) -> list[str]:
    rows = [row for name, row in secondary.items() if name.startswith("band ")]
    told = [
        f"the {row['promised']:.0%} band held {row['covered']:.1%} of days "
        f"({row['covered_low']:.1%} to {row['covered_high']:.1%})"
        for row in rows
    ]
    return [f"Intervals: {'; '.join(told)}.", ""]


def _risk(secondary: Mapping[str, Mapping[str, float]]) -> list[str]:
    ranked = {name: row for name, row in secondary.items() if "pr_auc" in row}
    members = secondary["members"]
    return [
        f"**Who leaves within the window**: {members['leaving_share']:.1%} of "
        f"{members['rows']:,.0f} member-days ({members['members']:,.0f} members); calibration "
        f"error {members['calibration_error']:.1%}.",
        "",
        "| Ranking | PR-AUC | 95% interval | Lift in the top 10% |",
        "| --- | ---: | ---: | ---: |",
        *(
            f"| {name} | {row['pr_auc']:.3f} | {row['pr_auc_low']:.3f} to {row['pr_auc_high']:.3f} "
            f"| {row['lift_at_10']:.1f}x |"
            for name, row in ranked.items()
        ),
        "",
    ]


def _money(business: Mapping[str, float]) -> list[str]:
    return [
        f"**Profit of a calling round**, by the assumptions in `configs/business.toml`: "
        f"{business['profit_a_round']:,.0f} ({business['profit_a_round_low']:,.0f} to "
        f"{business['profit_a_round_high']:,.0f}) from {business['calls_a_round']:,.0f} calls; "
        f"calling everyone {business['profit_calling_everyone']:,.0f}, nobody 0, as many by their "
        f"last order {business['profit_calling_as_many_by_last_order']:,.0f}.",
        "",
    ]


def _with_range(row: Mapping[str, Any]) -> str:
    return f"{row['value']:.3f} (95% interval {_range(row)})"


def _range(row: Mapping[str, Any]) -> str:
    low, high = row["ci95"]
    return f"{low:.3f} to {high:.3f}"


def _picture(title: str, name: str) -> str:
    return f"![{title}](reports/figures/{name})"
