"""Holds the extractor and the worker; loads the model when it can, without a restart."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from ..api.errors import ApiError
from ..extractor import Extractor, Reading
from ..model import ModelNotBuilt
from ..reader import Picture, ReadError
from ..worker import Worker

STATUS = {"too_large": 413, "busy": 503}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document that was read, with the pictures of its pages."""

    reading: Reading
    pictures: list[Picture]
    threshold: float


class Desk:
    def __init__(self, load: Callable[[], tuple[Extractor, float]], worker: Worker) -> None:
        self._load = load
        self._worker = worker
        self._lock = Lock()
        self._loaded: tuple[Extractor, float] | None = None
        self.reason()  # load now, so that the first document does not wait

    def reason(self) -> str | None:
        """Why nothing can be read, or None."""
        with self._lock:
            if self._loaded is None:
                try:
                    self._loaded = self._load()
                except ModelNotBuilt as error:
                    return str(error)
                log.info("model loaded")
            return None

    def read(self, pdf: bytes) -> Sheet:
        """Read a PDF; raises an `ApiError` that says what is wrong with it."""
        reason = self.reason()
        if self._loaded is None:
            raise ApiError(503, "not_ready", reason or "There is no model yet.")
        extractor, threshold = self._loaded
        try:
            document, pictures = self._worker.read(pdf)
        except ReadError as error:
            raise ApiError(STATUS.get(error.code, 422), error.code, str(error)) from error
        return Sheet(extractor.read(document), pictures, threshold)
