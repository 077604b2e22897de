"""A language model that gives recorded replies, so that tests need none and reach none."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

Reply = str | Exception | None


class Recorded:
    """Stands in for the client: gives one reply, and keeps what was sent."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.sent: list[dict[str, Any]] = []
        self.chat = SimpleNamespace(completions=SimpleNamespace(create=self._create))

    def _create(self, **request: Any) -> Any:
        self.sent.append(request)
        if isinstance(self.reply, Exception):
            raise self.reply
        message = SimpleNamespace(content=self.reply)
        return SimpleNamespace(choices=[SimpleNamespace(message=message)])


@pytest.fixture
def recorded() -> Callable[[Reply], Recorded]:
    return Recorded
