"""Holds what the service works with, such as a model; loads it when it can.

What is built while the service runs is found without a restart.
"""

import logging
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from .errors import ApiError

log = logging.getLogger(__name__)

Held = TypeVar("Held")


class Holder(Generic[Held]):
    """`load` raises `missing` while there is nothing to load; its text says what to do."""

    def __init__(self, load: Callable[[], Held], missing: type[Exception]) -> None:
        self._load = load
        self._missing = missing
        self._lock = Lock()
        self._held: Held | None = None
        self.reason()  # load now, so that the first request does not wait

    def reason(self) -> str | None:
        """Why nothing can be done, or None: what `health.add_check` asks for."""
        with self._lock:
            if self._held is None:
                try:
                    self._held = self._load()
                except self._missing as error:
                    return str(error)
                log.info("loaded", extra={"fields": {"what": type(self._held).__name__}})
            return None

    def get(self) -> Held:
        """Return what is held; without it the client is told why, with status 503."""
        reason = self.reason()
        if self._held is None:
            raise ApiError(503, "not_ready", reason or "It is not built yet.")
        return self._held
