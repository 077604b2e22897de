"""The shop's routes. Everything that comes in is typed, bounded and never logged."""

import logging
import time
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from ..api.errors import ApiError, require_json
from ..api.fields import Text, well_formed
from ..api.holder import Holder
from ..because import Kind
from ..catalogue import Book
from ..recommender import Recommender, Shelf, UnknownBook
from .cache import ShelfCache
from .meters import ShelfMeters

MAX_PICKS = 50
MAX_COUNT = 24
MAX_FOUND = 12

log = logging.getLogger(__name__)


class Request(BaseModel):
    """Exactly these fields, in exactly these types."""

    model_config = ConfigDict(extra="forbid", strict=True)

    picks: Annotated[list[Annotated[Text, Field(max_length=40)]], Field(max_length=MAX_PICKS)]
    count: Annotated[int, Field(ge=1, le=MAX_COUNT)] = 12
    diversity: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.0


class BookOut(BaseModel):
    id: str
    title: str
    author: str
    genre: str
    subjects: list[str]
    series: str
    volume: int
    blurb: str
    price: float

    @classmethod
    def of(cls, book: Book) -> "BookOut":
        return cls.model_validate(book, from_attributes=True)


class BecauseOut(BaseModel):
    kind: Kind
    text: str
    book: str | None


class ItemOut(BaseModel):
    book: BookOut
    fit: float
    because: BecauseOut


class Reply(BaseModel):
    recommendations: list[ItemOut]
    variety: float
    cold: bool
    elapsed_ms: float


class Starter(BaseModel):
    title: str
    books: list[BookOut]


def shop_routes(holder: Holder[Recommender], cache: ShelfCache, meters: ShelfMeters) -> APIRouter:
    """The routes under /api, over the given parts."""
    router = APIRouter(prefix="/api", tags=["shop"])

    @router.post("/recommend", dependencies=[Depends(require_json)])
    def recommend(body: Request) -> Reply:
        started = time.perf_counter()
        recommender = holder.get()
        diversity = round(body.diversity, 2)
        try:
            shelf, kept = cache.get(
                body.picks,
                body.count,
                diversity,
                lambda: recommender.recommend(body.picks, body.count, diversity),
            )
        except UnknownBook as error:
            raise ApiError(422, "unknown_book", f"picks: {error}") from error
        meters.given(shelf, kept)
        elapsed = round((time.perf_counter() - started) * 1000, 2)
        fields = {"picks": len(body.picks), "kept": kept, "elapsed_ms": elapsed}
        log.info("recommended", extra={"fields": fields})
        return _reply(shelf, recommender, elapsed)

    @router.get("/books")
    def books(
        q: Annotated[str, Query(max_length=80), AfterValidator(well_formed)] = "",
    ) -> list[BookOut]:
        return [BookOut.of(book) for book in holder.get().find(q, MAX_FOUND)]

    @router.get("/starters")
    def starters() -> list[Starter]:
        shelves = holder.get().starters()
        return [
            Starter(title=title, books=[BookOut.of(book) for book in books])
            for title, books in shelves.items()
        ]

    return router


def _reply(shelf: Shelf, recommender: Recommender, elapsed: float) -> Reply:
    items = [
        ItemOut(
            book=BookOut.of(item.book),
            fit=item.fit,
            because=BecauseOut(
                kind=item.because.kind,
                text=item.because.text,
                book=None if item.because.book is None else recommender.books[item.because.book].id,
            ),
        )
        for item in shelf.recommendations
    ]
    return Reply(recommendations=items, variety=shelf.variety, cold=shelf.cold, elapsed_ms=elapsed)
