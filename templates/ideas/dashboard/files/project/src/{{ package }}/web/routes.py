"""The dashboard's routes. What comes in is typed and bounded; nothing is written."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from ..api.errors import ApiError, require_json
from ..api.holder import Holder
from ..insight import Insight
from ..profit import Assumptions
from . import views
from .meters import DashboardMeters
from .schemas import By, Forecast, MemberOut, Offer, Overview, Profit, Segment, ShopName, WhatIf


def dashboard_routes(desk: Holder[Insight], meters: DashboardMeters) -> APIRouter:
    """The routes under /api."""
    router = APIRouter(prefix="/api", tags=["dashboard"])

    @router.get("/overview")
    def overview() -> Overview:
        found = views.overview(desk.get())
        for level in ("watch", "alarm"):
            count = sum(alert.level == level for alert in found.alerts)
            meters.alerts.labels(level).set(count)
        return found

    @router.get("/forecast")
    def forecast(shop: ShopName) -> Forecast:
        insight = desk.get()
        _require_shop(shop, insight.names)
        return views.forecast(insight, shop)

    @router.post("/whatif", dependencies=[Depends(require_json)])
    def what_if(offer: Offer) -> WhatIf:
        insight = desk.get()
        _require_shop(offer.shop, insight.names)
        if offer.start > insight.plan.horizon:
            text = f"start: must be at most {insight.plan.horizon}"
            raise ApiError(422, "invalid_request", text)
        meters.what_ifs.labels(offer.shop).inc()
        return views.what_if(insight, offer)

    @router.get("/segments")
    def segments(by: By) -> list[Segment]:
        return views.segments(desk.get(), by)

    @router.get("/members")
    def members(
        by: By,
        segment: Annotated[str, Query(min_length=1, max_length=60)],
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
    ) -> list[MemberOut]:
        found = views.members(desk.get(), by, segment, limit)
        if not found:
            raise ApiError(404, "segment_not_found", "There is no segment of that name.")
        return found

    @router.post("/profit", dependencies=[Depends(require_json)])
    def profit(assumptions: Assumptions) -> Profit:
        meters.profits.inc()
        return views.profit(desk.get(), assumptions)

    return router


def _require_shop(name: str, names: tuple[str, ...]) -> None:
    if name not in names:
        raise ApiError(404, "shop_not_found", "There is no shop of that name.")
