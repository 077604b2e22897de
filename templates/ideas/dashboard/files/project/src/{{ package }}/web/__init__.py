"""What this project adds to the service: the dashboard's routes and its page."""

from collections.abc import Callable

from fastapi import FastAPI

from ..api import health, page
from ..api.holder import Holder
from ..building import NotBuiltError
from ..config import Settings
from ..insight import Insight
from .meters import DashboardMeters
from .routes import dashboard_routes


def register(
    app: FastAPI, settings: Settings, load: Callable[[Settings], Insight] = Insight.load
) -> None:
    """Add the routes, the page and the readiness check; tests pass their own `load`."""
    desk = Holder(lambda: load(settings), NotBuiltError)
    health.add_check(app, "models", desk.reason)
    app.include_router(dashboard_routes(desk, DashboardMeters(app.state.registry)))
    page.install(app)
