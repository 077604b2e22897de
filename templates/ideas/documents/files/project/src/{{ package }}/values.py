"""Amounts, dates and currencies as documents print them, and one plain form for each."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

CODES = {"$": "USD", "US$": "USD", "£": "GBP", "€": "EUR", "kr": "SEK", "Fr.": "CHF"}
CODES |= {code: code for code in ("USD", "GBP", "EUR", "CHF", "SEK")}
SIGN = r"(?:US\$|[$£€]|\b(?:USD|GBP|EUR|CHF|SEK|kr)\b|Fr\.)"
CURRENCY = re.compile(SIGN)

# BEGIN SOLUTION candidates
NUMBER = r"\d{1,3}(?:[ ,.'\u2019]\d{3})+[.,]\d{2}(?!\d)|\d+[.,]\d{2}(?!\d)"
# END SOLUTION
# STUB: NUMBER = r"\d+\.\d{2}(?!\d)"
AMOUNT = re.compile(rf"(?<![\d.,/-])-?(?:{NUMBER})(?![.,/-]?\d|\s?%)")
QUANTITY = re.compile(rf"(?<![\w.,/-])-?(?:{NUMBER}|\d{{1,5}})(?![\w%/-]|[.,]\d|\s?%)")

MONTHS = {
    name: number + 1
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    )
}
MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE = re.compile(
    # BEGIN SOLUTION candidates
    rf"\b(\d{{4}})-(\d\d)-(\d\d)\b|\b(\d\d?)([./-])(\d\d?)\5(\d{{4}}|\d\d)\b(?![./-]\d)"
    rf"|\b(\d\d?)\.? {MONTH}\.? (\d{{4}})\b|\b{MONTH}\.? (\d\d?), (\d{{4}})\b",
    # END SOLUTION
    # STUB: rf"\b(\d{{4}})-(\d\d)-(\d\d)\b|\b(\d\d?)([./-])(\d\d?)\5(\d{{4}})\b(?![./-]\d)"
    # STUB: rf"|\b(\d\d?) {MONTH} (\d{{4}})()()()()\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date that may be readable in two ways: day first, and month first."""

    day_first: date | None
    month_first: date | None

    @property
    def certain(self) -> bool:
        """Whether there is only one way to read it."""
        return self.day_first == self.month_first or None in (self.day_first, self.month_first)

    def read(self, month_first: bool) -> date | None:
        """Return the date read in one order, or in the only one that is possible."""
        first, second = self.day_first, self.month_first
        return (second or first) if month_first else (first or second)


def parse_amount(text: str) -> Decimal:
    """Return the value of text that `AMOUNT` or `QUANTITY` matched."""
    sign = -1 if text.startswith("-") else 1
    digits = re.sub(r"\D", "", text)
    decimals = 2 if re.search(r"[.,]\d{2}$", text) else 0
    return sign * Decimal(digits).scaleb(-decimals)


def parse_day(match: re.Match[str]) -> Day | None:
    """Return the date of a match of `DATE`, or None if no calendar has it."""
    # BEGIN SOLUTION candidates
    year, month, day, one, _, two, short, d1, name1, y1, name2, d2, y2 = match.groups()
    if year:
        only = _date(year, month, day)
    elif name1:
        only = _date(y1, MONTHS[name1.lower()], d1)
    elif name2:
        only = _date(y2, MONTHS[name2.lower()], d2)
    else:
        full = short if len(short) == 4 else f"20{short}"
        first, second = _date(full, two, one), _date(full, one, two)
        return Day(first, second) if first or second else None
    return Day(only, only) if only else None
    # END SOLUTION
    # STUB: year, month, day, one, _, two, full, d1, name, y1, *_ = match.groups()
    # STUB: if year:
    # STUB:     only = _date(year, month, day)
    # STUB: elif name:
    # STUB:     only = _date(y1, MONTHS[name.lower()], d1)
    # STUB: else:
    # STUB:     only = _date(full, two, one)
    # STUB: return Day(only, only) if only else None


def month_comes_first(days: list[Day], currency: str | None) -> bool:
    """Decide how a document writes dates: by a date that leaves no choice, else by its currency."""
    for day in days:
        if day.day_first is None or day.month_first is None:
            return day.day_first is None
    return currency == "USD"


def _date(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2099 else None
