"""Holds the assistant; loads it when it can, so that an index built later needs no restart."""

import logging
from collections.abc import Callable
from threading import Lock

from ..api.errors import ApiError
from ..assistant import Assistant, IndexNotBuilt

log = logging.getLogger(__name__)


class Desk:
    def __init__(self, load: Callable[[], Assistant]) -> None:
        self._load = load
        self._lock = Lock()
        self._assistant: Assistant | None = None
        self.reason()  # load now, so that the first question does not wait

    def reason(self) -> str | None:
        """Why no question can be answered, or None."""
        with self._lock:
            if self._assistant is None:
                try:
                    self._assistant = self._load()
                except IndexNotBuilt as error:
                    return str(error)
                log.info("index loaded", extra={"fields": {"passages": self._assistant.passages}})
            return None

    def assistant(self) -> Assistant:
        reason = self.reason()
        if self._assistant is None:
            raise ApiError(503, "not_ready", reason or "The index is not built yet.")
        return self._assistant
