"""Candidates: everything on the pages that could be the value of a field, and what stands near."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .fields import Kind
from .labels import tokens
from .pages import Box, Document, Line, Page, Word, around
from .values import AMOUNT, CODES, CURRENCY, DATE, month_comes_first, parse_amount, parse_day

CODE = re.compile(r"[A-Za-z]{0,4}[-/]?\d[\dA-Za-z/-]{2,17}")
TITLES = frozenset({"invoice", "tax", "receipt", "bill", "sales", "original", "copy"})
MAX_NAME = 60
MAX_CANDIDATES = 400
# How many line heights above a value its label may stand.
REACH = 2.2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value in its plain form, and where it stands."""

    kind: Kind
    value: str
    text: str
    page: int
    line: int
    box: Box
    left: str
    above: str
    alone: bool
    size: float
    certain: bool = True


def find_candidates(document: Document) -> list[Candidate]:
    """Return all candidates in reading order, at most `MAX_CANDIDATES` of a kind."""
    dates = [*_matches(document, DATE)]
    days = [(place, day) for place in dates if (day := parse_day(place.match))]
    marks = [*_matches(document, CURRENCY)]
    currency = CODES[marks[0].match[0]] if marks else None
    month_first = month_comes_first([day for _, day in days], currency)
    found: dict[Kind, list[Candidate]] = {
        "date": [
            place.candidate("date", str(day.read(month_first)), day.certain) for place, day in days
        ],
        "currency": [place.candidate("currency", CODES[place.match[0]]) for place in marks],
        "amount": [
            place.candidate("amount", f"{parse_amount(place.match[0]):.2f}")
            for place in _matches(document, AMOUNT)
        ],
        "code": [*_codes(document, [place for place, _ in days])],
        "name": [*_names(document)],
    }
    return [candidate for its in found.values() for candidate in its[:MAX_CANDIDATES]]


@dataclass(frozen=True, slots=True)
class _Place:
    """A match in a segment."""

    document: Document
    page: int
    line: int
    segment: int
    match: re.Match[str]

    @property
    def words(self) -> tuple[Word, ...]:
        here = self.document.pages[self.page].lines[self.line].segments[self.segment]
        return here.slice(*self.match.span())

    def candidate(self, kind: Kind, value: str, certain: bool = True) -> Candidate:
        page = self.document.pages[self.page]
        line = page.lines[self.line]
        text = line.segments[self.segment].text
        box = around([word.box for word in self.words])
        before = CURRENCY.sub("", text[: self.match.start()]).strip(" .:-\u00b7")
        if not before and self.segment:
            before = line.segments[self.segment - 1].text
        alone = len(self.match[0]) >= len(CURRENCY.sub("", text).strip())
        above = label_above(page, self.line, box)
        return Candidate(
            kind,
            value,
            self.match[0],
            self.page,
            self.line,
            box,
            before,
            above,
            alone,
            box.height,
            certain,
        )


def label_above(page: Page, line: int, box: Box) -> str:
    """Return the text right above a box."""
    for other in reversed(page.lines[:line]):
        if box.y0 - other.box.y1 > REACH * box.height:
            return ""
        for segment in other.segments:
            if segment.box.x0 < box.x1 and box.x0 < segment.box.x1:
                return segment.text
    return ""


def _matches(document: Document, pattern: re.Pattern[str]) -> Iterator[_Place]:
    for number, page in enumerate(document.pages):
        for row, line in enumerate(page.lines):
            for column, segment in enumerate(line.segments):
                for match in pattern.finditer(segment.text):
                    yield _Place(document, number, row, column, match)


def _codes(document: Document, dates: list[_Place]) -> Iterator[Candidate]:
    taken = {id(word) for place in dates for word in place.words}
    for place in _matches(document, re.compile(r"\S+")):
        text = place.match[0].strip(".,;:()#")
        free = all(id(word) not in taken for word in place.words)
        if free and CODE.fullmatch(text):
            yield place.candidate("code", text)


def _names(document: Document) -> Iterator[Candidate]:
    """Yield segments of the first page that could be a name, also two that stand as one."""
    page = document.pages[0]
    for row, line in enumerate(page.lines):
        for segment in line.segments:
            text, box = segment.text, segment.box
            if not _could_name(text):
                continue
            left = "" if segment is line.segments[0] else line.segments[0].text
            above = label_above(page, row, box)
            alone = len(line.segments) == 1
            yield Candidate("name", text, text, 0, row, box, left, above, alone, box.height)
            more = _continued(page.lines[row + 1 : row + 3], box)
            if more and len(f"{text} {more[0]}") <= MAX_NAME:
                both, whole = around([box, more[1]]), f"{text} {more[0]}"
                yield Candidate("name", whole, whole, 0, row, both, left, above, alone, box.height)


def _continued(lines: tuple[Line, ...], box: Box) -> tuple[str, Box] | None:
    """Return the segment below that is set like the one in `box`, as a wrapped name is."""
    for line in lines:
        for segment in line.segments:
            close = 0 < segment.box.middle - box.middle < 1.6 * box.height
            alike = abs(segment.box.height - box.height) < 0.1 * box.height
            if close and alike and abs(segment.box.x0 - box.x0) < 2 and _could_name(segment.text):
                return segment.text, segment.box
    return None


def _could_name(text: str) -> bool:
    if TITLES.issuperset(tokens(text)):
        return False
    letters = sum(sign.isalpha() for sign in text)
    return 3 <= len(text) <= MAX_NAME and letters >= 0.6 * len(text)
