"""Builds the application and runs it."""

import logging
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from ..config import Settings
from . import errors, health, metrics
from .logs import configure_logging
from .middleware import BodyLimit, Observe, SecurityHeaders

Register = Callable[[FastAPI, Settings], None]

DEFAULT_MAX_BODY_BYTES = 64 * 1024
SHUTDOWN_SECONDS = 10

log = logging.getLogger(__name__)


def create_app(settings: Settings, register: Register | None = None) -> FastAPI:
    """Build the service; `register` adds the routes (default: the project's `web.register`)."""
    if register is None:
        from ..web import register as project_routes  # late: web imports this package

        register = project_routes
    # The interactive docs load scripts from other hosts, which the content policy forbids.
    app = FastAPI(
        title=__name__.partition(".")[0],
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.max_body_bytes = DEFAULT_MAX_BODY_BYTES
    errors.install(app)
    metrics.install(app)
    health.install(app)
    register(app, settings)
    app.add_middleware(BodyLimit)
    app.add_middleware(Observe, metrics=app.state.http_metrics)
    app.add_middleware(SecurityHeaders)  # added last, so outermost: errors get the headers too
    return app


def serve(settings: Settings) -> None:
    """Serve until a signal; requests in flight get `SHUTDOWN_SECONDS` to finish."""
    configure_logging(settings.log_level)
    app = create_app(settings)
    log.info("serving", extra={"fields": {"url": f"http://{settings.host}:{settings.port}/"}})
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
