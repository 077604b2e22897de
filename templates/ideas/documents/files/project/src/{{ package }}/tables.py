"""Line items: rows where quantity times price is the amount, whatever the columns are called."""

# BEGIN SOLUTION table
from collections import Counter
from collections.abc import Iterable, Sequence
# END SOLUTION
# STUB: from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
# BEGIN SOLUTION table
from operator import itemgetter

# END SOLUTION
# STUB:
from .labels import Lexicon
# BEGIN SOLUTION table
from .pages import Box, Document, Line, around
# END SOLUTION
# STUB: from .pages import Box, Document, Line
from .values import AMOUNT, QUANTITY, parse_amount

# Prices may be printed to a cent after a tenth of a cent was multiplied.
TOLERANCE = Decimal("0.005")
ALIGNED = 3.0
TIMES = " x\u00d7@*"
SIGNS = f"{TIMES}.,:"


@dataclass(frozen=True, slots=True)
class LineItem:
    """One row, in plain forms; a flat charge has neither quantity nor price."""

    description: str
    quantity: str | None
    unit_price: str | None
    amount: str
    page: int
    line: int
    box: Box


@dataclass(frozen=True, slots=True)
class _Number:
    value: Decimal
    exact: bool  # printed with decimals
    alone: bool  # nothing else in its segment
    segment: int
    span: tuple[int, int]
    right: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A line read as an item: its numbers, and the texts between them."""

    page: int
    place: int
    line: Line
    numbers: tuple[_Number, ...]
    pieces: tuple[tuple[float, str], ...]


def find_items(document: Document, lexicon: Lexicon) -> list[LineItem]:
    """Return the line items of all pages, in reading order."""
    # BEGIN SOLUTION table
    rows = [
        row
        for number, page in enumerate(document.pages)
        for place, line in enumerate(page.lines)
        if (row := _priced(number, place, line))
    ]
    if not rows:
        return []
    edge = Counter(round(x) for row in rows for x, text in row.pieces if len(text) > 2)
    start = max(edge, key=lambda x: (edge[x], -x), default=0)
    items = [_item(document, row, start) for row in rows]
    items += _flat_charges(document, rows, start, lexicon)
    return sorted(items, key=lambda item: (item.page, item.line))
    # END SOLUTION
    # STUB: # One line, three numbers at its end: whatever is wrapped, flat or stacked is missed.
    # STUB: del lexicon
    # STUB: items = []
    # STUB: for number, page in enumerate(document.pages):
    # STUB:     for place, line in enumerate(page.lines):
    # STUB:         found = _numbers(line)
    # STUB:         if len(found) >= 3 and found[-1].exact and found[-2].exact:
    # STUB:             row = _Row(number, place, line, tuple(found[-3:]), ())
    # STUB:             items.append(_plain(row, line.segments[0].text, line.box))
    # STUB: return items


def _numbers(line: Line) -> list[_Number]:
    found = []
    for place, segment in enumerate(line.segments):
        for match in QUANTITY.finditer(segment.text):
            right = segment.slice(*match.span())[-1].box.x1
            exact = AMOUNT.fullmatch(match[0]) is not None
            alone = len(match[0]) == len(segment.text)
            value = parse_amount(match[0])
            found.append(_Number(value, exact, alone, place, match.span(), right))
    return found


def _plain(row: _Row, description: str, box: Box) -> LineItem:
    quantity, price, amount = (f"{number.value:.2f}" for number in row.numbers)
    return LineItem(description, quantity, price, amount, row.page, row.place, box)

# BEGIN SOLUTION table

def _priced(page: int, place: int, line: Line) -> _Row | None:
    """Read a line as quantity, price and amount, if one choice of its numbers multiplies out."""
    numbers = _numbers(line)
    exact = [number for number in numbers if number.exact]
    if len(exact) < 2:
        return None
    amount = exact[-1]
    options = [
        (not quantity.alone, abs(numbers.index(price) - index - 1), quantity, price)
        for price in exact[:-1]
        for index, quantity in enumerate(numbers)
        if quantity is not price and quantity is not amount and _multiplies(quantity, price, amount)
    ]
    if not options:
        return None
    quantity, price = min(options, key=itemgetter(0, 1))[2:]
    chosen = (quantity, price, amount)
    return _Row(page, place, line, chosen, tuple(_pieces(line, chosen)))


def _multiplies(quantity: _Number, price: _Number, amount: _Number) -> bool:
    slack = TOLERANCE * abs(quantity.value) + TOLERANCE
    off = abs(quantity.value * price.value - amount.value)
    return quantity.value > 0 and off <= slack


def _pieces(line: Line, numbers: Sequence[_Number]) -> Iterable[tuple[float, str]]:
    """Yield the texts that are left of each segment without the numbers, and where they start."""
    for place, segment in enumerate(line.segments):
        cuts = sorted(number.span for number in numbers if number.segment == place)
        start = 0
        for begin, end in [*cuts, (len(segment.text), 0)]:
            text = segment.text[start:begin].lstrip(SIGNS).rstrip(TIMES)
            if sum(map(str.isalpha, text)) > 1:
                yield segment.slice(start, begin)[0].box.x0, text
            start = end


def _item(document: Document, row: _Row, start: float) -> LineItem:
    page = document.pages[row.page]
    texts = [(abs(x - start) > ALIGNED, -len(text), text) for x, text in row.pieces]
    boxes = [segment.box for segment in row.line.segments if segment.box.x0 >= start - 60]
    if not texts:  # the description has a line of its own above
        above = page.lines[row.place - 1] if row.place else row.line
        boxes.append(above.segments[0].box)
        return _plain(row, above.segments[0].text, around(boxes))
    description = min(texts)[2]
    previous = row.line.box
    for line in page.lines[row.place + 1 :]:
        more = [part for part in line.segments if abs(part.box.x0 - start) < ALIGNED]
        near = line.box.middle - previous.middle < 1.7 * previous.height
        if not (more and near) or any(number.exact for number in _numbers(line)):
            if near and not more:
                continue  # a column beside the table stands on a line of its own
            break
        description += f" {more[0].text}"
        boxes.append(more[0].box)
        previous = more[0].box
    return _plain(row, description, around(boxes))


def _flat_charges(
    document: Document, rows: Sequence[_Row], start: float, lexicon: Lexicon
) -> list[LineItem]:
    """Return lines with a text and one amount in the table's columns, but no label's words."""
    taken = {(row.page, row.place) for row in rows}
    edges = {round(row.numbers[-1].right) for row in rows}
    found = []
    for row in rows:
        page = document.pages[row.page]
        for place in range(row.place + 1, min(row.place + 5, len(page.lines))):
            line = page.lines[place]
            numbers = [number for number in _numbers(line) if number.exact]
            text = next((s.text for s in line.segments if abs(s.box.x0 - start) < ALIGNED), "")
            if len(numbers) != 1 or (row.page, place) in taken or not text:
                continue
            aligned = any(abs(numbers[0].right - edge) < ALIGNED for edge in edges)
            if aligned and lexicon.match(text) is None:
                taken.add((row.page, place))
                amount = f"{numbers[0].value:.2f}"
                found.append(LineItem(text, None, None, amount, row.page, place, line.box))
    return found


# END SOLUTION
# STUB:
def sum_of(items: Sequence[LineItem]) -> Decimal:
    """Return what the items add up to."""
    return sum((Decimal(item.amount) for item in items), Decimal())
