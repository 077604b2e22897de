"""Text recognition for scans, with the extra `ocr`: its models lie in the package."""

import io
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image

from .pages import Box, Document, Page, Word, lines_of
from .reader import Picture, ReadError

LEAST_SURE = 0.5


@lru_cache(maxsize=1)
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        message = "Text recognition is not installed: see README."
        raise ReadError("no_text", message) from error
    # Its log goes to standard output, which belongs to the parent.
    return RapidOCR(params={"Global.log_level": "critical"})


def recognise(pictures: list[Picture]) -> Document:
    """Return the words on pictures of pages."""
    return Document(tuple(map(_page, pictures)))


def _page(picture: Picture) -> Page:
    image = Image.open(io.BytesIO(picture.png)).convert("RGB")
    found = _engine()(np.asarray(image))
    scale = picture.width / image.width
    words: list[Word] = []
    if found.txts is not None:
        for corners, text, sure in zip(found.boxes, found.txts, found.scores, strict=True):
            if sure >= LEAST_SURE:
                xs, ys = corners[:, 0] * scale, corners[:, 1] * scale
                box = Box(float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))
                words += split_words(text, box)
    lines = lines_of(words)
    raw = "\n".join(line.text for line in lines)
    return Page(picture.width, picture.height, lines, raw)


def split_words(text: str, box: Box) -> list[Word]:
    """Share the width of a line out to its words, by their length."""
    step = (box.x1 - box.x0) / max(len(text), 1)
    words, place = [], 0
    for part in text.split(" "):
        if part:
            left = box.x0 + place * step
            words.append(Word(part, Box(left, box.y0, left + len(part) * step, box.y1)))
        place += len(part) + 1
    return words
