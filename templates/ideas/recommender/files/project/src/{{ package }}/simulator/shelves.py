"""The books: what the catalogue says about them, and what only the simulator knows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

from ..catalogue import Book

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BEFORE_VOWEL = re.compile(r"^A (?=[AEIO]|Un(?!i))")
BACKLIST = 0.55
AUTHORS = 260
TONES = 3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names, title patterns and filler, and a shelf for each genre."""

    words: Mapping[str, Sequence[str]]
    shelves: Sequence[Mapping[str, Any]]

    @property
    def subjects(self) -> list[tuple[int, str, list[str]]]:
        """Every subject with the number of its shelf and its words."""
        return [
            (number, subject, list(words))
            for number, shelf in enumerate(self.shelves)
            for subject, words in shelf["subjects"].items()
        ]


@dataclass(frozen=True, slots=True)
class Stock:
    """All books: the catalogue's side, and the hidden side by the same numbers."""

    books: tuple[Book, ...]
    shelf: Ints
    subject: Ints
    second: Ints
    author: Ints
    follows: Ints
    released: Ints
    tone: Floats
    quality: Floats
    fade: Floats


def make_stock(
    vocabulary: Vocabulary, count: int, first: int, days: int, rng: RandomState
) -> Stock:
    """Invent `count` books; the backlist is out on day `first`, the others follow over `days`."""
    subjects = vocabulary.subjects
    home = np.array([shelf for shelf, _, _ in subjects])
    author_subject = rng.randint(0, len(subjects), AUTHORS)
    author_tone = rng.normal(0, 1, (AUTHORS, TONES))
    author_fame = rng.normal(0, 0.6, AUTHORS)
    popularity = rng.dirichlet(np.full(AUTHORS, 0.6))
    author = np.searchsorted(np.cumsum(popularity), rng.random_sample(count)).clip(0, AUTHORS - 1)
    # Most books stay with their author's subject, some wander.
    wander = rng.random_sample(count) < 0.4
    subject = np.where(wander, rng.randint(0, len(subjects), count), author_subject[author])
    second = np.where(
        rng.random_sample(count) < 0.45, rng.randint(0, len(subjects), count), subject
    )
    is_new = rng.random_sample(count) > BACKLIST
    age = np.where(is_new, rng.randint(0, days, count), -rng.randint(30, 2_000, count))
    order = np.argsort(age, kind="stable")
    author, subject, second, age = author[order], subject[order], second[order], age[order]
    follows = _series(author, subject, rng)
    titles = _titles(vocabulary, subject, rng)
    names = _authors(vocabulary, rng)
    books = tuple(
        _book(vocabulary, number, titles, names[author[number]], subject, second, follows, rng)
        for number in range(count)
    )
    books = tuple(
        book.dated(int(first + days_out)) for book, days_out in zip(books, age, strict=True)
    )
    return Stock(
        books=books,
        shelf=home[subject],
        subject=subject,
        second=second,
        author=author,
        follows=follows,
        released=first + age,
        tone=0.7 * author_tone[author] + 0.7 * rng.normal(0, 1, (count, TONES)),
        quality=author_fame[author] + rng.normal(0, 0.7, count),
        fade=np.exp(rng.normal(4.3, 0.8, count)),
    )


def _series(author: Ints, subject: Ints, rng: RandomState) -> Ints:
    """Let some books continue an earlier one by the same author on the same subject."""
    follows = np.full(len(author), -1, dtype=np.int64)
    last: dict[tuple[int, int], int] = {}
    for number, key in enumerate(zip(author.tolist(), subject.tolist(), strict=True)):
        if key in last and rng.random_sample() < 0.5:
            follows[number] = last[key]
        last[key] = number
    return follows


def _authors(vocabulary: Vocabulary, rng: RandomState) -> list[str]:
    pairs = [
        f"{a} {b}" for a in vocabulary.words["first_names"] for b in vocabulary.words["last_names"]
    ]
    return [pairs[number] for number in rng.permutation(len(pairs))[:AUTHORS]]


def _titles(vocabulary: Vocabulary, subject: Ints, rng: RandomState) -> list[str]:
    """Invent a title of its own for each book."""
    subjects, seen, titles = vocabulary.subjects, set[str](), list[str]()
    for number in range(len(subject)):
        own = subjects[subject[number]][2]
        while True:
            one, two = (own[i] for i in rng.permutation(len(own))[:2])
            elsewhere = subjects[rng.randint(len(subjects))][2]
            title = vocabulary.words["patterns"][
                rng.randint(len(vocabulary.words["patterns"]))
            ].format(
                word=one,
                word2=two,
                other=elsewhere[rng.randint(len(elsewhere))],
                adjective=vocabulary.words["adjectives"][
                    rng.randint(len(vocabulary.words["adjectives"]))
                ],
            )
            title = BEFORE_VOWEL.sub("An ", title)
            if title not in seen:
                break
        seen.add(title)
        titles.append(title)
    return titles


def _book(
    vocabulary: Vocabulary,
    number: int,
    titles: Sequence[str],
    author: str,
    subject: Ints,
    second: Ints,
    follows: Ints,
    rng: RandomState,
) -> Book:
    """Write the catalogue's entry: right in most things, silent or wrong in some."""
    subjects = vocabulary.subjects
    shelf, name, own = subjects[subject[number]]
    other = subjects[second[number]]
    noted = [name] if rng.random_sample() > 0.15 else []
    if second[number] != subject[number] and rng.random_sample() > 0.5:
        noted.append(other[1])
    if rng.random_sample() < 0.08:
        noted.append(subjects[rng.randint(len(subjects))][1])
    volume, start = 1, number
    while follows[start] >= 0:
        volume, start = volume + 1, int(follows[start])
    in_series = volume > 1 or bool((follows == number).any())
    filler = vocabulary.words["filler"]
    text = [filler[i] for i in rng.randint(0, len(filler), 14)]
    for place in rng.randint(0, len(text), 4):
        source = own if rng.random_sample() < 0.6 else other[2]
        text[place] = source[rng.randint(len(source))].lower()
    return Book(
        id=f"b{number:04d}",
        title=titles[number],
        author=author,
        series=f"{titles[start]} series" if in_series else "",
        volume=volume if in_series else 0,
        genre=vocabulary.shelves[shelf]["genre"],
        subjects=tuple(dict.fromkeys(noted)),
        blurb=" ".join(text).capitalize() + ".",
        price=float(5 + rng.randint(0, 20)) + 0.99,
        released=1,
    )
