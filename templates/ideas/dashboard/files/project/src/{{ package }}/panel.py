"""Daily orders of all shops as one matrix, with what is known ahead beside it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from .warehouse import Warehouse

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Panel:
    """`orders` is days x shops, NaN where unknown or closed; the rest reaches beyond its end."""

    first: date
    shops: tuple[str, ...]
    orders: Matrix
    holidays: tuple[str, ...]
    discount: Matrix
    closed: NDArray[np.bool_]

    @property
    def days(self) -> int:
        """How many days of orders are recorded."""
        return len(self.orders)

    def day(self, index: int) -> date:
        """Return the date of a row."""
        return self.first + timedelta(days=index)

    def until(self, end: int) -> "Panel":
        """Return the panel as it stood before day `end`: later orders are gone, plans are not."""
        return replace(self, orders=self.orders[:end])


def load_panel(warehouse: Warehouse) -> Panel:
    """Read the daily mart, the calendar and the planned offers."""
    calendar = warehouse.query("SELECT day, holiday FROM calendar ORDER BY day")
    shops = tuple(row["shop"] for row in warehouse.query("SELECT shop FROM shops ORDER BY shop"))
    place = {row["day"]: index for index, row in enumerate(calendar)}
    column = {shop: index for index, shop in enumerate(shops)}
    marts = warehouse.query("SELECT day, shop, orders, closed FROM daily_orders ORDER BY day")
    orders = np.full((place[marts[-1]["day"]] + 1, len(shops)), np.nan)
    closed = np.zeros((len(calendar), len(shops)), dtype=np.bool_)
    for row in marts:
        where = place[row["day"]], column[row["shop"]]
        closed[where] = bool(row["closed"])
        if row["orders"] is not None and not row["closed"]:
            orders[where] = row["orders"]
    discount = np.zeros((len(calendar), len(shops)))
    for row in warehouse.query("SELECT * FROM offers"):
        first, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
        start = place[first.isoformat()]
        discount[start : start + (last - first).days + 1, column[row["shop"]]] = row["discount"]
    return Panel(
        first=date.fromisoformat(calendar[0]["day"]),
        shops=shops,
        orders=orders,
        holidays=tuple(row["holiday"] or "" for row in calendar),
        discount=discount,
        closed=closed,
    )
