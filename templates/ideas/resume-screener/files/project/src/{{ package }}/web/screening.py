"""Screening's routes. Everything that comes in is typed, bounded and never logged or kept."""

import logging
import time
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import AfterValidator, BaseModel, StringConstraints

from ..api.errors import ApiError, require_json
from ..api.fields import StrictBody, well_formed
from ..api.holder import Holder
from ..pdf import MAX_CHARACTERS, UnreadablePdf, read_pdf_apart
from ..posting import Posting
from ..reasons import doubts, findings, reasons
from ..wording import Wording
from .desk import FROM_UPLOAD, Desk, Shown
from .meters import ScreeningMeters

PDF = "application/pdf"

log = logging.getLogger(__name__)


class JobShown(BaseModel):
    id: str
    title: str
    text: str
    applications: int
    must: list[str]
    nice: list[str]
    years: int


class RankRequest(StrictBody):
    job: Annotated[str, StringConstraints(max_length=40)]
    redact: bool = True


class UploadRequest(RankRequest):
    text: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_CHARACTERS),
        AfterValidator(well_formed),
    ]


class FindingShown(BaseModel):
    skill: str
    must: bool
    level: str
    quote: str | None
    last_year: int | None


class ReasonShown(BaseModel):
    label: str
    points: float


class Applicant(BaseModel):
    id: str
    name: str
    place: int
    score: float
    swap: float | None
    findings: list[FindingShown]
    reasons: list[ReasonShown]
    doubts: list[str]
    text: str


class Ranking(BaseModel):
    job: str
    redacted: bool
    applicants: list[Applicant]
    elapsed_ms: float


class TextRead(BaseModel):
    text: str


def screening_routes(desk: Holder[Desk], meters: ScreeningMeters) -> APIRouter:
    """The routes under /api, over the given parts."""
    router = APIRouter(prefix="/api", tags=["screening"])

    @router.get("/jobs")
    def jobs() -> list[JobShown]:
        return [
            JobShown(
                id=pool.job.id,
                title=pool.job.title,
                text=pool.job.text,
                applications=len(pool.applications),
                must=list(pool.posting.must),
                nice=list(pool.posting.nice),
                years=pool.posting.years,
            )
            for pool in desk.get().pools.values()
        ]

    @router.post("/rank", dependencies=[Depends(require_json)])
    def rank(body: RankRequest) -> Ranking:
        return _answer(desk.get(), body, meters)

    @router.post("/upload", dependencies=[Depends(require_json)])
    def upload(body: UploadRequest) -> Ranking:
        return _answer(desk.get(), body, meters, body.text)

    @router.post("/read-pdf", openapi_extra={"requestBody": {"content": {PDF: {}}}})
    async def read_pdf(request: Request) -> TextRead:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != PDF:
            raise ApiError(415, "unsupported_media_type", f"Send the file as {PDF}.")
        return await _read(await request.body(), meters)

    return router


async def _read(content: bytes, meters: ScreeningMeters) -> TextRead:
    from anyio.to_thread import run_sync  # reading may take seconds: other requests go on

    try:
        text = await run_sync(read_pdf_apart, content)
    except UnreadablePdf as unreadable:
        meters.read("refused")
        raise ApiError(422, "unreadable_pdf", str(unreadable)) from unreadable
    meters.read("read")
    return TextRead(text=text)


def _answer(
    desk: Desk, body: RankRequest, meters: ScreeningMeters, upload: str | None = None
) -> Ranking:
    started = time.perf_counter()
    if body.job not in desk.pools:
        raise ApiError(404, "unknown_job", "There is no such job.")
    if upload is None:
        shown = desk.ranking(body.job, body.redact)
    else:
        shown = desk.with_upload(body.job, body.redact, upload)
    posting = desk.pools[body.job].posting
    wording = desk.screener.ranker(body.redact).wording
    applicants = [_applicant(one, shown, posting, wording) for one in shown]
    elapsed = round((time.perf_counter() - started) * 1000, 2)
    meters.ranked(body.redact)
    fields = {"redacted": body.redact, "upload": upload is not None, "elapsed_ms": elapsed}
    log.info("ranked", extra={"fields": fields})
    return Ranking(job=body.job, redacted=body.redact, applicants=applicants, elapsed_ms=elapsed)


def _applicant(one: Shown, everyone: list[Shown], posting: Posting, wording: Wording) -> Applicant:
    found = findings(posting, one.screened.resume)
    pool = [other.screened for other in everyone if other.id != FROM_UPLOAD]
    return Applicant(
        id=one.id,
        name=one.name,
        place=one.screened.place,
        score=round(one.screened.score, 1),
        swap=None if one.swap is None else round(one.swap, 1),
        findings=[
            FindingShown(
                skill=its.skill,
                must=its.must,
                level=its.level,
                quote=its.quote,
                last_year=its.last_year,
            )
            for its in found
        ],
        reasons=[
            ReasonShown(label=reason.label, points=round(reason.points, 1))
            for reason in reasons(one.screened, pool, wording)
        ],
        doubts=doubts(found),
        text=one.screened.resume.text,
    )
