"""The kind of fact that a question asks for, and the passages that state one of that kind."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_DAY = r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b"
_MONTH = (
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
)
_UNIT = r"(?:minutes?|hours?|(?:working )?days?|weeks?|months?|years?|nights?)"

_KINDS: tuple[tuple[str, str], ...] = (
    (
        r"\bhow much\b|\bcosts?\b|\bprices?\b|\bcharged?\b|\bfees?\b|\bpay\b|\bdear|\bexpensive\b",
        r"\$\s?\d|\bfree\b|\bpercent\b|\bpays? nothing\b",
    ),
    (
        r"\bhow (?:long|soon|quick\w*|fast|late|often)\b|\bwhen\b|\buntil\b|\bdeadline\b|\bexpir"
        r"|\bhow many (?:minutes|hours|days|weeks|months|years)\b|\bwhat time\b|\bruns? out\b",
        rf"\d+ {_UNIT}|\b(?:one|two|three|four|five|six|next) {_UNIT}"
        rf"|\d{{1,2}}:\d\d|{_DAY}|{_MONTH}",
    ),
    (
        r"\bhow many\b|\bmaximum\b|\bminimum\b|\bmost\b|\blimit\b|\bat least\b|\bcap\b"
        r"|\bhow (?:old|big|heavy)\b",
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b",
    ),
    (
        r"\bwhere\b|\bwhich (?:store|shop|page|address)\b",
        r"\bunder \w+|\b(?:store|page|counter|desk|website|app)\b|@",
    ),
    (r"\btemperature\b|\bhow (?:hot|cold|warm)\b|\bdegrees\b", r"\bdegrees\b"),
    (r"\bphone\b|\bcall\b|\bnumber\b|\bemail\b", r"\d{3}[- ]\d{3,4}|@|\bphone\b"),
)
_ASKED = tuple(re.compile(asked, re.IGNORECASE) for asked, _ in _KINDS)
_TOLD = tuple(re.compile(told, re.IGNORECASE) for _, told in _KINDS)


def asked_kinds(question: str) -> NDArray[np.float64]:
    """Return for each kind of fact whether the question asks for it."""
    return np.array([pattern.search(question) is not None for pattern in _ASKED], dtype=np.float64)


def told_kinds(text: str) -> NDArray[np.float64]:
    """Return for each kind of fact whether the text states one."""
    return np.array([pattern.search(text) is not None for pattern in _TOLD], dtype=np.float64)


class FactFit:
    """Scores texts by whether they state the kinds of fact that a question asks for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._told = np.array([told_kinds(text) for text in texts])

    def fit(self, question: str) -> NDArray[np.float64]:
        """Return for each text the share of the kinds asked for that it states."""
        # BEGIN SOLUTION ranking
        asked = asked_kinds(question)
        fit: NDArray[np.float64] = self._told @ asked / max(asked.sum(), 1.0)
        return fit
        # END SOLUTION
        # STUB: del question  # no kind of fact is told apart yet
        # STUB: return np.zeros(len(self._told))
