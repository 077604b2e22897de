"""The routes of the review. Everything that comes in is typed, bounded and never logged."""

import base64
import hashlib
import logging
import time
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from starlette.concurrency import run_in_threadpool

from ..api.errors import ApiError, require_json
from ..api.fields import well_formed
from ..candidates import Candidate
from ..pages import Box
from .corrections import CorrectionLog
from .desk import Desk
from .meters import ReviewMeters
from .samples import list_samples, sample_pdf

TITLES = {
    "supplier": "Supplier",
    "number": "Number",
    "date": "Date",
    "due_date": "Due date",
    "currency": "Currency",
    "net": "Net",
    "tax": "Tax",
    "total": "Total",
}
FieldName = Literal["supplier", "number", "date", "due_date", "currency", "net", "tax", "total"]
Value = Annotated[str, StringConstraints(max_length=200), AfterValidator(well_formed)]

log = logging.getLogger(__name__)


class Strict(BaseModel):
    """A body with exactly the declared fields, in exactly the declared types."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Place(BaseModel):
    page: int
    box: tuple[float, float, float, float]


class FieldOut(BaseModel):
    name: str
    title: str
    value: str | None
    confidence: float
    sure: bool
    place: Place | None


class ItemOut(BaseModel):
    description: str
    quantity: str | None
    unit_price: str | None
    amount: str
    place: Place


class CheckOut(BaseModel):
    name: str
    state: str
    text: str


class PageOut(BaseModel):
    width: float
    height: float
    image: str


class Reply(BaseModel):
    document: str
    pages: list[PageOut]
    fields: list[FieldOut]
    items: list[ItemOut]
    checks: list[CheckOut]
    straight_through: bool
    threshold: float
    elapsed_ms: float


class Change(Strict):
    read: Value | None
    corrected: Value | None


class Row(Strict):
    description: Value
    quantity: Value
    unit_price: Value
    amount: Value


class Review(Strict):
    document: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
    fields: dict[FieldName, Change]
    items: Annotated[list[Row], Field(max_length=500)] = []


def review_routes(desk: Desk, corrections: CorrectionLog, meters: ReviewMeters) -> APIRouter:
    """The routes under /api, over the given parts."""
    router = APIRouter(prefix="/api", tags=["documents"])

    @router.get("/samples")
    def samples() -> list[dict[str, str]]:
        return list_samples()

    @router.get("/samples/{layout}")
    def sample(layout: str) -> Reply:
        pdf = sample_pdf(layout)
        if pdf is None:
            raise ApiError(404, "sample_not_found", "There is no sample of that name.")
        return _reply(desk, meters, pdf)

    @router.post("/documents", dependencies=[Depends(require_pdf)])
    async def document(request: Request) -> Reply:
        pdf = await request.body()
        if not pdf:
            raise ApiError(422, "empty", "The file is empty.")
        return await run_in_threadpool(_reply, desk, meters, pdf)

    @router.post("/corrections", status_code=201, dependencies=[Depends(require_json)])
    def review(body: Review) -> dict[str, int]:
        changed = {
            name: change.model_dump()
            for name, change in body.fields.items()
            if change.read != change.corrected
        }
        corrections.append(body.document, changed, [row.model_dump() for row in body.items])
        for name in changed:
            meters.corrected(name)
        return {"corrected": len(changed)}

    return router


def require_pdf(request: Request) -> None:
    """Dependency: a PDF as the body itself. No form of another site can send that."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/pdf":
        message = "Send the PDF itself as the body, with content type application/pdf."
        raise ApiError(415, "unsupported_media_type", message)


def _reply(desk: Desk, meters: ReviewMeters, pdf: bytes) -> Reply:
    started = time.perf_counter()
    try:
        sheet = desk.read(pdf)
    except ApiError as error:
        meters.refused(error.code)
        raise
    reading, threshold = sheet.reading, sheet.threshold
    meters.read(reading, threshold)
    elapsed = round((time.perf_counter() - started) * 1000, 2)
    through = reading.lowest >= threshold
    fields = {"pages": len(sheet.pictures), "straight_through": through, "elapsed_ms": elapsed}
    log.info("read", extra={"fields": fields})
    return Reply(
        document=hashlib.sha256(pdf).hexdigest(),
        pages=[
            PageOut(
                width=picture.width,
                height=picture.height,
                image="data:image/png;base64," + base64.b64encode(picture.png).decode(),
            )
            for picture in sheet.pictures
        ],
        fields=[
            FieldOut(
                name=one.field,
                title=TITLES[one.field],
                value=one.value,
                confidence=round(one.confidence, 4),
                sure=one.confidence >= threshold,
                place=_place(one.chosen),
            )
            for one in reading.fields
        ],
        items=[
            ItemOut(
                description=item.description,
                quantity=item.quantity,
                unit_price=item.unit_price,
                amount=item.amount,
                place=Place(page=item.page, box=_box(item.box)),
            )
            for item in reading.items
        ],
        checks=[CheckOut(name=one.name, state=one.state, text=one.text) for one in reading.checks],
        straight_through=through,
        threshold=threshold,
        elapsed_ms=elapsed,
    )


def _place(chosen: Candidate | None) -> Place | None:
    return Place(page=chosen.page, box=_box(chosen.box)) if chosen else None


def _box(box: Box) -> tuple[float, float, float, float]:
    return (round(box.x0, 1), round(box.y0, 1), round(box.x1, 1), round(box.y1, 1))
