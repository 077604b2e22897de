"""Votes of readers, appended to a file that cannot grow without bound.

A line holds the vote and the pages it is about: never the question, an address or a time of
day, so that nothing in it leads back to a person.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from ..api.errors import ApiError

MAX_BYTES = 1024 * 1024


class FeedbackLog:
    def __init__(self, path: Path, max_bytes: int = MAX_BYTES) -> None:
        self._path = path
        self._max_bytes = max_bytes
        self._lock = Lock()

    def append(self, helpful: bool, abstained: bool, pages: list[str]) -> None:
        """Add a vote; raises an `ApiError` once the file is full."""
        vote = {
            "day": datetime.now(UTC).date().isoformat(),
            "helpful": helpful,
            "abstained": abstained,
            "pages": pages,
        }
        line = json.dumps(vote) + "\n"
        with self._lock:
            size = self._path.stat().st_size if self._path.exists() else 0
            if size + len(line) > self._max_bytes:
                raise ApiError(503, "feedback_full", "No more votes can be stored at the moment.")
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line)
