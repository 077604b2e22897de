"""Two layouts of receipts: narrow, with short lines, payment and change."""

from decimal import ROUND_UP, Decimal

from .ink import Ink
from .invoices import CLASSIC
from .records import Item, Record
from .sheet import Sheet

STEP = 11.0

SLIP = CLASSIC | {
    "number": ("Receipt no.", "Receipt #", "Slip"),
    "date": ("Date",),
    "net": ("Net", "Excl. VAT", "Goods"),
    "tax": ("VAT", "incl. VAT", "Tax"),
    "all taxes": ("VAT total", "Taxes"),
    "total": ("TOTAL", "SUM", "TO PAY"),
    "order": ("Till",),
    "customer": ("Served by",),
}
TILL = SLIP | {
    "number": ("Sale no.", "Transaction", "Bill"),
    "date": ("Sold on", "Date"),
    "net": ("Goods value", "Net sales", "Net"),
    "tax": ("Sales tax", "VAT included", "Tax"),
    "all taxes": ("Sum of taxes",),
    "total": ("AMOUNT DUE", "Total sale", "You pay"),
    "items": ("Goods",),
    "order": ("Register",),
    "customer": ("Loyalty card",),
}


def slip(record: Record) -> bytes:
    """Everything in one narrow column, an item on two lines."""
    ink = Ink(record, SLIP)
    sheet = Sheet((227.0, 260.0 + 2.2 * STEP * (len(record.items) + 8)), "courier")
    middle, left, right = 113.0, 14.0, 213.0
    y = 28.0
    sheet.text(middle, y, record.supplier, 10, bold=True, align="centre")
    for line in record.supplier_lines:
        y += STEP
        sheet.text(middle, y, line, 7, align="centre")
    y += 2 * STEP
    sheet.text(left, y, f"{ink.day(record.day)} {time_of(record)}", 8)
    for label, value in ink.meta(("number", "order", "customer")):
        y += STEP
        sheet.text(left, y, f"{label} {value}", 8)
    y += STEP
    for item in record.items:
        y += STEP
        sheet.text(left, y, item.description, 8)
        y += STEP
        sheet.text(left + 12, y, _price(item, ink, "x"), 8)
        sheet.text(right, y, ink.number(item.amount), 8, align="right")
    y += STEP
    sheet.rule(left, y - 7, right)
    for label, value in [*ink.sums(), *payment(record, ink)]:
        y += STEP
        bold = label == ink.label("total")
        sheet.text(left, y, label, 9 if bold else 8, bold=bold)
        sheet.text(right, y, value, 9 if bold else 8, bold=bold, align="right")
    sheet.text(middle, y + 2.5 * STEP, "Thank you for your visit", 8, align="centre")
    return sheet.output()


def till(record: Record) -> bytes:
    """A wider receipt: sums first, then the items in one line each, the shop at the foot."""
    ink = Ink(record, TILL)
    sheet = Sheet((320.0, 270.0 + STEP * (len(record.items) + 12)), "helvetica")
    left, right = 20.0, 300.0
    sheet.text(left, 30, record.supplier, 12, bold=True)
    y = 50.0
    if record.wording % 2:
        sheet.text(left, y, f"{ink.label('date')} {ink.day(record.day)}, {time_of(record)}", 8)
    else:
        sheet.text(right, 44, f"{ink.day(record.day)} {time_of(record)}", 8, align="right")
    for label, value in ink.meta(("number", "customer", "order")):
        y += STEP
        sheet.text(left, y, f"{label}: {value}", 8)
    y += 2 * STEP
    for item in record.items:
        end = sheet.text(left, y, f"{item.description}  ", 8)
        sheet.text(max(end, 190.0), y, _price(item, ink, "@"), 8)
        sheet.text(right, y, ink.number(item.amount), 8, align="right")
        y += STEP
    for label, value in [*ink.sums(), *payment(record, ink)]:
        y += STEP + 1
        bold = label == ink.label("total")
        size = 11 if bold else 8
        sheet.text(right - 78, y, label, size, bold=bold, align="right")
        sheet.text(right, y, value, size, bold=bold, align="right")
    y += 3 * STEP
    for line in record.supplier_lines:
        sheet.text(160, y, line, 7, align="centre")
        y += STEP
    sheet.text(160, y, "Returns within 30 days with this receipt", 7, align="centre")
    return sheet.output()


def _price(item: Item, ink: Ink, sign: str) -> str:
    quantity, price = (ink.cell(item, 0, holds) for holds in ("quantity", "unit_price"))
    return f"{quantity} {sign} {price}" if price else ""


def time_of(record: Record) -> str:
    return f"{8 + record.wording % 12:02d}:{record.wording % 60:02d}"


def payment(record: Record, ink: Ink) -> list[tuple[str, str]]:
    """Return how it was paid: an amount that looks like a total, and often isn't the total."""
    if record.wording % 5 < 3:
        return [("Card", ink.number(record.total))]
    step = Decimal(100) if record.currency == "SEK" else Decimal(10)
    given = (record.total / step).quantize(Decimal(1), ROUND_UP) * step
    return [("Cash", ink.number(given)), ("Change", ink.number(given - record.total))]
