"""The recommender: what the service and the command line call, and what the evaluation measures."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from .because import Because, explain
from .building import BLEND
from .catalogue import Book, read_books
from .config import Settings
from .diversity import rerank, variety
from .evidence import CONTENT, POPULAR
from .ledger import WEEK, Floats
from .model import Model, load_model


class UnknownBook(ValueError):
    """A pick is not in the catalogue."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A book, how well it fits (1 = the best of this list), and why it is here."""

    book: Book
    fit: float
    because: Because


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list of recommendations; `cold` says that there was nothing to go by."""

    recommendations: tuple[Recommendation, ...]
    variety: float
    cold: bool


class Recommender:
    """Recommends books to somebody who names some that they liked."""

    def __init__(self, books: Sequence[Book], model: Model) -> None:
        self.books = tuple(books)
        self.place = {book.id: number for number, book in enumerate(books)}
        self._evidence, self._weights = model.evidence, model.weights[BLEND]
        released = np.array([book.released for book in books])
        self._on_sale = released < model.morning + WEEK
        self._sales = self._evidence.alone[POPULAR]
        self._entries = [
            " ".join((book.title, book.author, book.genre, *book.subjects)).lower()
            for book in books
        ]

    @classmethod
    def load(cls, settings: Settings) -> "Recommender":
        """Read the catalogue and the built model; raise ModelNotBuilt if there is none."""
        model = load_model(settings)
        return cls(read_books(settings.books_path), model)

    def recommend(self, picks: Sequence[str], count: int = 10, diversity: float = 0.0) -> Shelf:
        """Return the best books for these picks (ids), none of which is among them."""
        unknown = [pick for pick in picks if pick not in self.place]
        if unknown:
            raise UnknownBook(f"{len(unknown)} of the picks are not in the catalogue")
        own = sorted({self.place[pick] for pick in picks})
        profile = profile_of(own, len(self.books))
        scores = self._evidence.scores(csr_matrix(profile[None, :]), self._weights)[0]
        scores[own] = -np.inf
        scores[~self._on_sale] = -np.inf
        likeness = self._evidence.pairs[CONTENT]
        chosen = rerank(scores, likeness, count, diversity)
        top = float(scores[chosen].max()) if len(chosen) else 0.0
        low = float(np.median(scores[np.isfinite(scores)])) if len(chosen) else 0.0
        return Shelf(
            recommendations=tuple(
                Recommendation(
                    book=self.books[book],
                    fit=round(max(0.0, (scores[book] - low) / max(top - low, 1e-9)), 4),
                    because=explain(profile, int(book), self.books, self._evidence, self._weights),
                )
                for book in chosen
            ),
            variety=round(variety(chosen, likeness), 4),
            cold=not own,
        )

    def find(self, text: str, limit: int) -> list[Book]:
        """Return books that hold every word typed: titles first, then what sells best."""
        words = text.lower().split()
        if not words:
            return []
        found = [n for n, entry in enumerate(self._entries) if all(w in entry for w in words)]
        first = text.lower().strip()
        found.sort(key=lambda n: (first not in self.books[n].title.lower(), -self._sales[n], n))
        return [self.books[number] for number in found[:limit]]

    def starters(self) -> dict[str, list[Book]]:
        """Return small shelves to begin with: what sells best in two genres at a time."""
        by_genre: dict[str, list[Book]] = {}
        for number in np.argsort(-self._sales, kind="stable"):
            by_genre.setdefault(self.books[number].genre, []).append(self.books[number])
        genres = sorted(by_genre)
        pairs = zip(genres[::2], genres[1::2], strict=False)
        return {
            f"{one} and {other.lower()}": by_genre[one][:2] + by_genre[other][:2]
            for one, other in pairs
        }


def profile_of(own: Sequence[int], size: int) -> Floats:
    """Return the profile of somebody who bought these books just now (see Ledger.profiles)."""
    profile = np.zeros(size)
    if own:
        profile[list(own)] = 1 / np.sqrt(len(own))
    return profile
