"""The assistant: screen, search, gate, compose. This is what the service and the CLI call."""

from collections.abc import Sequence
from dataclasses import dataclass

from .config import Settings
from .gate import Gate
from .guard import screen
from .index import IndexNotBuilt, load_index
from .llm import LlmProvider
from .llm_client import connect
from .providers import Draft, Provider
from .search import Ranking, Searcher
from .toolkit import HYBRID, Toolkit

__all__ = ["Answer", "Assistant", "Citation", "IndexNotBuilt"]

NOT_COVERED = (
    "I can't find that in the help centre, so I won't guess. "
    "Please rephrase the question, or ask our support team."
)
NOT_FOLLOWED = "I only answer questions about the help centre, so I left that request aside."
PRIVATE = (
    "I can't look up other people's data. For your own account, please sign in or ask our support "
    "team."
)
EMPTY = "Please type a question."
INJECTION_NOTICE = "The message asked me to change how I work. I don't do that."


@dataclass(frozen=True, slots=True)
class Citation:
    """Where an answer comes from, with the words taken from there."""

    page: str
    section: str
    title: str
    quote: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says. An abstention has no citations."""

    text: str
    citations: tuple[Citation, ...]
    abstained: bool
    confidence: float
    provider: str
    notice: str | None


class Assistant:
    """Answers questions from the passages of one index."""

    def __init__(
        self, searcher: Searcher, gate: Gate, provider: Provider, *, passages: int
    ) -> None:
        self._searcher = searcher
        self._gate = gate
        self._provider = provider
        self._passages = passages

    @classmethod
    def load(cls, settings: Settings) -> "Assistant":
        """Read the built index; raise IndexNotBuilt when there is none that can be used.

        Wrong settings come to light first (ConfigurationError), with an index or without.
        """
        client = connect(settings)
        index = load_index(settings)
        toolkit = Toolkit(index.passages, index.synonyms)
        provider: Provider = toolkit.extractive()
        if client is not None:
            provider = LlmProvider(client, str(settings.llm_model), provider)
        searcher = toolkit.hybrid(index.weights[HYBRID])
        return cls(searcher, index.gates[HYBRID], provider, passages=len(index.passages))

    @property
    def passages(self) -> int:
        """How many passages the assistant can cite."""
        return self._passages

    def ask(self, question: str) -> Answer:
        """Answer a question, or abstain. Any text up to 2,000 characters is a valid question."""
        screened = screen(question)
        notice = _masked_notice(screened.masked)
        if screened.injection:
            notice = " ".join(filter(None, [INJECTION_NOTICE, notice]))
        if not screened.query:
            return self._abstain(NOT_FOLLOWED if screened.injection else EMPTY, 0.0, notice)
        if screened.private:
            return self._abstain(PRIVATE, 0.0, notice)
        rankings = self._searcher.search(screened.query)
        confidences = [self._gate.confidence(ranking.signals) for ranking in rankings]
        confidence = max(confidences)
        open_rankings = [
            ranking
            for ranking, value in zip(rankings, confidences, strict=True)
            if self._gate.opens(value)
        ]
        if not open_rankings:
            return self._abstain(NOT_COVERED, confidence, notice)
        return self._answer(screened.text, open_rankings, confidence, notice)

    def _answer(
        self, question: str, rankings: Sequence[Ranking], confidence: float, notice: str | None
    ) -> Answer:
        draft = self._provider.compose(question, rankings)
        notices = [text for text in (notice, draft.notice) if text]
        joined = " ".join(notices) or None
        if not draft.quotes:
            return self._abstain(NOT_COVERED, confidence, joined)
        return Answer(draft.text, _citations(draft), False, confidence, draft.provider, joined)

    def _abstain(self, text: str, confidence: float, notice: str | None) -> Answer:
        return Answer(text, (), True, confidence, self._provider.name, notice)


def _citations(draft: Draft) -> tuple[Citation, ...]:
    return tuple(
        Citation(q.passage.page, q.passage.section, q.passage.title, q.text, round(q.score, 4))
        for q in draft.quotes
    )


def _masked_notice(kinds: Sequence[str]) -> str | None:
    if not kinds:
        return None
    return (
        f"I masked personal data in your message ({', '.join(kinds)}) before I used it. "
        "Please don't send such data in a chat."
    )
