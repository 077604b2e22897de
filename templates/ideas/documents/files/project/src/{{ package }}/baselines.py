"""The baselines: what one writes first. They use the same lexicon and the same value parsers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .candidates import CODE, Candidate, find_candidates
from .fields import FIELDS, KINDS, Kind
from .labels import Lexicon
from .pages import Box, Document
from .tables import LineItem
from .values import AMOUNT, CODES, CURRENCY, DATE, QUANTITY, parse_amount, parse_day

VALUES: dict[Kind, re.Pattern[str]] = {"amount": AMOUNT, "date": DATE, "code": CODE}
# Between a label and its value: a rate, a sign, a line end, but no other words.
BETWEEN = r"[ \t]*(?:\d+(?:[.,]\d+)?\s?%)?(?:[ \t:.]|[$\u00a3\u20ac]|\n|USD|GBP|EUR|CHF|SEK|kr|#)*"


NOWHERE = Box(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class PlainReading:
    """Values and line items, without boxes or confidence."""

    fields: dict[str, str | None]
    items: tuple[LineItem, ...] = field(default=())

    def values(self) -> dict[str, str | None]:
        """Return the plain values by field."""
        return self.fields


class FirstMatch:
    """Searches the text in the order of the file; the first label with a value behind it wins."""

    name = "first match in the text"

    def __init__(self, lexicon: Lexicon) -> None:
        self._patterns = {
            name: re.compile(
                rf"\b(?:{_any(lexicon.phrases[name])})(?!\w){BETWEEN}"
                rf"(?P<value>{_unnumbered(VALUES[kind])})",
                re.IGNORECASE,
            )
            for name, kind in KINDS.items()
            if kind in VALUES
        }

    def read(self, document: Document) -> PlainReading:
        """Return what matches first."""
        raw = document.raw
        values: dict[str, str | None] = {name: self._first(name, raw) for name in FIELDS}
        values["supplier"] = next((line.strip() for line in raw.splitlines() if line.strip()), None)
        mark = CURRENCY.search(raw)
        values["currency"] = CODES[mark[0]] if mark else None
        if values["date"] is None:
            match = DATE.search(raw)
            values["date"] = _plain_value("date", match[0]) if match else None
        return PlainReading(values, tuple(_regex_items(raw)))

    def _first(self, name: str, raw: str) -> str | None:
        pattern = self._patterns.get(name)
        match = pattern.search(raw) if pattern else None
        return _plain_value(KINDS[name], match["value"]) if match else None


class NearestLabel:
    """Gives each field the value whose label, on the left or above, is nearest."""

    name = "nearest label"

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def read(self, document: Document) -> PlainReading:
        """Return the values with the nearest labels; the largest text on top is the supplier."""
        candidates = find_candidates(document)
        values: dict[str, str | None] = dict.fromkeys(FIELDS)
        labelled = [(self._label(one), one) for one in candidates]
        for name, kind in KINDS.items():
            # An exact label beats one with other words; the last of equals is the sum, not a part.
            its = [
                (label[1], place)
                for place, (label, one) in enumerate(labelled)
                if one.kind == kind and label and label[0] == name
            ]
            if its:
                values[name] = candidates[max(its)[1]].value
        values["supplier"] = _largest([one for one in candidates if one.kind == "name"])
        marks = [one.value for one in candidates if one.kind == "currency"]
        values["currency"] = max(marks, key=marks.count, default=None)
        dates = [one.value for one in candidates if one.kind == "date"]
        if values["date"] is None and dates:
            values["date"] = dates[0]
        return PlainReading(values, tuple(_regex_items(_in_order(document))))

    def _label(self, one: Candidate) -> tuple[str, int] | None:
        match = self._lexicon.match(one.left) or self._lexicon.match(one.above)
        return (match.name, int(match.whole)) if match else None


def _largest(names: Sequence[Candidate]) -> str | None:
    """Return the largest text that isn't a title."""
    free = [one for one in names if "invoice" not in one.value.lower()]
    return max(free, key=lambda one: one.size).value if free else None


def _in_order(document: Document) -> str:
    lines = [line for page in document.pages for line in page.lines]
    return "\n".join(" ".join(s.text for s in line.segments) for line in lines)


def _regex_items(text: str) -> list[LineItem]:
    """Return lines with a quantity and two amounts; the description stands before or between."""
    items = []
    for place, line in enumerate(text.splitlines()):
        numbers = [*QUANTITY.finditer(line)]
        exact = [match for match in numbers if AMOUNT.fullmatch(match[0])]
        whole = [match for match in numbers if match not in exact]
        if len(exact) == 2 and whole:
            before, between = line[: whole[-1].start()], line[whole[-1].end() : exact[0].start()]
            described = before if any(map(str.isalpha, before)) else between
            description = re.sub(r"^\d+ | [x@]$", "", described.strip())
            quantity, price, amount = (
                f"{parse_amount(match[0]):.2f}" for match in (whole[-1], *exact)
            )
            items.append(LineItem(description, quantity, price, amount, 0, place, NOWHERE))
    return items


def _any(phrases: Sequence[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\.?\s") + r"\.?" for phrase in longest_first)


def _unnumbered(pattern: re.Pattern[str]) -> str:
    """Return a pattern that can stand inside another: back references lose their number."""
    return pattern.pattern.replace(r"\5", "[./-]")


def _plain_value(kind: Kind, text: str) -> str | None:
    if kind == "amount":
        return f"{parse_amount(text):.2f}"
    if kind == "date":
        match = DATE.search(text)
        day = parse_day(match) if match else None
        found = day.read(month_first=False) if day else None
        return found.isoformat() if found else None
    return text
