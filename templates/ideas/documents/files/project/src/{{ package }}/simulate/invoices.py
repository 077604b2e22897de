"""Four layouts of A4 invoices. Each draws in its own order: text order is not reading order."""

from .ink import LINE, Column, Ink, draw_table, start_sums
from .records import Record
from .sheet import MARGIN, Sheet

RIGHT = 595.0 - MARGIN

CLASSIC = {
    "number": ("Invoice No.", "Invoice number", "Invoice #", "Voucher"),
    "date": ("Invoice date", "Date", "Made out on"),
    "due": ("Due date", "Payment due", "Deadline"),
    "order": ("PO number", "Your order"),
    "customer": ("Customer no.", "Customer ID"),
    "ordered": ("Order date",),
    "delivered": ("Delivery date", "Date of supply"),
    "items": ("Items", "Sum of items"),
    "discount": ("Discount",),
    "net": ("Subtotal", "Net amount", "Before VAT"),
    "tax": ("VAT", "Tax"),
    "on": ("on", "of"),
    "all taxes": ("Total VAT", "Total tax"),
    "rounding": ("Rounding",),
    "total": ("Total", "Invoice total", "Final sum"),
    "paid": ("Deposit paid", "Payments received"),
    "balance": ("Balance due", "Amount outstanding"),
    "carried": ("Carried forward",),
    "foreign": ("For information", "Equivalent to"),
}
BAND = CLASSIC | {
    "number": ("Invoice no", "Document no.", "Ref."),
    "date": ("Issued", "Date of issue", "Day"),
    "due": ("Due", "Pay by", "Payment deadline"),
    "net": ("Subtotal", "Base amount", "Total excl. VAT"),
    "tax": ("VAT", "Sales tax"),
    "total": ("Grand total", "Charge", "Total"),
    "all taxes": ("Taxes", "VAT total"),
}
LETTER = CLASSIC | {
    "number": ("Invoice", "No.", "Invoice no."),
    "date": ("Date", "Dated"),
    "due": ("Please pay by", "Payable until", "Kindly transfer before"),
    "net": ("Net", "Sum net", "Our services"),
    "tax": ("plus VAT", "VAT", "Tax"),
    "total": ("Gross amount", "Amount due", "Altogether", "Total incl. tax"),
    "paid": ("less payment on account",),
    "balance": ("Still to pay",),
}
SIDEBAR = CLASSIC | {
    "number": ("Invoice ID", "Bill number", "Our reference"),
    "date": ("Billed on", "Issue date", "Invoice date"),
    "due": ("Due on", "Settle by", "Payment date"),
    "order": ("Purchase order", "Your reference"),
    "customer": ("Account no.", "Client"),
    "items": ("Goods and services",),
    "net": ("Total before tax", "Net value", "Taxable amount"),
    "tax": ("Tax amount", "VAT amount"),
    "total": ("Amount payable", "Total incl. VAT", "Invoice value"),
    "paid": ("Already paid",),
    "balance": ("Left to pay",),
    "carried": ("Page total",),
}


def classic(record: Record) -> bytes:
    """Sender on the left, details as label and value on the right, sums below the table."""
    sheet, ink = Sheet(), Ink(record, CLASSIC)
    sheet.text(MARGIN, 60, record.supplier, 14, bold=True)
    stack(sheet, record.supplier_lines, MARGIN, 76)
    sheet.text(RIGHT, 64, "INVOICE", 22, bold=True, align="right")
    stack(sheet, ["Bill to:", *record.buyer_lines], MARGIN, 150)
    names = ("number", "date", "due", "order", "customer", "delivered")
    for row, (label, value) in enumerate(ink.meta(names)):
        sheet.text(360, 150 + LINE * row, f"{label}:")
        sheet.text(RIGHT, 150 + LINE * row, value, align="right")
    columns = (
        Column("#", "place", MARGIN),
        Column("Description", "description", 72),
        Column("Qty", "quantity", 390, "right"),
        Column("Unit price", "unit_price", 465, "right"),
        Column(f"Amount{_unit(record)}", "amount", RIGHT, "right"),
    )
    y = draw_table(sheet, ink, columns, 270, 260, ruled=True)
    _sums(sheet, ink, y, 360, RIGHT)
    _foot(sheet, ink, f"Payment to {record.supplier}, account {{account}}. Thank you.")
    return sheet.output()


def band(record: Record) -> bytes:
    """Details as a band of labels above values, with the total among them; sender on the right."""
    sheet, ink = Sheet(), Ink(record, BAND)
    rows = ink.sums()
    sheet.text(MARGIN, 62, "Invoice", 24)
    sheet.text(RIGHT, 56, record.supplier, 11, bold=True, align="right")
    for row, line in enumerate(record.supplier_lines):
        sheet.text(RIGHT, 70 + 11 * row, line, 8, align="right")
    sheet.frame(MARGIN - 4, 138, RIGHT - MARGIN + 8, 40, 242)
    cells = ink.meta(("number", "date", "due", "order"))
    if record.wording % 2:
        cells.append((ink.label("total"), ink.money(record.total)))
    for column, (label, value) in enumerate(cells):
        sheet.text(MARGIN + 102 * column, 152, label, 7.5)
        sheet.text(MARGIN + 102 * column, 168, value, 9.5, bold=True)
    stack(sheet, ["Customer", *record.buyer_lines], MARGIN, 206)
    columns = (
        Column("Item", "description", MARGIN),
        Column("Quantity", "quantity", 345, "right"),
        Column("Price", "unit_price", 415, "right"),
        Column("VAT", "rate", 460, "right"),
        Column("Total", "amount", RIGHT, "right"),
    )
    y = draw_table(sheet, ink, columns, 240, 290, ruled=False)
    y = start_sums(sheet, y, len(rows))
    for label, value in rows:
        sheet.text(430, y, label, align="right")
        sheet.text(RIGHT, y, value, align="right")
        y += LINE + 2
    if record.money_place == "bare":
        sheet.text(MARGIN, sheet.height - 62, f"Prices in {record.currency}", 8)
    _foot(sheet, ink, f"{record.supplier} · account {{account}} · order date {{ordered}}")
    return sheet.output()


