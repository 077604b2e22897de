"""The weekly report: one HTML file with everything in it, to be mailed or archived."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import numpy as np

from .insight import ALL, Insight
from .pictures import forecast_picture, profit_picture
from .profit import threshold
from .summary import figures

CALLS = 15
STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1b1f24; margin: 0 auto; max-width: 52rem;
  padding: 1.5rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.note { color: #57606a; } svg { width: 100%; height: auto; }
.figures { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr));
  padding: 0; list-style: none; }
.figures li { border: 1px solid #d8dee4; border-radius: .6rem; padding: .75rem 1rem; }
.figures b { display: block; font-size: 1.5rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { border-bottom: 1px solid #e3e7eb; padding: .35rem .5rem; text-align: left; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
@media print { body { padding: 0; } }
"""


def write_weekly(insight: Insight, path: Path) -> None:
    """Write the report; the same models and data give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(insight), encoding="utf-8", newline="\n")


def render(insight: Insight) -> str:
    """Return the page."""
    panel = insight.panel
    last = panel.day(panel.days - 1)
    cards = "".join(
        f"<li>{escape(its.name)}<b>{escape(its.value)}</b>"
        f'<span class="note">{escape(its.note)}</span></li>'
        for its in figures(insight)
    )
    return "\n".join(
        [
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>Weekly report, {last}</title><style>{STYLE}</style></head><body>",
            f"<h1>Weekly report</h1><p class='note'>As of {last:%A, %d %B %Y}. Simulated data: the "
            "company does not exist.</p>",
            f'<ul class="figures">{cards}</ul>',
            f"<h2>Alerts</h2>{_alerts(insight)}",
            f"<h2>Days ahead</h2>{forecast_picture(insight, ALL)}{_days(insight)}",
            f"<h2>Whom to call</h2>{profit_picture(insight)}{_calls(insight)}",
            "</body></html>",
            "",
        ]
    )


def _alerts(insight: Insight) -> str:
    if not insight.alerts:
        return "<p>None: forecasts and members look as they did when the models learned.</p>"
    items = (
        f"<li>{its.level}: {escape(its.subject)}, {escape(its.text)}</li>" for its in insight.alerts
    )
    return f"<ul>{''.join(items)}</ul>"


def _days(insight: Insight) -> str:
    panel = insight.panel
    rows = []
    for name in insight.names:
        ahead = insight.outlook(name)
        weeks = [f"{ahead.forecast[start : start + 7].sum():,.0f}" for start in (0, 7)]
        best = int(np.argmax(ahead.forecast))
        busiest = f"{panel.day(panel.days + best):%a %d %b}, {ahead.forecast[best]:,.0f}"
        rows.append([name, *weeks, busiest])
    return _table(["Shop", "This week", "Next week", "Busiest day"], rows, numbers={1, 2})


def _calls(insight: Insight) -> str:
    bound = threshold(insight.assumptions)
    order = np.argsort(-insight.chances, kind="stable")[:CALLS]
    rows = [
        [
            str(insight.members[place]["member_id"]),
            str(insight.members[place]["shop"]),
            f"{insight.chances[place]:.0%}",
            "; ".join(insight.model.reasons(insight.members[place])),
        ]
        for place in order
        if insight.chances[place] >= bound
    ]
    if not rows:
        return "<p>Nobody: by the assumptions, no call pays.</p>"
    return _table(["Member", "Shop", "Chance to leave", "Why"], rows, numbers={2})


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: set[int]) -> str:
    def cells(row: Sequence[str], tag: str) -> str:
        return "".join(
            f"<{tag}{' class=number' if place in numbers else ''}>{escape(cell)}</{tag}>"
            for place, cell in enumerate(row)
        )

    body = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    return (
        f'<div class="scroll"><table><thead><tr>{cells(head, "th")}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
