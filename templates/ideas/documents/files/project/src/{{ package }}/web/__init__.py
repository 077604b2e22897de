"""What this project adds to the service: reading documents, and the page to review them."""

from collections.abc import Callable

from fastapi import FastAPI

from ..api import health, page
from ..api.holder import Holder
from ..config import Settings
from ..model import ModelNotBuilt, load_extractor
from ..reader import MAX_BYTES
from ..worker import Worker
from .corrections import CorrectionLog
from .desk import Desk, Loaded
from .meters import ReviewMeters
from .review import review_routes


def register(
    app: FastAPI, settings: Settings, load: Callable[[Settings], Loaded] = load_extractor
) -> None:
    """Add the routes, the page and the readiness check; tests pass their own `load`."""
    worker = Worker(settings.read_timeout_s, settings.read_memory_mb, settings.ocr)
    model = Holder(lambda: load(settings), ModelNotBuilt)
    corrections = CorrectionLog(settings.reports_dir / "corrections.jsonl")
    app.state.max_body_bytes = MAX_BYTES
    health.add_check(app, "model", model.reason)
    app.include_router(
        review_routes(Desk(model, worker), corrections, ReviewMeters(app.state.registry))
    )
    page.install(app)
