"""What layouts share: wording, amounts in the record's style, tables that run over pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .formats import write_date, write_money, write_number
from .records import Item, Record
from .sheet import MARGIN, Align, Sheet

LINE = 13.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its title, what it holds, where, and how it is aligned."""

    title: str
    holds: str
    x: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Ink:
    """Writes a record's values the way the record wants them written."""

    record: Record
    labels: Mapping[str, Sequence[str]]

    def label(self, name: str) -> str:
        """Return one of the layout's wordings for `name`, always the same in one document."""
        options = self.labels[name]
        return options[(self.record.wording // (1 + len(name) % 3)) % len(options)]

    def money(self, value: Decimal) -> str:
        """Write an amount with its currency where this document puts it."""
        record = self.record
        return write_money(value, record.number_style, record.currency, record.money_place)

    def number(self, value: Decimal) -> str:
        """Write an amount alone."""
        return write_number(value, self.record.number_style)

    def quantity(self, value: Decimal) -> str:
        """Write a quantity, whole where it is."""
        return str(int(value)) if value == int(value) else self.number(value)

    def day(self, day: date | str) -> str:
        """Write a date; the records keep dates that aren't fields as ISO text."""
        day = date.fromisoformat(day) if isinstance(day, str) else day
        return write_date(day, self.record.date_style)

    def rate(self, rate: Decimal) -> str:
        """Write a tax rate, short where it is whole."""
        return f"{rate.normalize():f}%"

    def cell(self, item: Item, index: int, holds: str) -> str:
        """Write what a column of a table holds."""
        if item.quantity is None or item.unit_price is None:
            return self.number(item.amount) if holds == "amount" else ""
        return {
            "place": str(index + 1),
            "code": f"{'ABCD'[index % 4]}-{1000 + 37 * index + self.record.wording}",
            "quantity": self.quantity(item.quantity),
            "unit_price": self.number(item.unit_price),
            "amount": self.number(item.amount),
            "rate": self.rate(item.rate),
        }[holds]

    def meta(self, names: Sequence[str]) -> list[tuple[str, str]]:
        """Return label and value for those of `names` that this document shows."""
        record = self.record
        values = {"number": record.number, "date": self.day(record.day)}
        if record.due:
            values["due"] = self.day(record.due)
        for name, value in record.others.items():
            values[name] = self.day(value) if name in ("ordered", "delivered") else value
        return [(self.label(name), values[name]) for name in names if name in values]

    def sums(self) -> list[tuple[str, str]]:
        """Return label and amount of the rows below a table, from the items to what is due."""
        record = self.record
        rows = []
        if record.discount:
            gross = record.net + record.discount
            rows.append((self.label("items"), self.money(gross)))
            rows.append((self.label("discount"), self.money(-record.discount)))
        if record.shows_tax:
            rows.append((self.label("net"), self.money(record.net)))
            several = len(record.taxes) > 1
            for rate, base, tax in record.taxes:
                text = f"{self.label('tax')} {self.rate(rate)}"
                if several:
                    text += f" {self.label('on')} {self.number(base)}"
                rows.append((text, self.money(tax)))
            if several:
                rows.append((self.label("all taxes"), self.money(record.tax)))
        if record.rounding:
            rows.append((self.label("rounding"), self.money(record.rounding)))
        rows.append((self.label("total"), self.money(record.total)))
        if record.foreign:
            code, rate = record.foreign
            other = write_money(record.total * rate, record.number_style, code, "code")
            rows.append((self.label("foreign"), other))
        if record.paid:
            rows.append((self.label("paid"), self.money(-record.paid)))
            rows.append((self.label("balance"), self.money(record.total - record.paid)))
        return rows


def draw_table(
    sheet: Sheet, ink: Ink, columns: Sequence[Column], wide: float, top: float, ruled: bool
) -> float:
    """Write the items, over as many pages as they need; return where the table ends."""
    bottom = sheet.height - 90
    left = columns[0].x - (20 if columns[0].align == "right" else 0)
    y = _head(sheet, columns, left, top, ruled)
    done = Decimal()
    for index, item in enumerate(ink.record.items):
        lines = sheet.wrap(item.description, wide)
        if y + LINE * len(lines) > bottom:
            sheet.text(left, y + 6, f"{ink.label('carried')} {ink.number(done)}", 8)
            sheet.page()
            y = _head(sheet, columns, left, 90, ruled)
        for column in columns:
            if column.holds == "description":
                for row, line in enumerate(lines):
                    sheet.text(column.x, y + LINE * row, line)
            else:
                text = ink.cell(item, index, column.holds)
                sheet.text(column.x, y, text, align=column.align)
        done += item.amount
        y += LINE * len(lines) + 3
    sheet.rule(left, y - 6, sheet.width - MARGIN)
    return y


def _head(sheet: Sheet, columns: Sequence[Column], left: float, y: float, ruled: bool) -> float:
    if ruled:
        sheet.rule(left, y + 5, sheet.width - MARGIN)
    else:
        sheet.frame(left - 4, y - 12, sheet.width - MARGIN - left + 8, 18)
    for column in columns:
        sheet.text(column.x, y, column.title, 8, bold=True, align=column.align)
    return y + 20


def start_sums(sheet: Sheet, y: float, rows: int) -> float:
    """Return where sums can start: here, or on a new page if they would not fit."""
    if y + LINE * rows < sheet.height - 80:
        return y + 14
    sheet.page()
    return 90.0
