"""What the inspection counts: pictures by outcome, and how their scores are spread."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from ..inspector import Inspection

BUCKETS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


class InspectionMeters:
    def __init__(self, registry: CollectorRegistry) -> None:
        self._pictures = Counter(
            "pictures_total", "Pictures handled, by outcome.", ["outcome"], registry=registry
        )
        self._scores = Histogram(
            "picture_score",
            "Score of each picture's worst tile.",
            ["surface"],
            buckets=BUCKETS,
            registry=registry,
        )

    def inspected(self, surface: str, found: Inspection) -> None:
        rejected = found.score >= found.threshold
        self._pictures.labels("rejected" if rejected else "good").inc()
        self._scores.labels(surface).observe(found.score)

    def refused(self, code: str) -> None:
        self._pictures.labels(code).inc()
