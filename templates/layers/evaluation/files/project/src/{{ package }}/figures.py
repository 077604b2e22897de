"""The report's two charts: the project beside its baselines, and the project by slice."""

from .charts import Bar, bar_chart
from .report import Report


def systems_chart(report: Report, title: str, subtitle: str) -> str:
    """Return the project, its ablations and its baselines as bars."""
    others = (*report.ablations, *report.baselines)
    bars = [
        Bar("this project", report.primary.value, *report.primary.ci95, accent=True),
        *(Bar(row.name, row.value, *row.ci95) for row in others),
    ]
    return bar_chart(title, subtitle, bars, report.unit)


def slices_chart(report: Report, title: str, subtitle: str) -> str:
    """Return the project's score on each slice, with the number of cases in brackets."""
    first = [(name, next(iter(rows.values()))) for name, rows in report.slices.items()]
    bars = [Bar(f"{name} ({row.n})", row.value, *row.ci95, accent=True) for name, row in first]
    return bar_chart(title, subtitle, bars, report.unit)
