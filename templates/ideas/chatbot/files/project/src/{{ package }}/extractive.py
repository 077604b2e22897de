"""The offline provider: it answers with the help centre's own sentences."""

from collections.abc import Sequence

from .corpus import Passage
from .facts import FactFit
from .features import PassageFeatures
from .providers import Draft, Quote
from .query import Analyzer
from .search import Hit, Ranking
from .text import terms

SENTENCES = 3
CLOSE = 0.1
MAX_QUOTES = 4

EXPECTED_BONUS = 0.25


class ExtractiveProvider:
    """Quotes the sentences that fit the question best, in the order of the page."""

    name = "extractive"

    def __init__(self, features: PassageFeatures, analyzer: Analyzer) -> None:
        self._features = features
        self._analyzer = analyzer

    def compose(self, question: str, rankings: Sequence[Ranking]) -> Draft:
        """Return the best sentences of the best passage of each part."""
        quotes: list[Quote] = []
        for ranking in rankings:
            for hit, count in _shares(ranking.hits):
                part = ranking.part if len(rankings) > 1 else question
                text = self._pick(part, hit.passage, count)
                if all(quote.text != text for quote in quotes):
                    quotes.append(Quote(hit.passage, text, hit.score))
        kept = tuple(quotes[:MAX_QUOTES])
        return Draft("\n\n".join(quote.text for quote in kept), kept, self.name)

    def _pick(self, question: str, passage: Passage, count: int) -> str:
        sentences = passage.sentences
        query = self._analyzer.analyze(question).wide
        total = self._features.ideal(query)
        worth = {term: weight * self._features.idf(term) / total for term, weight in query.items()}
        fits = FactFit(sentences).fit(question)
        scores = [
            sum(worth.get(term, 0.0) for term in set(terms(sentence))) + EXPECTED_BONUS * fit
            for sentence, fit in zip(sentences, fits, strict=True)
        ]
        best = sorted(range(len(sentences)), key=lambda row: (-scores[row], row))[:count]
        return " ".join(sentences[row] for row in sorted(best))


def _shares(hits: Sequence[Hit]) -> list[tuple[Hit, int]]:
    """Say how many sentences each passage may give: a close second gets one of its own."""
    if len(hits) > 1 and hits[0].score > 0 and hits[1].score >= CLOSE * hits[0].score:
        return [(hits[0], SENTENCES), (hits[1], SENTENCES - 1)]
    return [(hit, SENTENCES) for hit in hits[:1]]
