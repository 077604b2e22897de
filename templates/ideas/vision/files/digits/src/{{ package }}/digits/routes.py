"""The route that reads a drawn digit, over its model."""

from typing import Annotated

import numpy as np
from fastapi import APIRouter, FastAPI
from prometheus_client import Counter
from pydantic import Field

from ..api import health
from ..api.errors import ApiError
from ..api.fields import StrictBody
from ..api.holder import Holder
from ..config import Settings
from ..model import ModelNotBuilt
from .drawing import BITMAP, as_scanned
from .reader import load_reader

Row = Annotated[str, Field(pattern=f"^[01]{{{BITMAP}}}$")]


class Drawing(StrictBody):
    """A bitmap, row by row: 1 is dark."""

    rows: Annotated[list[Row], Field(min_length=BITMAP, max_length=BITMAP)]


class Answer(StrictBody):
    digit: int
    sure: bool
    scores: list[float]
    pixels: list[list[int]]


def install(app: FastAPI, settings: Settings) -> None:
    """Add the route, its readiness check and its measure."""
    reader = Holder(lambda: load_reader(settings), ModelNotBuilt)
    read = Counter(
        "digits_total", "Digits read, by outcome.", ["outcome"], registry=app.state.registry
    )
    router = APIRouter(prefix="/api", tags=["digits"])

    @router.post("/digits")
    def digit(drawing: Drawing) -> Answer:
        bitmap = np.array([[point == "1" for point in row] for row in drawing.rows])
        if not bitmap.any():
            raise ApiError(422, "empty", "Nothing was drawn.")
        picture = as_scanned(bitmap)
        scores = reader.get().scores(picture[None])
        sure = bool(reader.get().sure(scores)[0])
        read.labels("sure" if sure else "unsure").inc()
        return Answer(
            digit=int(scores.argmax()),
            sure=sure,
            scores=[round(float(score), 4) for score in scores[0].clip(0, 1)],
            pixels=picture.tolist(),
        )

    health.add_check(app, "digits", reader.reason)
    app.include_router(router)
