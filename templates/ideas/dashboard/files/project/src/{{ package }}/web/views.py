"""Shapes the insight into what the page shows."""

from dataclasses import asdict

import numpy as np

from ..insight import ALL, TENURES, Insight
from ..panel import Matrix, Panel
from ..profit import Assumptions, profit_curve, profit_of, threshold
from ..summary import figures
from .schemas import (
    AlertOut,
    By,
    CurvePoint,
    DayAhead,
    FigureOut,
    Forecast,
    MemberOut,
    Offer,
    Overview,
    PastDay,
    Profit,
    Segment,
    WhatIf,
    WhatIfDay,
)

HISTORY = 56


def overview(insight: Insight) -> Overview:
    """Return the figures on top, alerts, and what the page's controls need."""
    panel, its = insight.panel, insight.assumptions
    return Overview(
        as_of=panel.day(panel.days - 1).isoformat(),
        shops=list(insight.names),
        horizon=insight.plan.horizon,
        window=insight.plan.window,
        currency=its.currency,
        assumptions=its.model_dump(exclude={"currency"}),
        figures=[FigureOut(**asdict(figure)) for figure in figures(insight)],
        alerts=[AlertOut(**asdict(alert)) for alert in insight.alerts],
    )


def forecast(insight: Insight, shop: str) -> Forecast:
    """Return a shop's recent days and the days ahead with both bands."""
    panel, ahead = insight.panel, insight.outlook(shop)
    start = panel.days - HISTORY
    past = [
        PastDay(day=panel.day(start + place).isoformat(), orders=_known(orders))
        for place, orders in enumerate(insight.history(shop, HISTORY))
    ]
    coming = [
        DayAhead(
            day=panel.day(panel.days + place).isoformat(),
            forecast=_round(value),
            low80=_round(ahead.low[0, place]),
            high80=_round(ahead.high[0, place]),
            low95=_round(ahead.low[1, place]),
            high95=_round(ahead.high[1, place]),
            holiday=panel.holidays[panel.days + place].replace("_", " "),
            discount=float(_discount(panel, insight, shop)[place].max()),
        )
        for place, value in enumerate(ahead.forecast)
    ]
    return Forecast(shop=shop, past=past, ahead=coming)


def what_if(insight: Insight, offer: Offer) -> WhatIf:
    """Return the days ahead as planned, and with the offer instead of what is planned."""
    tried_panel = insight.with_offer(offer.shop, offer.start, offer.days, offer.discount)
    planned, tried = insight.outlook(offer.shop), insight.outlook(offer.shop, tried_panel)
    days = [
        WhatIfDay(
            day=insight.panel.day(insight.panel.days + place).isoformat(),
            planned=_round(planned.forecast[place]),
            tried=_round(tried.forecast[place]),
            low80=_round(tried.low[0, place]),
            high80=_round(tried.high[0, place]),
        )
        for place in range(insight.plan.horizon)
    ]
    return WhatIf(
        ahead=days,
        planned_orders=_round(planned.forecast.sum()),
        tried_orders=_round(tried.forecast.sum()),
        planned_margin=_round(_margin(insight, insight.panel, offer)),
        tried_margin=_round(_margin(insight, tried_panel, offer)),
    )


def segments(insight: Insight, by: By) -> list[Segment]:
    """Return the members by one dimension, highest chance first."""
    names = np.array(insight.segment(by))
    bound = threshold(insight.assumptions)
    found = []
    for name in dict.fromkeys(names.tolist()):
        chances = insight.chances[names == name]
        found.append(
            Segment(
                name=name,
                members=len(chances),
                leaving=float(chances.sum()),
                chance=float(chances.mean()),
                calls=int((chances >= bound).sum()),
            )
        )
    order = {name: place for place, (_, name) in enumerate(TENURES)}
    if by == "tenure":
        return sorted(found, key=lambda its: order.get(its.name, len(order)))
    return sorted(found, key=lambda its: -its.chance)


def members(insight: Insight, by: By, segment: str, limit: int) -> list[MemberOut]:
    """Return the likeliest leavers of a segment, with what speaks for it."""
    inside = np.array([name == segment for name in insight.segment(by)])
    places = np.flatnonzero(inside)
    places = places[np.argsort(-insight.chances[places], kind="stable")][:limit]
    bound = threshold(insight.assumptions)
    return [
        MemberOut(
            **{name: str(insight.members[place][name]) for name in MEMBER_FIELDS},
            tenure_days=int(insight.members[place]["tenure"]),
            chance=float(insight.chances[place]),
            worth_a_call=bool(insight.chances[place] >= bound),
            reasons=insight.model.reasons(insight.members[place]),
        )
        for place in places.tolist()
    ]


MEMBER_FIELDS = ("member_id", "shop", "plan", "channel")


def profit(insight: Insight, its: Assumptions) -> Profit:
    """Return what calling would have brought a round on the test days, by the assumptions."""
    risk = insight.risk_test
    rounds = len(insight.plan.test_days(insight.panel.days))
    calls = risk.chances >= threshold(its)
    curve = profit_curve(risk.chances, risk.leaves, its)
    return Profit(
        threshold=threshold(its),
        calls=float(calls.sum()) / rounds,
        profit=profit_of(calls, risk.leaves, its) / rounds,
        everyone=profit_of(np.ones_like(calls), risk.leaves, its) / rounds,
        rounds=rounds,
        members_tested=len(calls) / rounds,
        members_now=int((insight.chances >= threshold(its)).sum()),
        curve=[
            CurvePoint(called=called / len(calls), profit=value / rounds)
            for called, value in zip(curve.contacted, curve.profit, strict=True)
        ],
    )


def _margin(insight: Insight, panel: Panel, offer: Offer) -> float:
    """Orders x their usual value x what is left of it after goods and discount."""
    table = insight.fitted.forecast(panel, insight.plan.horizon)
    kept = offer.margin - _discount(panel, insight, ALL)
    if offer.shop != ALL:
        place = panel.shops.index(offer.shop)
        table, kept = table[:, [place]], kept[:, [place]]
    return float((table * kept).sum() * insight.order_value)


def _discount(panel: Panel, insight: Insight, shop: str) -> Matrix:
    ahead = panel.discount[panel.days : panel.days + insight.plan.horizon]
    return ahead if shop == ALL else ahead[:, [panel.shops.index(shop)]]


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _round(value: float) -> float:
    return round(float(value), 1)
