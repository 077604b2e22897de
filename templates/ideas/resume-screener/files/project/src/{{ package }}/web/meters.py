"""What the screening counts: rankings by redaction, files by outcome. Nothing about anybody."""

from prometheus_client import CollectorRegistry, Counter


class ScreeningMeters:
    def __init__(self, registry: CollectorRegistry) -> None:
        self._rankings = Counter(
            "screening_rankings_total",
            "Rankings shown, by whether names were hidden.",
            ["redacted"],
            registry=registry,
        )
        self._files = Counter(
            "screening_files_total", "Files uploaded, by outcome.", ["outcome"], registry=registry
        )

    def ranked(self, redacted: bool) -> None:
        self._rankings.labels("yes" if redacted else "no").inc()

    def read(self, outcome: str) -> None:
        self._files.labels(outcome).inc()
