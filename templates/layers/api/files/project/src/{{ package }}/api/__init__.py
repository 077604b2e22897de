"""The HTTP service: everything that does not depend on what the project answers.

The project adds its own routes in `web/__init__.py`:

    def register(app: FastAPI, settings: Settings) -> None: ...

`register` is called once, before the first request. It includes routers, adds readiness
checks (`health.add_check`), creates its metrics on `app.state.registry`, and may raise the
limit on request bodies (`app.state.max_body_bytes`).
"""

from .app import create_app, serve

__all__ = ["create_app", "serve"]
