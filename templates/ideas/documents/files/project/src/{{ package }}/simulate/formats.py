"""How amounts and dates are written: the same value, as different countries print it."""

from datetime import date
from decimal import Decimal

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

NUMBER_STYLES = {
    "USD": ("1,234.50",),
    "GBP": ("1,234.50", "1234.50"),
    "EUR": ("1.234,50", "1 234,50", "1,234.50"),
    "CHF": ("1'234.50", "1 234.50"),
    "SEK": ("1 234,50", "1.234,50"),
}
DATE_STYLES = {
    "USD": ("{m:02}/{d:02}/{y}", "{short} {d}, {y}", "{month} {d}, {y}", "{m:02}/{d:02}/{yy:02}"),
    "GBP": ("{d:02}/{m:02}/{y}", "{d} {month} {y}", "{d} {short} {y}", "{d:02}/{m:02}/{yy:02}"),
    "EUR": ("{d:02}.{m:02}.{y}", "{d:02}/{m:02}/{y}", "{y}-{m:02}-{d:02}", "{d:02}-{m:02}-{y}"),
    "CHF": ("{d:02}.{m:02}.{y}", "{d}. {month} {y}", "{d:02}.{m:02}.{yy:02}"),
    "SEK": ("{y}-{m:02}-{d:02}", "{d} {month} {y}"),
}
SYMBOLS = {"USD": "$", "GBP": "£", "EUR": "€", "CHF": "CHF", "SEK": "kr"}


def write_number(value: Decimal, style: str) -> str:
    """Write two decimals with the separators of the sample `style`."""
    text = f"{value:,.2f}"
    group, point = style[1], style[-3]
    if group == "2":  # the sample has no group separator
        group = ""
    return text.translate({ord(","): group, ord("."): point})


def write_money(value: Decimal, style: str, currency: str, place: str) -> str:
    """Write an amount with its currency `before`, `after`, as a `code`, or `bare`."""
    number = write_number(value, style)
    symbol = SYMBOLS[currency]
    if place == "bare":
        return number
    if place == "code":
        return f"{currency} {number}"
    if place == "after":
        return f"{number} {symbol}"
    return f"{symbol}{number}" if len(symbol) == 1 else f"{symbol} {number}"


def write_date(day: date, style: str) -> str:
    """Write a date in one of the styles above."""
    month = MONTHS[day.month - 1]
    parts = {"d": day.day, "m": day.month, "y": day.year, "yy": day.year % 100}
    return style.format(**parts, month=month, short=month[:3])
