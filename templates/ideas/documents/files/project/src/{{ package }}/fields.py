"""The fields of a document, and what kind of value each one holds."""

from typing import Final, Literal

Kind = Literal["name", "code", "date", "currency", "amount"]

KINDS: Final[dict[str, Kind]] = {
    "supplier": "name",
    "number": "code",
    "date": "date",
    "due_date": "date",
    "currency": "currency",
    "net": "amount",
    "tax": "amount",
    "total": "amount",
}
FIELDS: Final = tuple(KINDS)
SUMS: Final = ("net", "tax", "total")
