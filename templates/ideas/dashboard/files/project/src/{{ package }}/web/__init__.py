"""What this project adds to the service: the dashboard's routes and its page."""

from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from ..api import health
from ..config import Settings
from ..insight import Insight
from .desk import Desk
from .meters import DashboardMeters
from .routes import dashboard_routes

STATIC = Path(__file__).parent / "static"


def register(
    app: FastAPI, settings: Settings, load: Callable[[Settings], Insight] = Insight.load
) -> None:
    """Add the routes, the page and the readiness check; tests pass their own `load`."""
    desk = Desk(lambda: load(settings))
    health.add_check(app, "models", desk.reason)
    app.include_router(dashboard_routes(desk, DashboardMeters(app.state.registry)))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")

    @app.get("/", include_in_schema=False)
    def index() -> FileResponse:
        return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})
