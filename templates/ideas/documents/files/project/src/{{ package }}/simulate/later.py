"""Two layouts drawn after the others, when the reader was finished: they are held out."""

from .ink import LINE, Column, Ink, draw_table, start_sums
from .invoices import CLASSIC, RIGHT, stack
from .receipts import SLIP, STEP, payment, time_of
from .records import Record
from .sheet import MARGIN, Sheet

LEDGER = CLASSIC | {
    "number": ("Document ref.", "Bill ID", "Invoice code"),
    "date": ("Drawn up", "Invoiced on", "Date"),
    "due": ("Remit by", "Last day for payment", "Due"),
    "order": ("Contract", "PO"),
    "customer": ("Debtor", "Customer ref."),
    "ordered": ("Ordered",),
    "delivered": ("Shipped",),
    "items": ("Sum of lines",),
    "discount": ("Allowance",),
    "net": ("Sum excluding tax", "Value of goods", "Subtotal"),
    "tax": ("Tax at", "Turnover tax", "VAT"),
    "all taxes": ("Tax in all",),
    "total": ("Sum including tax", "Total to transfer", "Grand total"),
    "paid": ("Prepayment",),
    "balance": ("Remaining",),
    "carried": ("Brought over",),
    "foreign": ("Converted",),
}
BISTRO = SLIP | {
    "number": ("Check no.", "Receipt ID", "Doc."),
    "date": ("Printed",),
    "order": ("Table",),
    "customer": ("Guest card",),
    "items": ("Dishes and goods",),
    "discount": ("House discount",),
    "net": ("w/o tax", "Taxable", "Net"),
    "tax": ("of which VAT", "Tax", "Sales tax"),
    "all taxes": ("Tax in all",),
    "total": ("Sum to pay", "TOTAL", "Amount"),
    "foreign": ("Converted",),
}


def ledger(record: Record) -> bytes:
    """Sums in a box on top, details in a grid below it, the sender at the foot of the page."""
    sheet, ink = Sheet(family="times"), Ink(record, LEDGER)
    rows = ink.sums()
    sheet.text(MARGIN, 58, "Invoice", 26)
    sheet.text(RIGHT, 50, record.supplier, 13, bold=True, align="right")
    stack(sheet, ["To", *record.buyer_lines], MARGIN, 92)
    sheet.frame(330, 74, RIGHT - 330, 16 + LINE * len(rows), 240)
    for place, (label, value) in enumerate(rows):
        bold = label == ink.label("total")
        sheet.text(338, 90 + LINE * place, label, 9, bold=bold)
        sheet.text(RIGHT - 8, 90 + LINE * place, value, 9, bold=bold, align="right")
    top = max(166.0, 110 + LINE * len(rows))
    names = ("date", "number", "customer", "due", "order", "delivered")
    for place, (label, value) in enumerate(ink.meta(names)):
        x, y = MARGIN + 168 * (place % 3), top + 30 * (place // 3)
        sheet.text(x, y, label, 8)
        sheet.text(x, y + 12, value, 10, bold=True)
    columns = (
        Column("No.", "place", MARGIN),
        Column("Articles", "description", MARGIN + 30),
        Column("Tax", "rate", 340, "right"),
        Column("Number of", "quantity", 392, "right"),
        Column("Single", "unit_price", 460, "right"),
        Column(
            f"Value {record.currency}" if record.money_place == "bare" else "Value",
            "amount",
            RIGHT,
            "right",
        ),
    )
    y = draw_table(sheet, ink, columns, 215, top + 76, ruled=False)
    y = start_sums(sheet, y, 5)
    stack(sheet, [record.supplier, *record.supplier_lines], MARGIN, max(y + 20, 740))
    return sheet.output()


def bistro(record: Record) -> bytes:
    """A slip with ruled sections: an item on two lines, the amount behind an equals sign."""
    ink = Ink(record, BISTRO)
    sheet = Sheet((250.0, 270.0 + 2 * STEP * (len(record.items) + 9)))
    left, right = 18.0, 232.0
    y = 30.0
    sheet.text(left, y, record.supplier, 11, bold=True)
    for line in record.supplier_lines:
        y += STEP
        sheet.text(left, y, line, 7)
    y += STEP
    sheet.rule(left, y - 4, right)
    for item in record.items:
        y += STEP
        sheet.text(left, y, item.description, 8, bold=True)
        y += STEP
        price = f"{ink.cell(item, 0, 'quantity')} pcs at {ink.cell(item, 0, 'unit_price')} ="
        sheet.text(left + 60, y, price, 8)
        sheet.text(right, y, ink.number(item.amount), 8, align="right")
    y += STEP
    sheet.rule(left, y - 4, right)
    for label, value in [*ink.sums(), *payment(record, ink)]:
        y += STEP + 1
        size = 10 if label == ink.label("total") else 8
        sheet.text(left, y, f"{label}:", size)
        sheet.text(right, y, value, size, bold=size == 10, align="right")
    y += STEP
    sheet.rule(left, y - 4, right)
    for label, value in ink.meta(("number", "order", "customer")):
        y += STEP
        sheet.text(left, y, f"{label} {value}", 8)
    y += STEP
    printed = f"{ink.label('date')} " if record.wording % 2 else ""
    sheet.text(left, y, f"{printed}{ink.day(record.day)} {time_of(record)}", 8)
    sheet.text(125, y + 2 * STEP, "See you soon", 8, align="centre")
    return sheet.output()
