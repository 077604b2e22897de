"""What everybody buys: recent sales, fading, and how new a book is."""

import numpy as np

from .ledger import Floats, Ledger

FRESH_DAYS = 30.0


def recent_sales(ledger: Ledger, morning: int, half_life: float) -> Floats:
    """Return each book's sales, where a sale counts half after `half_life` days."""
    known = ledger.before(morning)
    weights = 0.5 ** ((morning - ledger.day[known]) / half_life)
    sales = np.bincount(ledger.book[known], weights, minlength=len(ledger.books))
    return sales.astype(np.float64)


def freshness(ledger: Ledger, morning: int) -> Floats:
    """Return 1 for a book that comes out today, fading over a month or so."""
    age = np.maximum(morning - ledger.released, 0)
    fresh: Floats = np.exp(-age / FRESH_DAYS)
    return fresh
