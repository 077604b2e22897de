"""What the scorer looks at: for each candidate one row of numbers, named by COLUMNS."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

import numpy as np
from numpy.typing import NDArray

from .candidates import Candidate
from .fields import FIELDS, KINDS, SUMS, Kind
from .labels import Lexicon, tokens
from .pages import Document, Page
from .tables import LineItem, sum_of
from .values import CURRENCY

Matrix = NDArray[np.float64]

CENT = Decimal("0.02")
MOST_AMOUNTS = 60
COMPANY = frozenset(
    {"ltd", "limited", "llp", "llc", "inc", "co", "gmbh", "ag", "sa", "ab", "hb", "sarl", "plc"}
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A document with everything that was found in it, and the features of every candidate."""

    document: Document
    candidates: Mapping[Kind, tuple[Candidate, ...]]
    rows: Mapping[Kind, tuple[dict[str, float], ...]]
    items: tuple[LineItem, ...]


def make_scene(
    document: Document,
    candidates: Sequence[Candidate],
    items: Sequence[LineItem],
    lexicon: Lexicon,
) -> Scene:
    """Describe every candidate once; features that are zero are left out."""
    candidates = [one for one in candidates if not _priced(one, items)]
    special = {"amount": _amounts, "date": _dates, "code": _codes, "name": _names}
    grouped: dict[Kind, tuple[Candidate, ...]] = {}
    rows: dict[Kind, tuple[dict[str, float], ...]] = {}
    heights = [_height(page) for page in document.pages]
    lines = {(item.page, item.line) for item in items}
    for kind in sorted(set(KINDS.values())):
        its = grouped[kind] = tuple(one for one in candidates if one.kind == kind)
        more = special.get(kind, _marks)(items, its)
        edges = Counter((one.page, round(one.box.x0)) for one in its)
        rows[kind] = tuple(
            _labels(lexicon, one)
            | _position(document, heights, lines, edges[one.page, round(one.box.x0)] - 1, one)
            | extra
            for one, extra in zip(its, more, strict=True)
        )
    return Scene(document, grouped, rows, tuple(items))


def _priced(one: Candidate, items: Sequence[LineItem]) -> bool:
    """Whether it is an amount of a line item, which is none of the document."""
    return one.kind == "amount" and any(
        (one.page, one.line) == (item.page, item.line) for item in items
    )


def matrix(rows: Sequence[Mapping[str, float]], columns: Sequence[str]) -> Matrix:
    """Return the rows with their columns in order; names that aren't columns are left out."""
    place = {name: index for index, name in enumerate(columns)}
    table = np.zeros((len(rows), len(columns)))
    for index, row in enumerate(rows):
        for name, value in row.items():
            if name in place:
                table[index, place[name]] = value
    return table


def _labels(lexicon: Lexicon, one: Candidate) -> dict[str, float]:
    """Return which label governs the candidate, and the single words of what stands there."""
    left, above = lexicon.match(one.left), lexicon.match(one.above)
    match = left or above
    row: dict[str, float] = {"no label": 1.0}
    if match:
        name = match.name if match.name in FIELDS else "other"
        row = {f"label {name}": 1.0, f"label {name} whole": float(match.whole)}
        row["label above"] = float(left is None)
    near = one.left if left or not one.above else one.above
    row |= {f"word {token}": 1.0 for token in tokens(near)[-4:]}
    row["text on the left"] = float(bool(tokens(one.left)))
    return row


def _height(page: Page) -> float:
    return median([line.segments[0].box.height for line in page.lines] or [1.0])


def _position(
    document: Document,
    heights: Sequence[float],
    lines: Container[tuple[int, int]],
    column: int,
    one: Candidate,
) -> dict[str, float]:
    page = document.pages[one.page]
    return {
        "x": (one.box.x0 + one.box.x1) / 2 / page.width,
        "y": one.box.middle / page.height,
        "first page": float(one.page == 0),
        "last page": float(one.page == len(document.pages) - 1),
        "size": min(one.size / heights[one.page] - 1, 2.0),
        "alone": float(one.alone),
        "beside items": float((one.page, one.line) in lines),
        "in a column": min(column, 4) / 4,
    }


