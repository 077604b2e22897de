"""Arithmetic: which amounts fit together, and whether what was read adds up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
# BEGIN SOLUTION checks
from itertools import product
from typing import Literal
# END SOLUTION
# STUB: from typing import Literal

from .fields import SUMS
from .tables import TOLERANCE, LineItem, sum_of

State = Literal["ok", "off", "unknown"]

CENT = Decimal("0.02")
ROUNDING = Decimal("1.00")
# Log-odds that a sum which adds up is worth, and that one which doesn't costs.
FITS, FITS_NOT = 2.5, 2.5
DEPTH = 6


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must add up, and the numbers for a person to see."""

    name: str
    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value for a field with its log-odds; without a value: that there is none."""

    value: Decimal | None
    score: float


def choose_sums(
    ranked: Mapping[str, Sequence[Choice]], amounts: Sequence[Decimal], items: Decimal
) -> dict[str, Decimal | None]:
    """Choose net, tax and total together: each likely by itself, and adding up."""
    # BEGIN SOLUTION checks
    options = [[*ranked[name][:DEPTH], Choice(None, 0.0)] for name in SUMS]
    best = max(product(*options), key=lambda trio: _worth(trio, amounts, items))
    return {name: choice.value for name, choice in zip(SUMS, best, strict=True)}
    # END SOLUTION
    # STUB: return choose_alone(ranked, amounts, items)


def choose_alone(
    ranked: Mapping[str, Sequence[Choice]], _amounts: Sequence[Decimal], _items: Decimal
) -> dict[str, Decimal | None]:
    """Choose each by itself: the likeliest, if it is likelier than not."""
    first = {name: ranked[name][0] if ranked[name] else Choice(None, 0.0) for name in SUMS}
    return {name: one.value if one.score > 0 else None for name, one in first.items()}

# BEGIN SOLUTION checks

def _worth(trio: Sequence[Choice], amounts: Sequence[Decimal], items: Decimal) -> float:
    worth = sum(choice.score for choice in trio)
    net, tax, total = (choice.value for choice in trio)
    if net is not None and tax is not None and total is not None:
        worth += FITS if adds_up(net, tax, total, amounts) else -FITS_NOT
    if (net is None) != (tax is None):
        worth -= FITS_NOT  # who shows one shows the other
    if items and (net if net is not None else total) == items:
        worth += FITS / 2
    return worth


# END SOLUTION
# STUB:
def adds_up(net: Decimal, tax: Decimal, total: Decimal, amounts: Sequence[Decimal]) -> bool:
    """Whether net and tax give the total, up to a cent or to a rounding that is printed."""
    off = total - net - tax
    return abs(off) <= CENT or (abs(off) < ROUNDING and off in amounts)


def check(
    sums: Mapping[str, Decimal | None], items: Sequence[LineItem], amounts: Sequence[Decimal]
) -> list[Check]:
    """Return what adds up and what doesn't."""
    return [_check_sum(sums, amounts), _check_items(sums, items, amounts), _check_rows(items)]


def _check_sum(sums: Mapping[str, Decimal | None], amounts: Sequence[Decimal]) -> Check:
    name = "Net + tax = total"
    net, tax, total = (sums[field] for field in SUMS)
    if net is None or tax is None or total is None:
        return Check(name, "unknown", "Not all three amounts were found.")
    off = total - net - tax
    text = f"{net} + {tax} = {net + tax}, total {total}"
    if abs(off) > CENT and off in amounts:
        text += f" with the rounding of {off}"
    return Check(name, "ok" if adds_up(net, tax, total, amounts) else "off", text)


def _check_items(
    sums: Mapping[str, Decimal | None], items: Sequence[LineItem], amounts: Sequence[Decimal]
) -> Check:
    name = "Line items = net"
    goal = sums["net"] if sums["net"] is not None else sums["total"]
    if goal is None or not items:
        return Check(name, "unknown", "There is nothing to compare.")
    whole = sum_of(items)
    off = goal - whole
    # A discount or a rounding that is printed explains a difference.
    fits = abs(off) <= CENT or off in amounts or -off in amounts
    text = f"Items {whole}, to be {goal}"
    if fits and abs(off) > CENT:
        text += f"; {off} stands on the page"
    return Check(name, "ok" if fits else "off", text)


def _check_rows(items: Sequence[LineItem]) -> Check:
    name = "Quantity \u00d7 price = amount"
    priced = [item for item in items if item.quantity is not None]
    if not priced:
        return Check(name, "unknown", "No line has a quantity and a price.")
    wrong = [item for item in priced if not _row_fits(item)]
    text = f"{len(priced) - len(wrong)} of {len(priced)} lines"
    return Check(name, "off" if wrong else "ok", text)


def _row_fits(item: LineItem) -> bool:
    quantity, price = Decimal(item.quantity or 0), Decimal(item.unit_price or 0)
    return abs(quantity * price - Decimal(item.amount)) <= TOLERANCE * abs(quantity) + TOLERANCE
