"""`/healthz`: the process answers. `/readyz`: it can do its work, or says why not."""

from collections.abc import Callable

from fastapi import FastAPI

from .errors import ApiError

# A check returns None when all is well, else the reason in one sentence.
Check = Callable[[], str | None]


def add_check(app: FastAPI, name: str, check: Check) -> None:
    """Let `/readyz` ask `check` as well."""
    app.state.checks[name] = check


def install(app: FastAPI) -> None:
    checks: dict[str, Check] = {}
    app.state.checks = checks

    @app.get("/healthz", tags=["health"])
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", tags=["health"])
    def readyz() -> dict[str, str]:
        reasons = {name: check() for name, check in checks.items()}
        failed = [f"{name}: {reason}" for name, reason in reasons.items() if reason is not None]
        if failed:
            raise ApiError(503, "not_ready", "; ".join(failed))
        return {"status": "ready"}
