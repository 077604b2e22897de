"""The shop's files: a catalogue of books and a list of purchases, checked at the door.

Days are numbers (`date.toordinal`): weeks and ages are then plain arithmetic.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

BOOK_COLUMNS = (
    "id", "title", "author", "series", "volume", "genre", "subjects", "blurb", "price", "released",
)  # fmt: skip
PURCHASE_COLUMNS = ("day", "reader", "book")
MAX_FIELD = 1_000


class DataError(ValueError):
    """A file cannot be used; the text names the file and the line."""


@dataclass(frozen=True, slots=True)
class Book:
    """What the catalogue says about a book."""

    id: str
    title: str
    author: str
    series: str
    volume: int
    genre: str
    subjects: tuple[str, ...]
    blurb: str
    price: float
    released: int

    def dated(self, released: int) -> "Book":
        """Return the same book with another day of release."""
        return replace(self, released=released)


@dataclass(frozen=True, slots=True)
class Purchase:
    """One copy bought by one reader."""

    day: int
    reader: str
    book: str


def read_books(path: Path) -> tuple[Book, ...]:
    """Read the catalogue; raise DataError at the first line that cannot be used."""
    books: dict[str, Book] = {}
    for line, row in _rows(path, BOOK_COLUMNS):
        try:
            book = _book(row)
        except ValueError as error:
            raise DataError(f"{path.name}:{line}: {error}") from error
        if book.id in books:
            raise DataError(f"{path.name}:{line}: the book {book.id} is there twice")
        books[book.id] = book
    if len(books) < 2:
        raise DataError(f"{path.name}: a catalogue needs two books or more")
    return tuple(books.values())


def read_purchases(path: Path, books: Sequence[Book]) -> list[Purchase]:
    """Read the purchases, which must be in the order of their days."""
    released = {book.id: book.released for book in books}
    purchases: list[Purchase] = []
    last = 0
    for line, row in _rows(path, PURCHASE_COLUMNS):
        where = f"{path.name}:{line}"
        try:
            day = date.fromisoformat(row["day"]).toordinal()
        except ValueError as error:
            raise DataError(f"{where}: {error}") from error
        if row["book"] not in released:
            raise DataError(f"{where}: the catalogue has no such book")
        if day < released[row["book"]]:
            raise DataError(f"{where}: bought before the book came out")
        if day < last:
            raise DataError(f"{where}: not in the order of the days")
        if not row["reader"]:
            raise DataError(f"{where}: no reader")
        last = day
        purchases.append(Purchase(day, row["reader"], row["book"]))
    return purchases


def write_books(books: Sequence[Book], path: Path) -> None:
    """Write a catalogue that `read_books` reads."""
    rows = [
        [
            book.id,
            book.title,
            book.author,
            book.series,
            book.volume,
            book.genre,
            "; ".join(book.subjects),
            book.blurb,
            f"{book.price:.2f}",
            date.fromordinal(book.released).isoformat(),
        ]
        for book in books
    ]
    _write(path, BOOK_COLUMNS, rows)


def write_purchases(purchases: Sequence[Purchase], path: Path) -> None:
    """Write purchases that `read_purchases` reads."""
    rows = [[date.fromordinal(p.day).isoformat(), p.reader, p.book] for p in purchases]
    _write(path, PURCHASE_COLUMNS, rows)


def _book(row: Mapping[str, str]) -> Book:
    for name in ("id", "title", "author", "genre"):
        if not row[name]:
            raise ValueError(f"no {name}")
    price = float(row["price"])
    if not 0 <= price < 1_000_000:
        raise ValueError("the price is out of range")
    return Book(
        id=row["id"],
        title=row["title"],
        author=row["author"],
        series=row["series"],
        volume=int(row["volume"]),
        genre=row["genre"],
        subjects=tuple(part.strip() for part in row["subjects"].split(";") if part.strip()),
        blurb=row["blurb"],
        price=price,
        released=date.fromisoformat(row["released"]).toordinal(),
    )


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as missing:
        raise DataError(f"There is no {path}; `make demo` simulates a shop.") from missing
    except UnicodeDecodeError as broken:
        raise DataError(f"{path.name} is not UTF-8 text") from broken
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != tuple(columns):
        raise DataError(f"{path.name}:1: the columns must be {', '.join(columns)}")
    for row in reader:
        if None in row or None in row.values():
            raise DataError(f"{path.name}:{reader.line_num}: wants {len(columns)} fields")
        if any(len(value) > MAX_FIELD for value in row.values()):
            raise DataError(f"{path.name}:{reader.line_num}: a field is too long")
        yield reader.line_num, row


def _write(path: Path, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
