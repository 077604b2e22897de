"""What the chat counts: how often it answers, how sure it is, how helpful people find it."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from ..assistant import Answer

CONFIDENCE_BUCKETS = tuple(step / 10 for step in range(1, 11))


class ChatMeters:
    def __init__(self, registry: CollectorRegistry) -> None:
        self._answers = Counter(
            "chat_answers_total",
            "Questions handled, by outcome and provider.",
            ["outcome", "provider"],
            registry=registry,
        )
        self._fallbacks = Counter(
            "chat_notices_total", "Answers that carried a notice.", registry=registry
        )
        self._confidence = Histogram(
            "chat_confidence",
            "Confidence of the answers given.",
            buckets=CONFIDENCE_BUCKETS,
            registry=registry,
        )
        self._feedback = Counter(
            "chat_feedback_total", "Votes of readers.", ["helpful"], registry=registry
        )

    def answered(self, answer: Answer) -> None:
        outcome = "abstained" if answer.abstained else "answered"
        self._answers.labels(outcome, answer.provider).inc()
        self._confidence.observe(answer.confidence)
        if answer.notice is not None:
            self._fallbacks.inc()

    def voted(self, helpful: bool) -> None:
        self._feedback.labels("yes" if helpful else "no").inc()
