"""The chat's routes. Everything that comes in is typed, bounded and never logged."""

import logging
import time
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from ..api.errors import ApiError, require_json
from ..api.fields import StrictBody, well_formed
from ..api.holder import Holder
from ..assistant import Assistant
from .feedback import FeedbackLog
from .meters import ChatMeters
from .pages import PageStore

MAX_QUESTION = 2000

log = logging.getLogger(__name__)


class Question(StrictBody):
    question: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION),
        AfterValidator(well_formed),
    ]


class Source(BaseModel):
    page: str
    section: str
    title: str
    quote: str
    score: float


class Reply(BaseModel):
    answer: str
    citations: list[Source]
    abstained: bool
    confidence: float
    provider: str
    notice: str | None
    elapsed_ms: float


class Vote(StrictBody):
    helpful: bool
    abstained: bool = False
    pages: list[str] = Field(default_factory=list, max_length=10)


def chat_routes(
    desk: Holder[Assistant], pages: PageStore, feedback: FeedbackLog, meters: ChatMeters
) -> APIRouter:
    """The routes under /api, over the given parts."""
    router = APIRouter(prefix="/api", tags=["chat"])

    @router.post("/ask", dependencies=[Depends(require_json)])
    def ask(body: Question) -> Reply:
        started = time.perf_counter()
        answer = desk.get().ask(body.question)
        elapsed = round((time.perf_counter() - started) * 1000, 2)
        meters.answered(answer)
        fields = {
            "length": len(body.question),
            "abstained": answer.abstained,
            "confidence": round(answer.confidence, 3),
            "provider": answer.provider,
            "elapsed_ms": elapsed,
        }
        log.info("answered", extra={"fields": fields})
        return Reply(
            answer=answer.text,
            citations=[Source(**asdict(citation)) for citation in answer.citations],
            abstained=answer.abstained,
            confidence=answer.confidence,
            provider=answer.provider,
            notice=answer.notice,
            elapsed_ms=elapsed,
        )

    @router.get("/pages/{slug}")
    def page(slug: str) -> dict[str, Any]:
        found = pages.get(slug)
        if found is None:
            raise ApiError(404, "page_not_found", "There is no help page of that name.")
        return asdict(found)

    @router.post("/feedback", status_code=201, dependencies=[Depends(require_json)])
    def vote(body: Vote) -> dict[str, str]:
        if any(pages.get(slug) is None for slug in body.pages):
            raise ApiError(422, "invalid_request", "pages: there is no help page of that name")
        feedback.append(body.helpful, body.abstained, body.pages)
        meters.voted(body.helpful)
        return {"status": "stored"}

    return router
