"""Which layouts there are, which of them are held out, and the PDF of a record."""

from collections.abc import Callable

from .invoices import band, classic, letter, sidebar
from .later import bistro, ledger
from .receipts import slip, till
from .records import Record

LAYOUTS: dict[str, Callable[[Record], bytes]] = {
    "classic": classic,
    "band": band,
    "letter": letter,
    "slip": slip,
    "sidebar": sidebar,
    "till": till,
    "ledger": ledger,
    "bistro": bistro,
}
RECEIPTS = frozenset({"slip", "till", "bistro"})
HELD_OUT = frozenset({"ledger", "bistro"})


def draw(record: Record) -> bytes:
    """Return the record as a PDF."""
    return LAYOUTS[record.layout](record)
