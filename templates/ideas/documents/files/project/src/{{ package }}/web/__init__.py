"""What this project adds to the service: reading documents, and the page to review them."""

from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from ..api import health
from ..config import Settings
from ..extractor import Extractor
from ..model import load_extractor
from ..reader import MAX_BYTES
from ..worker import Worker
from .corrections import CorrectionLog
from .desk import Desk
from .meters import ReviewMeters
from .review import review_routes

STATIC = Path(__file__).parent / "static"


def register(
    app: FastAPI,
    settings: Settings,
    load: Callable[[Settings], tuple[Extractor, float]] = load_extractor,
) -> None:
    """Add the routes, the page and the readiness check; tests pass their own `load`."""
    worker = Worker(settings.read_timeout_s, settings.read_memory_mb, settings.ocr)
    desk = Desk(lambda: load(settings), worker)
    corrections = CorrectionLog(settings.reports_dir / "corrections.jsonl")
    app.state.max_body_bytes = MAX_BYTES
    app.state.worker = worker
    health.add_check(app, "model", desk.reason)
    app.include_router(review_routes(desk, corrections, ReviewMeters(app.state.registry)))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")

    @app.get("/", include_in_schema=False)
    def index() -> FileResponse:
        return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})
