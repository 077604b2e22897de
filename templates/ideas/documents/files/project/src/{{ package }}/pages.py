"""What a reader sees of a document: words with boxes, lines, segments. Points from the top left."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

# From this many font sizes on, a gap separates columns rather than words.
COLUMN_GAP = 1.1


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def middle(self) -> float:
        """The height of its centre line."""
        return (self.y0 + self.y1) / 2

    @property
    def height(self) -> float:
        """How high it is, which for words is about the font size."""
        return self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands."""

    text: str
    box: Box


@dataclass(frozen=True)
class Segment:
    """Words of a line without a column gap between them."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words with one space between."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        """The rectangle around all words."""
        return around([word.box for word in self.words])

    def slice(self, start: int, end: int) -> tuple[Word, ...]:
        """Return the words that `text[start:end]` touches."""
        touched, place = [], 0
        for word in self.words:
            if place < end and start < place + len(word.text):
                touched.append(word)
            place += len(word.text) + 1
        return tuple(touched)


@dataclass(frozen=True)
class Line:
    """What stands side by side."""

    segments: tuple[Segment, ...]

    @cached_property
    def text(self) -> str:
        """The segments, two spaces between."""
        return "  ".join(segment.text for segment in self.segments)

    @cached_property
    def box(self) -> Box:
        """The rectangle around all segments."""
        return around([segment.box for segment in self.segments])


@dataclass(frozen=True, slots=True)
class Page:
    """One page, its lines from top to bottom, and its text in the order of the file."""

    width: float
    height: float
    lines: tuple[Line, ...]
    raw: str


@dataclass(frozen=True, slots=True)
class Document:
    """All pages."""

    pages: tuple[Page, ...]

    @property
    def raw(self) -> str:
        """The text in the order of the file."""
        return "\n".join(page.raw for page in self.pages)


def around(boxes: Sequence[Box]) -> Box:
    """Return the smallest box that holds all."""
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


def lines_of(words: Sequence[Word]) -> tuple[Line, ...]:
    """Group words into lines from top to bottom, and each line into segments."""
    rows: list[list[Word]] = []
    for word in _in_order(words):
        if rows and _continues(rows[-1][-1].box, word.box):
            rows[-1].append(word)
        else:
            rows.append([word])
    return tuple(Line(_segments(sorted(row, key=lambda word: word.box.x0))) for row in rows)


def _in_order(words: Sequence[Word]) -> list[Word]:
    # BEGIN SOLUTION words
    return sorted(words, key=lambda word: (word.box.middle, word.box.x0))
    # END SOLUTION
    # STUB: return list(words)  # the order of the file


def _continues(last: Box, box: Box) -> bool:
    """Whether a word stands on the line of the word before it."""
    # BEGIN SOLUTION words
    return box.middle - last.middle < 0.4 * min(last.height, box.height)
    # END SOLUTION
    # STUB: return box.x0 >= last.x1


def _segments(row: Sequence[Word]) -> tuple[Segment, ...]:
    groups = [[row[0]]]
    for left, right in pairwise(row):
        gap = right.box.x0 - left.box.x1
        if gap > COLUMN_GAP * min(left.box.height, right.box.height):
            groups.append([right])
        else:
            groups[-1].append(right)
    return tuple(Segment(tuple(group)) for group in groups)
