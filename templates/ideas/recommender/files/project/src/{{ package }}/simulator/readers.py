"""The readers: what they like, how they find books, and what they buy.

A purchase is made in three steps that no model here shares: a need (own or a gift), a handful of
books that the reader happens to see, and a choice among those. What readers like is an ideal point,
not a product of factors; it drifts; and much of it (tone, circles of friends, quality) is nowhere
in the catalogue.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.random import RandomState

from .shelves import TONES, Floats, Ints, Stock, Vocabulary

SEEN = 36
MEMORY_DAYS = 60
CIRCLE = 18
WINDOW, FOLLOW, FRIENDS = 0, 1, 2  # else: along a shelf
WAY_EDGES = np.cumsum([0.27, 0.17, 0.15, 0.41])


@dataclass
class Reader:
    """One reader's hidden side."""

    interests: Floats
    tone: Floats
    rate: float
    joined: int
    left: int
    thrift: float
    circle: int
    bought: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sale:
    day: int
    reader: int
    book: int


@dataclass(frozen=True, slots=True)
class View:
    """What can be seen in one week: cumulated attention at the front, and along each shelf."""

    window: Floats
    shelves: list[Floats]


class Crowd:
    """All readers and the shop's state, from week to week."""

    def __init__(
        self, stock: Stock, vocabulary: Vocabulary, readers: int, days: int, rng: RandomState
    ):
        self._stock, self._rng, self._days = stock, rng, days
        self._shelves = vocabulary.shelves
        self._home = np.array([shelf for shelf, _, _ in vocabulary.subjects])
        self._subjects = len(vocabulary.subjects)
        self._price = np.array([book.price for book in stock.books])
        self._next = _follow_ups(stock)
        self._related = _related(vocabulary)
        self._readers = [self._new_reader() for _ in range(readers)]
        self._sold: list[Sale] = []
        self._circles: dict[int, list[Sale]] = {}

    def live(self, first: int) -> list[Sale]:
        """Let the readers buy from day `first` on; return all sales by day."""
        for week in range(self._days // 7):
            start = week * 7
            attention = self._attention(first + start)
            view = View(
                np.cumsum(attention),
                [
                    np.cumsum(np.where(self._stock.shelf == shelf, np.sqrt(attention), 0.0))
                    for shelf in range(len(self._shelves))
                ],
            )
            for number, reader in enumerate(self._readers):
                if reader.joined <= start + 6 and start <= reader.left:
                    self._drift(reader)
                    self._visits(number, reader, first, start, view)
        return sorted(self._sold, key=lambda sale: sale.day)

    def _new_reader(self) -> Reader:
        rng = self._rng
        late = rng.random_sample() < 0.6
        joined = int(rng.randint(0, self._days)) if late else 0
        return Reader(
            interests=self._new_interests(),
            tone=rng.normal(0, 1, TONES),
            rate=float(np.exp(rng.normal(-1.55, 0.75))),
            joined=joined,
            left=joined + int(rng.exponential(500)) + 30,
            thrift=float(rng.exponential(0.03)),
            circle=int(rng.randint(0, 100)),
        )

    def _new_interests(self) -> Floats:
        """A few subjects with their weights; neighbours on the shelf get some as well."""
        rng = self._rng
        picked = rng.randint(0, self._subjects, 2 + rng.poisson(1.2))
        weights = rng.dirichlet(np.full(len(picked), 1.2))
        own = np.zeros(self._subjects)
        np.add.at(own, picked, weights)
        spread: Floats = own @ self._related
        spread /= spread.sum()
        return spread

    def _drift(self, reader: Reader) -> None:
        """Now and then life changes, and with it a third of what somebody reads."""
        if self._rng.random_sample() < 1 / 45:
            reader.interests = 0.65 * reader.interests + 0.35 * self._new_interests()

    def _attention(self, today: int) -> Floats:
        """How much of the shop's front each book gets: news fades, sales feed on sales."""
        stock = self._stock
        age = today - stock.released
        launch = np.exp(-np.maximum(age, 0) / stock.fade)
        sold = np.zeros(len(stock.books))
        for sale in reversed(self._sold):
            if sale.day < today - 28:
                break
            sold[sale.book] += 1
        month = date.fromordinal(today).month
        season = np.array(
            [
                1 + shelf["swing"] * np.cos(2 * np.pi * (month - shelf["peak"]) / 12)
                for shelf in self._shelves
            ]
        )
        pull = (0.15 + launch + 0.12 * np.sqrt(sold)) * np.exp(0.5 * stock.quality)
        attention: Floats = np.where(age < -6, 0.0, pull * season[stock.shelf])
        return attention

    def _visits(self, number: int, reader: Reader, first: int, start: int, view: View) -> None:
        """Visit the shop this week, or not; a visit ends with one book or a few."""
        rng = self._rng
        december = date.fromordinal(first + start).month == 12
        if rng.random_sample() > 1 - np.exp(-reader.rate * (1.6 if december else 1.0)):
            return
        day = first + start + int(rng.randint(0, 7))
        gift = rng.random_sample() < (0.35 if december else 0.08)
        wants = self._new_interests() if gift else reader.interests
        for _ in range(1 + min(4, rng.poisson(0.7))):
            book = self._choose(reader, wants, view, day)
            if book is not None:
                sale = Sale(day, number, book)
                self._sold.append(sale)
                self._circles.setdefault(reader.circle, []).append(sale)
                reader.bought.append(book)

    def _choose(self, reader: Reader, wants: Floats, view: View, day: int) -> int | None:
        """Look at a handful of books and take the one that suits best, if one can be had."""
        stock = self._stock
        shown = self._shown(reader, wants, view, day) - set(reader.bought)
        books = np.array(sorted(shown), dtype=np.int64)
        books = books[stock.released[books] <= day]
        if not len(books):
            return None
        liking = 0.7 * wants[stock.subject[books]] + 0.3 * wants[stock.second[books]]
        distance = ((stock.tone[books] - reader.tone) ** 2).sum(axis=1)
        utility = (
            2.2 * np.log(liking + 0.01)
            - 0.45 * distance
            + 0.8 * stock.quality[books]
            - reader.thrift * self._price[books]
        )
        last = {int(stock.subject[book]) for book in reader.bought[-3:]}
        if len(last) == 1 and len(reader.bought) > 2:  # three of a kind are enough for a while
            utility -= 1.2 * (stock.subject[books] == last.pop())
        noise = -np.log(-np.log(self._rng.random_sample(len(books))))
        return int(books[np.argmax(utility + 0.9 * noise)])

    def _shown(self, reader: Reader, wants: Floats, view: View, day: int) -> set[int]:
        """The books that cross the reader's way."""
        way = _pick(WAY_EDGES, self._rng)
        if way == FOLLOW and reader.bought:
            return set().union(*(self._next[book] for book in reader.bought[-6:]))
        if way == FRIENDS:
            sales = self._circles.get(reader.circle, [])[-CIRCLE:]
            return {sale.book for sale in sales if sale.day > day - MEMORY_DAYS}
        if way == WINDOW:
            return self._sample(view.window)
        return self._sample(view.shelves[self._home[_pick(np.cumsum(wants), self._rng)]])

    def _sample(self, edges: Floats) -> set[int]:
        picks: Ints = np.searchsorted(edges, self._rng.random_sample(SEEN) * edges[-1])
        return set(picks.tolist())


def _pick(edges: Floats, rng: RandomState) -> int:
    """Return a place, each as likely as its step in the cumulated `edges`."""
    return int(np.searchsorted(edges[:-1], rng.random_sample() * edges[-1], side="right"))


def _follow_ups(stock: Stock) -> list[set[int]]:
    """For each book the next volume and the other books of its author."""
    return [
        set(np.flatnonzero((stock.follows == book) | (stock.author == writer)).tolist())
        for book, writer in enumerate(stock.author)
    ]


def _related(vocabulary: Vocabulary) -> Floats:
    """Who likes a subject likes its shelf a little, and one far subject for no visible reason."""
    subjects = vocabulary.subjects
    size = len(subjects)
    related = np.eye(size)
    for one in range(size):
        for other in range(size):
            if one != other and subjects[one][0] == subjects[other][0]:
                related[one, other] = 0.12
        related[one, (one * 7 + 23) % size] += 0.35
    return related
