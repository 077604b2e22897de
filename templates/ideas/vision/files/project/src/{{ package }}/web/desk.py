"""Inspects a picture for the service: a few at a time, so that memory stays bounded."""

import time
from dataclasses import dataclass
from threading import BoundedSemaphore

from ..api.errors import ApiError
from ..api.holder import Holder
from ..inspector import Inspection, Inspector
from ..pictures import PictureError, Pictures, read_picture
from ..surfaces import Surface
from .meters import InspectionMeters

AT_ONCE = 2
PATIENCE_S = 30.0
STATUS = {"too_large": 413}


@dataclass(frozen=True, slots=True)
class Report:
    """A picture, what was found in it, and how long that took."""

    surface: Surface
    picture: Pictures
    found: Inspection
    elapsed_ms: float


class Desk:
    def __init__(self, inspector: Holder[Inspector], meters: InspectionMeters) -> None:
        self._inspector = inspector
        self._meters = meters
        self._places = BoundedSemaphore(AT_ONCE)

    @property
    def inspector(self) -> Inspector:
        """What inspects; raises an `ApiError` as long as there is none."""
        return self._inspector.get()

    def upload(self, surface: Surface, data: bytes) -> Report:
        """Inspect a file; raises an `ApiError` that says what is wrong with it."""
        try:
            picture = read_picture(data)
        except PictureError as error:
            self._meters.refused(error.code)
            raise ApiError(STATUS.get(error.code, 422), error.code, str(error)) from error
        return self.inspect(surface, picture)

    def inspect(self, surface: Surface, picture: Pictures) -> Report:
        """Inspect a grey picture."""
        inspector = self.inspector
        if not self._places.acquire(timeout=PATIENCE_S):
            message = "Many pictures are being inspected at the moment. Please try again."
            raise ApiError(503, "busy", message)
        try:
            started = time.perf_counter()
            found = inspector.inspect(surface, picture)
            elapsed = round((time.perf_counter() - started) * 1000, 2)
        finally:
            self._places.release()
        self._meters.inspected(surface, found)
        return Report(surface, picture, found, elapsed)
