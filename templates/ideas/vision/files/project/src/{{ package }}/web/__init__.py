"""What this project adds to the service: inspecting pictures, and the page to do it with."""

from collections.abc import Callable

from fastapi import FastAPI

from ..api import health, page
from ..api.holder import Holder
from ..config import Settings
from ..inspector import Inspector, load_inspector
from ..model import ModelNotBuilt
from ..pictures import MAX_BYTES
from .desk import Desk
from .meters import InspectionMeters
from .routes import inspection_routes


def register(
    app: FastAPI, settings: Settings, load: Callable[[Settings], Inspector] = load_inspector
) -> None:
    """Add the routes, the page and the readiness check; tests pass their own `load`."""
    inspector = Holder(lambda: load(settings), ModelNotBuilt)
    app.state.max_body_bytes = MAX_BYTES
    health.add_check(app, "model", inspector.reason)
    desk = Desk(inspector, InspectionMeters(app.state.registry))
    app.include_router(inspection_routes(desk))
    page.install(app)
