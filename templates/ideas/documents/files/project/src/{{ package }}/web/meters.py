"""What the review counts: documents read and refused, how sure it was, what people changed."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from ..extractor import Reading

BUCKETS = (0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)


class ReviewMeters:
    def __init__(self, registry: CollectorRegistry) -> None:
        self._documents = Counter(
            "documents_total", "Documents handled, by outcome.", ["outcome"], registry=registry
        )
        self._confidence = Histogram(
            "document_confidence",
            "Confidence of each document's least sure field.",
            buckets=BUCKETS,
            registry=registry,
        )
        self._corrections = Counter(
            "field_corrections_total", "Fields that people changed.", ["field"], registry=registry
        )

    def read(self, reading: Reading, threshold: float) -> None:
        through = reading.lowest >= threshold
        self._documents.labels("straight_through" if through else "to_review").inc()
        self._confidence.observe(reading.lowest)

    def refused(self, code: str) -> None:
        self._documents.labels(code).inc()

    def corrected(self, field: str) -> None:
        self._corrections.labels(field).inc()