def letter(record: Record) -> bytes:
    """A letter: sender centred, details in running text, sums on the left with dots."""
    sheet, ink = Sheet(family="times"), Ink(record, LETTER)
    sheet.text(297, 56, record.supplier, 15, bold=True, align="centre")
    sheet.text(297, 71, " · ".join(record.supplier_lines), 8, align="centre")
    sheet.rule(MARGIN, 82, RIGHT)
    stack(sheet, record.buyer_lines, MARGIN, 116)
    x, y = MARGIN, 190.0
    for label, value in ink.meta(("date", "number", "customer", "order")):
        x = sheet.text(x, y, f"{label}: {value}", 10) + 22
    sheet.text(MARGIN, 214, "Dear customer, for our work and deliveries we charge:", 10)
    columns = (
        Column("Qty", "quantity", MARGIN + 20, "right"),
        Column("Description", "description", MARGIN + 34),
        Column("Each", "unit_price", 450, "right"),
        Column(f"Sum{_unit(record)}", "amount", RIGHT, "right"),
    )
    y = draw_table(sheet, ink, columns, 300, 244, ruled=True)
    rows = ink.sums()
    y = start_sums(sheet, y, len(rows) + 2)
    for label, value in rows:
        end = sheet.text(MARGIN, y, label, 10)
        sheet.text(end + 4, y, "." * max(3, int((300 - end) / 2.6)), 10)
        sheet.text(390, y, value, 10, align="right")
        y += LINE + 2
    for label, value in ink.meta(("due",)):
        sheet.text(MARGIN, y + 10, f"{label} {value}, quoting the number above.", 10)
    _foot(sheet, ink, "Bank account {account}. Supplied on {delivered}.")
    return sheet.output()


def sidebar(record: Record) -> bytes:
    """Details in a column on the left, sums as a grid whose labels stand above the amounts."""
    sheet, ink = Sheet(), Ink(record, SIDEBAR)
    columns = (
        Column("Code", "code", 190),
        Column("Units", "quantity", 270, "right"),
        Column("Service or product", "description", 282),
        Column("Rate", "unit_price", 482, "right"),
        Column(f"Line total{_unit(record)}", "amount", RIGHT, "right"),
    )
    sheet.text(190, 64, "Tax invoice", 18, bold=True)
    stack(sheet, ["Billed to", *record.buyer_lines], 190, 96)
    y = draw_table(sheet, ink, columns, 150, 190, ruled=False)
    rows = ink.sums()
    y = start_sums(sheet, y, 2 * (1 + len(rows) // 4)) + 8
    for start in range(0, len(rows), 3):
        for place, (label, value) in enumerate(rows[start : start + 3]):
            right = RIGHT - 120 * (len(rows[start : start + 3]) - 1 - place)
            sheet.text(right, y, label, 7.5, align="right")
            sheet.text(right, y + 12, value, 10, bold=True, align="right")
        y += 34
    _side(sheet, ink)
    return sheet.output()


def _side(sheet: Sheet, ink: Ink) -> None:
    record = ink.record
    y = 64.0
    for line in sheet.wrap(record.supplier, 95, 13):
        sheet.text(MARGIN, y, line, 11, bold=True)
        y += 14
    for line in record.supplier_lines:
        sheet.text(MARGIN, y, line, 7.5)
        y += 10
    y += 18
    for label, value in ink.meta(("date", "number", "due", "order", "customer", "ordered")):
        sheet.text(MARGIN, y, label, 7)
        sheet.text(MARGIN, y + 12, value, 9, bold=True)
        y += 31


def stack(sheet: Sheet, lines: list[str], x: float, y: float) -> None:
    for row, line in enumerate(lines):
        sheet.text(x, y + LINE * row, line)


def _sums(sheet: Sheet, ink: Ink, y: float, x: float, right: float) -> None:
    rows = ink.sums()
    y = start_sums(sheet, y, len(rows))
    for label, value in rows:
        bold = label == ink.label("total")
        sheet.text(x, y, label, bold=bold)
        sheet.text(right, y, value, bold=bold, align="right")
        y += LINE + 2


def _unit(record: Record) -> str:
    return f" ({record.currency})" if record.money_place == "bare" else ""


def _foot(sheet: Sheet, ink: Ink, text: str) -> None:
    """Write the last line of the page, or another one if the record lacks a value of it."""
    others = ink.record.others
    days = {name: ink.day(others[name]) for name in ("ordered", "delivered") if name in others}
    try:
        text = text.format(**(others | days))
    except KeyError:
        text = "Goods remain our property until paid in full."
    sheet.text(MARGIN, sheet.height - 50, text, 8)
