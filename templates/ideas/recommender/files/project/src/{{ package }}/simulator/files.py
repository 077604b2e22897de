"""Run the simulator and write what a shop has on file."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from numpy.random import RandomState

from ..catalogue import Book, Purchase, write_books, write_purchases
from .readers import Crowd
from .shelves import Vocabulary, make_stock


@dataclass(frozen=True, slots=True)
class SimulatedShop:
    """The catalogue and all purchases, by day."""

    books: tuple[Book, ...]
    purchases: tuple[Purchase, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """How large the simulation is, and its seed."""

    seed: int
    books: int
    readers: int
    weeks: int
    first_monday: date


def load_town(path: Path) -> tuple[Town, Vocabulary]:
    """Read configs/shop.toml."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return Town(**raw["town"]), Vocabulary(raw["words"], raw["shelves"])


def simulate(town: Town, vocabulary: Vocabulary) -> SimulatedShop:
    """Let the town's readers buy books, week after week."""
    # RandomState, since numpy promises that its numbers stay the same for ever: the held-out part
    # is frozen by digest.
    rng = RandomState(town.seed)
    first, days = town.first_monday.toordinal(), 7 * town.weeks
    stock = make_stock(vocabulary, town.books, first, days, rng)
    sales = Crowd(stock, vocabulary, town.readers, days, rng).live(first)
    purchases = tuple(
        Purchase(sale.day, f"r{sale.reader:04d}", stock.books[sale.book].id) for sale in sales
    )
    return SimulatedShop(stock.books, purchases)


def write_shop(shop: SimulatedShop, raw: Path, held_out: Path, test_from: int) -> None:
    """Write the catalogue and the purchases, those from day `test_from` on into their own file."""
    write_books(shop.books, raw / "books.csv")
    write_purchases([p for p in shop.purchases if p.day < test_from], raw / "purchases.csv")
    write_purchases([p for p in shop.purchases if p.day >= test_from], held_out)
