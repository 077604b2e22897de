"""What the service counts: shelves with and without picks, reasons given, answers kept."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from ..recommender import Shelf

VARIETY_BUCKETS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)


class ShelfMeters:
    def __init__(self, registry: CollectorRegistry) -> None:
        self._shelves = Counter(
            "shelves_total", "Lists given, by whether anything was picked.", ["cold"],
            registry=registry,
        )  # fmt: skip
        self._reasons = Counter(
            "reasons_total", "Books recommended, by the kind of reason.", ["kind"],
            registry=registry,
        )  # fmt: skip
        self._cache = Counter(
            "shelf_cache_total", "Lists asked for, by whether they were kept.", ["hit"],
            registry=registry,
        )  # fmt: skip
        self._variety = Histogram(
            "shelf_variety", "How unlike the books of a list are.", buckets=VARIETY_BUCKETS,
            registry=registry,
        )  # fmt: skip

    def given(self, shelf: Shelf, kept: bool) -> None:
        self._shelves.labels("yes" if shelf.cold else "no").inc()
        self._cache.labels("yes" if kept else "no").inc()
        self._variety.observe(shelf.variety)
        for item in shelf.recommendations:
            self._reasons.labels(item.because.kind).inc()
