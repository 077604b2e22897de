"""What reviewers changed, appended to a file that cannot grow without bound.

A line holds the digest of the document and the values before and after: enough to learn from
together with the document, and nothing about who reviewed it.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from ..api.errors import ApiError

MAX_BYTES = 4 * 1024 * 1024


class CorrectionLog:
    def __init__(self, path: Path, max_bytes: int = MAX_BYTES) -> None:
        self._path = path
        self._max_bytes = max_bytes
        self._lock = Lock()

    def append(self, document: str, fields: Mapping[Any, Any], items: list[Any]) -> None:
        """Add a review; raises an `ApiError` once the file is full."""
        day = datetime.now(UTC).date().isoformat()
        review = {"day": day, "document": document, "fields": fields, "items": items}
        line = json.dumps(review, ensure_ascii=False) + "\n"
        with self._lock:
            size = self._path.stat().st_size if self._path.exists() else 0
            if size + len(line.encode()) > self._max_bytes:
                raise ApiError(503, "corrections_full", "No more reviews can be stored here.")
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line)
