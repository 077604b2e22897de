"""Records: what a document says, drawn from a seed before any page exists."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from . import vocabulary as words
from .formats import DATE_STYLES, NUMBER_STYLES

CENT = Decimal("0.01")
RATES = {
    "USD": ("6.25", "8.00", "4.00"),
    "GBP": ("20.00", "5.00", "0.00"),
    "EUR": ("19.00", "7.00", "10.00"),
    "CHF": ("8.10", "2.60", "0.00"),
    "SEK": ("25.00", "12.00", "6.00"),
}
CURRENCIES = ("USD", "USD", "GBP", "GBP", "EUR", "EUR", "EUR", "CHF", "SEK")
CASH_STEP = {"CHF": Decimal("0.05"), "SEK": Decimal("1.00")}
FIRST_DAY = date(2024, 1, 3)
TERMS = (7, 10, 14, 21, 30, 45)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a document; a flat charge has no quantity and no unit price."""

    description: str
    quantity: Decimal | None
    unit_price: Decimal | None
    amount: Decimal
    rate: Decimal


@dataclass(slots=True)
class Record:
    """One document: its truth, and how its text is written."""

    id: str
    layout: str
    currency: str
    supplier: str
    supplier_lines: list[str]
    buyer_lines: list[str]
    number: str
    day: date
    due: date | None
    items: list[Item]
    discount: Decimal
    net: Decimal
    taxes: list[tuple[Decimal, Decimal, Decimal]]
    tax: Decimal
    rounding: Decimal
    total: Decimal
    paid: Decimal
    foreign: tuple[str, Decimal] | None
    shows_tax: bool
    shows_currency: bool
    others: dict[str, str]
    number_style: str
    date_style: str
    money_place: str
    wording: int
    quirks: list[str] = field(default_factory=list)

    def truth(self) -> dict[str, Any]:
        """Return fields and items as the evaluation wants them: ISO dates, plain decimals."""
        return {
            "supplier": self.supplier,
            "number": self.number,
            "date": self.day.isoformat(),
            "due_date": self.due.isoformat() if self.due else None,
            "currency": self.currency if self.shows_currency else None,
            "net": f"{self.net:.2f}" if self.shows_tax else None,
            "tax": f"{self.tax:.2f}" if self.shows_tax else None,
            "total": f"{self.total:.2f}",
            "items": [
                {
                    "description": item.description,
                    "quantity": _plain(item.quantity),
                    "unit_price": _plain(item.unit_price),
                    "amount": _plain(item.amount),
                }
                for item in self.items
            ],
        }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def make_record(number: int, layout: str, receipt: bool, seed: int) -> Record:
    """Draw one record; the same arguments give the same record everywhere."""
    rng = Random(f"{seed}/{layout}/{number}")  # noqa: S311 - a simulation, not a secret
    currency = rng.choice(CURRENCIES)
    items = _draw_items(rng, currency, receipt)
    discount, net, taxes = _settle(rng, items)
    shows_tax = rng.random() < (0.7 if receipt else 0.93)
    tax = sum((row[2] for row in taxes), Decimal()) if shows_tax else Decimal()
    exact = net + tax
    step = CASH_STEP.get(currency) if rng.random() < 0.6 else None
    total = _to_step(exact, step) if step else exact
    supplier, lines = _draw_company(rng, currency, receipt)
    day = FIRST_DAY + timedelta(days=rng.randrange(880))
    has_due = not receipt and rng.random() < 0.8
    place = rng.choice(("before", "after", "code", "bare", "bare"))
    record = Record(
        id=f"{layout}-{number:03d}",
        layout=layout,
        currency=currency,
        supplier=supplier,
        supplier_lines=lines,
        buyer_lines=[] if receipt else [_company(rng, currency), *_address(rng, currency)],
        number=_draw_number(rng, day),
        day=day,
        due=day + timedelta(days=rng.choice(TERMS)) if has_due else None,
        items=items,
        discount=discount,
        net=net,
        taxes=taxes if shows_tax else [],
        tax=tax,
        rounding=total - exact,
        total=total,
        paid=_to_step(total / 3, CENT) if not receipt and rng.random() < 0.15 else Decimal(),
        foreign=_draw_foreign(rng, currency),
        shows_tax=shows_tax,
        shows_currency=not (receipt and place == "bare"),
        others=_draw_others(rng, day),
        number_style=rng.choice(NUMBER_STYLES[currency]),
        date_style=rng.choice(DATE_STYLES[currency]),
        money_place=place,
        wording=rng.randrange(1000),
    )
    record.quirks = _quirks(record)
    return record


