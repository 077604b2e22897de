"""One JSON shape for every failure: {"error": {"code": ..., "message": ...}}.

Messages never repeat what the client sent: an echo may end up in a log or in a page.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

MAX_REPORTED = 5

CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "timeout",
    409: "conflict",
    413: "body_too_large",
    415: "unsupported_media_type",
    422: "invalid_request",
    429: "too_many_requests",
    500: "internal_error",
    503: "unavailable",
}
MESSAGES = {
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
}


class ApiError(Exception):
    """A failure that the client is told about as it stands."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message


def error_response(
    status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    body = {"error": {"code": code, "message": message}}
    return JSONResponse(body, status_code=status, headers=headers)


def install(app: FastAPI) -> None:
    """Turn every exception that a route can raise into the one shape."""
    app.exception_handler(ApiError)(_on_api_error)
    app.exception_handler(HTTPException)(_on_http_exception)
    app.exception_handler(RequestValidationError)(_on_invalid)


def require_json(request: Request) -> None:
    """Dependency for routes with a JSON body: anything else is answered with 415.

    It also keeps other sites from posting here: a form cannot send this content type, and a
    script that does must ask first, which this service never allows.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        message = "Send the body as JSON, with content type application/json."
        raise ApiError(415, "unsupported_media_type", message)


def _on_api_error(_: Request, error: ApiError) -> JSONResponse:
    return error_response(error.status, error.code, error.message)


def _on_http_exception(_: Request, error: HTTPException) -> JSONResponse:
    code = CODES.get(error.status_code, "error")
    message = MESSAGES.get(error.status_code, str(error.detail))
    return error_response(error.status_code, code, message, error.headers)


def _on_invalid(_: Request, error: RequestValidationError) -> JSONResponse:
    problems = error.errors()
    if any(problem["type"] == "json_invalid" for problem in problems):
        return error_response(400, "invalid_json", "The body is not valid JSON.")
    lines = [_describe(problem) for problem in problems[:MAX_REPORTED]]
    return error_response(422, "invalid_request", "; ".join(lines))


def _describe(problem: Mapping[str, Any]) -> str:
    if problem["type"] == "extra_forbidden":
        return "there is a field that is not known here"
    place = ".".join(str(part) for part in problem["loc"][1:]) or "body"
    return f"{place}: {problem['msg']}"
