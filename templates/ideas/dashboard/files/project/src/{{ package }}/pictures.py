"""The two pictures that report and README share: the days ahead, and what calling is worth."""

from .insight import ALL, Insight
from .intervals import LEVELS
from .profit import profit_curve, profit_of, threshold
from .svg import ACCENT, MUTED, Area, Line, line_chart

HISTORY = 56
LABEL_EVERY = 14


def forecast_picture(insight: Insight, name: str = ALL) -> str:
    """Return recent orders and the days ahead with their bands."""
    panel, outlook = insight.panel, insight.outlook(name)
    past = insight.history(name, HISTORY)
    horizon = len(outlook.forecast)
    areas = [
        Area(
            [
                (day, float(outlook.low[place, day]), float(outlook.high[place, day]))
                for day in range(horizon)
            ],
            0.12 + 0.12 * (place == 0),
        )
        for place in reversed(range(len(LEVELS)))
    ]
    lines = [
        Line([(day - HISTORY, float(value)) for day, value in enumerate(past)], MUTED),
        Line([(day, float(value)) for day, value in enumerate(outlook.forecast)], ACCENT),
    ]
    labels = [
        (place, panel.day(panel.days + place).strftime("%d %b"))
        for place in range(-HISTORY, horizon, LABEL_EVERY)
    ]
    return line_chart(
        f"{name}: orders a day",
        f"The last {HISTORY} days, {horizon} days ahead, and their 80% and 95% bands",
        lines,
        areas,
        labels,
    )


def profit_picture(insight: Insight) -> str:
    """Return the profit of calling the likeliest leavers first, on the test days."""
    risk, its = insight.risk_test, insight.assumptions
    curve = profit_curve(risk.chances, risk.leaves, its)
    share = [count / len(risk.leaves) for count in curve.contacted]
    calls = risk.chances >= threshold(its)
    best = (float(calls.mean()), profit_of(calls, risk.leaves, its))
    return line_chart(
        "Profit of calling the likeliest leavers first",
        f"Test days, {its.currency}; the dashed line is where the threshold stops",
        [
            Line(list(zip(share, curve.profit, strict=True))),
            Line([(best[0], 0.0), best], MUTED, dashed=True),
        ],
        labels=[(step / 4, f"{step / 4:.0%} called") for step in range(1, 4)],
    )