def _draw_items(rng: Random, currency: str, receipt: bool) -> list[Item]:
    stock = words.GROCERIES if receipt else rng.choice((words.GOODS, words.SERVICES))
    longest = 9 if receipt else rng.choice((4, 6, 9, 34))
    count = rng.randint(1, longest)
    rates = [Decimal(rate) for rate in RATES[currency]]
    several = rng.random() < 0.35
    factor = 10 if currency == "SEK" else 1
    items = []
    for _ in range(count):
        description = rng.choice(stock)
        if not receipt and rng.random() < 0.2:
            description += f", {rng.choice(words.EXTRAS)}"
        quantity = Decimal(rng.choice((1, 1, 1, 2, 2, 3, 4, 5, 8, 10, 12, 24, 40)))
        if stock is words.SERVICES and rng.random() < 0.3:
            quantity = Decimal(rng.randrange(3, 60)) / 4
        top = 900 if receipt else 26000
        price = Decimal(rng.randrange(90, top)) * factor / 100
        rate = rates[rng.randrange(2)] if several else rates[0]
        amount = _to_step(quantity * price, CENT)
        if rng.random() < 0.05:  # priced to a tenth of a cent, printed to a cent
            amount = _to_step(quantity * (price + Decimal(rng.randrange(-4, 5)) / 1000), CENT)
        items.append(Item(description, quantity, price, amount, rate))
    if not receipt and rng.random() < 0.3:
        amount = Decimal(rng.randrange(500, 9000)) * factor / 100
        items.append(Item(rng.choice(words.CHARGES), None, None, amount, rates[0]))
    return items


def _settle(
    rng: Random, items: list[Item]
) -> tuple[Decimal, Decimal, list[tuple[Decimal, Decimal, Decimal]]]:
    """Return the discount, the net sum and one (rate, base, tax) for each rate."""
    gross = sum((item.amount for item in items), Decimal())
    rates = sorted({item.rate for item in items}, reverse=True)
    share = Decimal(rng.choice((5, 10, 15))) if len(rates) == 1 and rng.random() < 0.15 else 0
    discount = _to_step(gross * share / 100, CENT) if share else Decimal()
    taxes = []
    for rate in rates:
        bases = [item.amount for item in items if item.rate == rate]
        base = sum(bases, Decimal()) - discount
        by_line = len(bases) > 2 and not discount and rng.random() < 0.3
        parts = bases if by_line else [base]  # taxed line by line, cents add up differently
        taxes.append((rate, base, sum((_to_step(p * rate / 100, CENT) for p in parts), Decimal())))
    return discount, gross - discount, taxes


def _to_step(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _company(rng: Random, currency: str) -> str:
    head, tail = rng.choice(words.HEADS), rng.choice(words.TAILS)
    second = f" & {rng.choice(words.HEADS)}" if rng.random() < 0.2 else ""
    return f"{head}{second} {tail} {rng.choice(words.SUFFIXES[currency])}".strip()


def _address(rng: Random, currency: str) -> list[str]:
    return [f"{rng.randint(1, 240)} {rng.choice(words.STREETS)}", rng.choice(words.TOWNS[currency])]


def _draw_company(rng: Random, currency: str, receipt: bool) -> tuple[str, list[str]]:
    name = _company(rng, currency)
    if receipt and rng.random() < 0.6:
        name = f"{rng.choice(words.HEADS)} {rng.choice(words.SHOPS)}"
    lines = _address(rng, currency)
    if rng.random() < 0.7:
        lines.append(f"Tel. {rng.randint(10, 99)} 555 {rng.randint(1000, 9999)}")
    if rng.random() < 0.7:
        lines.append(f"{rng.choice(('VAT ID', 'Tax ID', 'Reg. no.'))} {_digits(rng, 9)}")
    return name, lines


def _digits(rng: Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def _draw_foreign(rng: Random, currency: str) -> tuple[str, Decimal] | None:
    """Return a second currency in which the total is shown as well, and its rate."""
    others = [code for code in RATES if code != currency]
    code, rate = rng.choice(others), Decimal(rng.randrange(70, 140)) / 100
    return (code, rate) if rng.random() < 0.12 else None


def _draw_number(rng: Random, day: date) -> str:
    serial = rng.randint(1, 99999)
    return rng.choice(
        (
            f"INV-{serial:05d}",
            f"{day.year}-{serial:04d}",
            f"RE{day:%y%m}{serial:05d}",
            f"{100000 + serial}",
            f"{rng.choice('ABFKRS')}/{day.year}/{serial}",
            f"{rng.choice('ABCDEF')}{serial:06d}",
        )
    )


def _draw_others(rng: Random, day: date) -> dict[str, str]:
    """Return what else stands on a page and looks like a field but isn't one."""
    ordered = day - timedelta(days=rng.randint(2, 25))
    delivered = day - timedelta(days=rng.randint(0, 2))
    others = {
        "order": f"{rng.choice(('PO', 'ORD', '45'))}{_digits(rng, 6)}",
        "customer": f"{rng.choice(('C', 'K', ''))}{_digits(rng, 5)}",
        "ordered": ordered.isoformat(),
        "delivered": delivered.isoformat(),
        "account": f"XX{_digits(rng, 2)} {_digits(rng, 4)} {_digits(rng, 4)} {_digits(rng, 4)}",
    }
    return {key: value for key, value in others.items() if rng.random() < 0.65}


def _quirks(record: Record) -> list[str]:
    found = {
        "no due date": record.due is None,
        "no tax shown": not record.shows_tax,
        "no currency": not record.shows_currency,
        "several rates": len(record.taxes) > 1,
        "cash rounding": record.rounding != 0,
        "discount": record.discount != 0,
        "second currency": record.foreign is not None,
        "deposit": record.paid != 0,
        "long table": len(record.items) > 12,
        "flat charge": record.items[-1].quantity is None,
        "wrapped lines": any(len(item.description) > 50 for item in record.items),
    }
    return [name for name, holds in found.items() if holds]
