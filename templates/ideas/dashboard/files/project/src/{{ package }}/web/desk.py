"""Holds what was built; loads it when it can, so that a later build needs no restart."""

import logging
from collections.abc import Callable
from threading import Lock

from ..api.errors import ApiError
from ..building import NotBuiltError
from ..insight import Insight

log = logging.getLogger(__name__)


class Desk:
    """Gives out the insight, or the reason why there is none."""

    def __init__(self, load: Callable[[], Insight]) -> None:
        self._load = load
        self._lock = Lock()
        self._insight: Insight | None = None
        self.reason()  # load now, so that the first request does not wait

    def reason(self) -> str | None:
        """Why nothing can be shown, or None."""
        with self._lock:
            if self._insight is None:
                try:
                    self._insight = self._load()
                except NotBuiltError as error:
                    return str(error)
                fields = {"members": len(self._insight.members)}
                log.info("models loaded", extra={"fields": fields})
            return None

    def insight(self) -> Insight:
        """Return what was built, or answer that the service is not ready."""
        reason = self.reason()
        if self._insight is None:
            raise ApiError(503, "not_ready", reason or "Nothing is built yet.")
        return self._insight
