"""Serves the page: `/` is web/static/index.html, and its parts lie beside it, below `/static/`."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

STATIC = Path(__file__).parents[1] / "web" / "static"


def install(app: FastAPI) -> None:
    """Add the page's routes; the security headers come from the middleware."""
    app.mount("/static", StaticFiles(directory=STATIC), name="static")

    @app.get("/", include_in_schema=False)
    def index() -> FileResponse:
        return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-cache"})
