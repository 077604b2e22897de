"""What this project adds to the service: the chat's routes and its page."""

from collections.abc import Callable

from fastapi import FastAPI

from ..api import health, page
from ..api.holder import Holder
from ..assistant import Assistant, IndexNotBuilt
from ..config import Settings
from .chat import chat_routes
from .feedback import FeedbackLog
from .meters import ChatMeters
from .pages import PageStore


def register(
    app: FastAPI, settings: Settings, load: Callable[[Settings], Assistant] = Assistant.load
) -> None:
    """Add the routes, the page and the readiness check; tests pass their own `load`."""
    desk = Holder(lambda: load(settings), IndexNotBuilt)
    pages = PageStore(settings.data_dir / "raw")
    feedback = FeedbackLog(settings.reports_dir / "feedback.jsonl")
    meters = ChatMeters(app.state.registry)
    health.add_check(app, "index", desk.reason)
    app.include_router(chat_routes(desk, pages, feedback, meters))
    page.install(app)