def _amounts(items: Sequence[LineItem], its: Sequence[Candidate]) -> list[dict[str, float]]:
    values = [Decimal(one.value) for one in its]
    last = max(((item.page, item.line) for item in items), default=(-1, -1))
    free = [value for value in values if value > 0]
    top = max(free, default=Decimal(1))
    whole = sum_of(items)
    roles = sum_roles(free[:MOST_AMOUNTS])
    table = []
    for one, value in zip(its, values, strict=True):
        row = {
            "below table": float((one.page, one.line) > last),
            "negative": float(value < 0),
            "largest": float(value == top),
            "share of largest": float(min(max(value / top, Decimal()), Decimal(2))),
            "repeated": float(values.count(value) > 1),
            "sum of items": float(bool(items) and abs(value - whole) <= CENT),
            "more than items": float(value > whole + CENT),
        }
        row |= {f"adds up as {role}": 1.0 for role in roles if value in roles[role]}
        table.append(row)
    return table


def sum_roles(values: Sequence[Decimal]) -> dict[str, set[Decimal]]:
    """Return which values are net, tax or total of a sum with a plausible tax rate."""
    found: dict[str, set[Decimal]] = {name: set() for name in SUMS}
    # BEGIN SOLUTION scorer
    different = sorted(set(values))
    known = set(different)
    for net in different:
        for tax in different:
            if not Decimal("0.02") * net <= tax <= Decimal("0.28") * net:
                continue
            for total in (net + tax, net + tax - Decimal("0.01"), net + tax + Decimal("0.01")):
                if total in known:
                    for name, value in zip(SUMS, (net, tax, total), strict=True):
                        found[name].add(value)
    # END SOLUTION
    # STUB: del values
    return found


def _dates(_: Sequence[LineItem], its: Sequence[Candidate]) -> list[dict[str, float]]:
    values = sorted({one.value for one in its})
    return [
        {
            "earliest": float(one.value == values[0]),
            "latest": float(one.value == values[-1]),
            "only date": float(len(values) == 1),
            "rank": values.index(one.value) / len(values),
            "first date": float(one is its[0]),
            "certain": float(one.certain),
        }
        for one in its
    ]


def _codes(_: Sequence[LineItem], its: Sequence[Candidate]) -> list[dict[str, float]]:
    return [
        {
            "length": len(one.value) / 10,
            "letters": float(any(map(str.isalpha, one.value))),
            "only digits": float(one.value.isdigit()),
            "joined": float(any(sign in "-/" for sign in one.value)),
            "short": float(len(one.value) < 5),
            "first code": float(one is its[0]),
        }
        for one in its
    ]


def _names(_: Sequence[LineItem], its: Sequence[Candidate]) -> list[dict[str, float]]:
    largest = max((one.size for one in its), default=1.0)
    table = []
    for place, one in enumerate(its):
        words = tokens(one.value)
        wrapped = any(other.value.startswith(f"{one.value} ") for other in its)
        table.append(
            {
                "largest name": float(one.size >= 0.95 * largest),
                "place": min(place, 10) / 10,
                "first name": float(place == 0),
                "company": float(bool(words) and words[-1] in COMPANY),
                "digits": float(any(map(str.isdigit, one.value))),
                "comma": float("," in one.value),
                "number of words": len(one.value.split()) / 5,
                "wraps": float(wrapped),
                "colon": float(one.value.endswith(":")),
            }
        )
    return table


def _marks(_: Sequence[LineItem], its: Sequence[Candidate]) -> list[dict[str, float]]:
    values = [one.value for one in its]
    return [
        {
            "share": values.count(one.value) / len(values),
            "sign": float(CURRENCY.fullmatch(one.text) is not None and len(one.text) == 1),
            "first mark": float(place == 0),
        }
        for place, one in enumerate(its)
    ]
