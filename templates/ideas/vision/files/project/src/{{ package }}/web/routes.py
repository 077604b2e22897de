"""The routes of the inspection. Everything that comes in is typed, bounded and never logged."""

import base64
import logging
from dataclasses import asdict

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool

from ..api.errors import ApiError
from ..pictures import coloured, png
from ..surfaces import Surface
from .desk import Desk, Report
from .samples import SAMPLES, sample_picture

TYPES = frozenset({"image/png", "image/jpeg"})

log = logging.getLogger(__name__)


class SampleOut(BaseModel):
    id: str
    title: str
    note: str
    image: str


class Spot(BaseModel):
    left: int
    top: int
    score: float


class Reply(BaseModel):
    surface: Surface
    width: int
    height: int
    image: str
    heat: str
    tiles: list[Spot]
    score: float
    threshold: float
    rejected: bool
    elapsed_ms: float


class LineOut(BaseModel):
    threshold: float
    strict: float
    thresholds: list[float]
    recall: list[float]
    alarms: list[float]


class Costs(BaseModel):
    tiles_per_day: int
    defect_rate: float
    cost_per_escape: float
    cost_per_false_reject: float
    currency: str
    surfaces: dict[Surface, LineOut]


def inspection_routes(desk: Desk) -> APIRouter:
    """The routes under /api, over a desk."""
    router = APIRouter(prefix="/api", tags=["inspection"])

    @router.get("/samples")
    def samples() -> list[SampleOut]:
        return [
            SampleOut(id=name, title=one.title, note=one.note, image=data_url(png(shown)))
            for name, one in SAMPLES.items()
            if (shown := sample_picture(name)) is not None
        ]

    @router.get("/samples/{name}")
    def sample(name: str) -> Reply:
        picture = sample_picture(name) if name in SAMPLES else None
        if picture is None:
            raise ApiError(404, "sample_not_found", "There is no sample of that name.")
        return _reply(desk.inspect(SAMPLES[name].surface, picture))

    @router.post("/inspections", dependencies=[Depends(require_picture)])
    async def inspection(request: Request, surface: Surface) -> Reply:
        data = await request.body()
        return await run_in_threadpool(lambda: _reply(desk.upload(surface, data)))

    @router.get("/costs")
    def costs() -> Costs:
        inspector = desk.inspector
        lines = {
            surface: LineOut(
                threshold=line.threshold,
                strict=line.strict,
                thresholds=list(line.curve.thresholds),
                recall=list(line.curve.recall),
                alarms=list(line.curve.alarms),
            )
            for surface, line in inspector.lines.items()
        }
        return Costs(**inspector.assumptions.model_dump(), surfaces=lines)

    return router


def require_picture(request: Request) -> None:
    """Dependency: a picture as the body itself. No form of another site can send that."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in TYPES:
        message = "Send the picture itself as the body, as image/png or image/jpeg."
        raise ApiError(415, "unsupported_media_type", message)


def data_url(data: bytes) -> str:
    """Return a PNG so that a page can show it."""
    return "data:image/png;base64," + base64.b64encode(data).decode()


def _reply(report: Report) -> Reply:
    found = report.found
    rejected = found.score >= found.threshold
    fields = {"tiles": len(found.tiles), "rejected": rejected, "elapsed_ms": report.elapsed_ms}
    log.info("inspected", extra={"fields": fields})
    return Reply(
        surface=report.surface,
        width=report.picture.shape[1],
        height=report.picture.shape[0],
        image=data_url(png(report.picture)),
        heat=data_url(png(coloured(found.heat))),
        tiles=[Spot(**asdict(one)) for one in found.tiles],
        score=found.score,
        threshold=found.threshold,
        rejected=rejected,
        elapsed_ms=report.elapsed_ms,
    )
