"""What this project adds to the service: the chat's routes and its page."""

from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from ..api import health
from ..assistant import Assistant
from ..config import Settings
from .chat import chat_routes
from .desk import Desk
from .feedback import FeedbackLog
from .meters import ChatMeters
from .pages import PageStore

STATIC = Path(__file__).parent / "static"


def register(
    app: FastAPI, settings: Settings, load: Callable[[Settings], Assistant] = Assistant.load
) -> None:
    """Add the routes, the page and the readiness check; tests pass their own `load`."""
    desk = Desk(lambda: load(settings))
    pages = PageStore(settings.data_dir / "raw")
    feedback = FeedbackLog(settings.reports_dir / "feedback.jsonl")
    meters = ChatMeters(app.state.registry)
    health.add_check(app, "index", desk.reason)
    app.include_router(chat_routes(desk, pages, feedback, meters))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")

    @app.get("/", include_in_schema=False)
    def index() -> FileResponse:
        return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})
