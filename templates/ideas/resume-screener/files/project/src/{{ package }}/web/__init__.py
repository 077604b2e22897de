"""What this project adds to the service: screening's routes and its page."""

from collections.abc import Callable

from fastapi import FastAPI

from ..api import health, page
from ..api.holder import Holder
from ..config import Settings
from ..model import ModelNotReady
from .desk import Desk
from .meters import ScreeningMeters
from .screening import screening_routes

MAX_BODY_BYTES = 2 * 1024 * 1024


def register(
    app: FastAPI, settings: Settings, load: Callable[[Settings], Desk] = Desk.load
) -> None:
    """Add the routes, the page and the readiness check; tests pass their own `load`."""
    desk = Holder(lambda: load(settings), ModelNotReady)
    app.state.max_body_bytes = MAX_BODY_BYTES  # a PDF is larger than JSON
    health.add_check(app, "model", desk.reason)
    app.include_router(screening_routes(desk, ScreeningMeters(app.state.registry)))
    page.install(app)
