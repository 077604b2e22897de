"""What comes in and goes out. Bodies take exactly the declared fields in the declared types."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

By = Literal["shop", "plan", "channel", "tenure"]
ShopName = Annotated[str, Field(min_length=1, max_length=60)]


class Offer(BaseModel):
    """An offer to try out: `start` counts from the first day ahead, 1."""

    model_config = ConfigDict(extra="forbid", strict=True)

    shop: ShopName
    start: Annotated[int, Field(ge=1, le=28)]
    days: Annotated[int, Field(ge=1, le=28)]
    discount: Annotated[float, Field(ge=0, le=0.5)]
    margin: Annotated[float, Field(ge=0, le=1)] = 0.6


class FigureOut(BaseModel):
    name: str
    value: str
    note: str


class AlertOut(BaseModel):
    level: str
    subject: str
    text: str


class Overview(BaseModel):
    as_of: str
    shops: list[str]
    horizon: int
    window: int
    currency: str
    assumptions: dict[str, float]
    figures: list[FigureOut]
    alerts: list[AlertOut]


class PastDay(BaseModel):
    day: str
    orders: float | None


class DayAhead(BaseModel):
    day: str
    forecast: float
    low80: float
    high80: float
    low95: float
    high95: float
    holiday: str
    discount: float


class Forecast(BaseModel):
    shop: str
    past: list[PastDay]
    ahead: list[DayAhead]


class WhatIfDay(BaseModel):
    day: str
    planned: float
    tried: float
    low80: float
    high80: float


class WhatIf(BaseModel):
    ahead: list[WhatIfDay]
    planned_orders: float
    tried_orders: float
    planned_margin: float
    tried_margin: float


class Segment(BaseModel):
    name: str
    members: int
    leaving: float
    chance: float
    calls: int


class MemberOut(BaseModel):
    member_id: str
    shop: str
    plan: str
    channel: str
    tenure_days: int
    chance: float
    worth_a_call: bool
    reasons: list[str]


class CurvePoint(BaseModel):
    called: float
    profit: float


class Profit(BaseModel):
    threshold: float
    calls: float
    profit: float
    everyone: float
    rounds: int
    members_tested: float
    members_now: int
    curve: list[CurvePoint]
