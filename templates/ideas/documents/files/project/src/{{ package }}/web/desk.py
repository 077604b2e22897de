"""Reads a document for the service: the worker opens it, the extractor reads it."""

from dataclasses import dataclass

from ..api.errors import ApiError
from ..api.holder import Holder
from ..extractor import Extractor, Reading
from ..reader import Picture, ReadError
from ..worker import Worker

STATUS = {"too_large": 413, "busy": 503}

# The extractor, and the confidence from which nobody needs to look.
Loaded = tuple[Extractor, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document that was read, with the pictures of its pages."""

    reading: Reading
    pictures: list[Picture]
    threshold: float


class Desk:
    def __init__(self, model: Holder[Loaded], worker: Worker) -> None:
        self._model = model
        self._worker = worker

    def read(self, pdf: bytes) -> Sheet:
        """Read a PDF; raises an `ApiError` that says what is wrong with it."""
        extractor, threshold = self._model.get()
        try:
            document, pictures = self._worker.read(pdf)
        except ReadError as error:
            raise ApiError(STATUS.get(error.code, 422), error.code, str(error)) from error
        return Sheet(extractor.read(document), pictures, threshold)
