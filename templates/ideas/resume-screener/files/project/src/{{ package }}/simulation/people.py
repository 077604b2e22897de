"""Who applies for what, what they can really do, and how well that fits: the hidden truth."""

from collections.abc import Mapping
from dataclasses import dataclass

from .dice import Dice
from .lexicon import GROUPS, Lexicon

# Share of applicants of each kind. The kind shapes levels and honesty; no file for the screener
# holds it.
KINDS = (
    ("strong", 0.11),
    ("solid", 0.21),
    ("junior", 0.18),
    ("changer", 0.13),
    ("neighbour", 0.14),
    ("stuffer", 0.12),
    ("stranger", 0.11),
)
GRADE_STEPS = (0.36, 0.54, 0.68)
FULL_LEVEL = 4.0
NICE_WEIGHT = 0.4
YEAR_COST, MAX_YEARS_COST = 0.035, 0.2
MERIT_SPREAD = 0.05
RUST = 1.2
# Past panels saw things differently from one another, and marked one group down. Both are in the
# grades that the ranker learns from, and in no grade that it is tested on.
PANEL_SPREAD = 0.05
PANEL_BIAS = 0.12


@dataclass(frozen=True, slots=True)
class Post:
    """A job on offer."""

    id: str
    family: str
    title: str
    must: tuple[str, ...]
    nice: tuple[str, ...]
    years: int


@dataclass(frozen=True, slots=True)
class Person:
    """An applicant; `levels` go from 0 to 5, `rusty` skills were better once."""

    id: str
    kind: str
    group: str
    family: str
    years: int
    levels: Mapping[str, float]
    rusty: frozenset[str]
    overclaim: int
    merit: float


def make_post(dice: Dice, lexicon: Lexicon, ident: str, family: str) -> Post:
    """Return a post that asks for seven or eight of its family's skills."""
    wanted = dice.some(lexicon.skills[family], dice.whole(7, 8))
    must = dice.whole(4, 5)
    title = dice.pick(lexicon.families[family])
    return Post(ident, family, title, tuple(wanted[:must]), tuple(wanted[must:]), dice.whole(1, 6))


def make_person(dice: Dice, lexicon: Lexicon, post: Post, ident: str) -> Person:
    """Return someone who applies for `post`, with or without good reason."""
    kind = _kind(dice)
    group = dice.pick(GROUPS)
    family = post.family
    if kind in ("changer", "neighbour", "stranger") or (kind == "stuffer" and dice.chance(0.5)):
        family = dice.pick([name for name in lexicon.families if name != post.family])
    years = dice.whole(*_years(kind, post.years))
    levels = {name: _own_level(dice, kind) for name in dice.some(lexicon.skills[family], 7)}
    for name in (*post.must, *post.nice):
        level = _asked_level(dice, kind)
        levels[name] = max(level, levels[name]) if kind == "neighbour" and name in levels else level
    rusty = frozenset(name for name, level in levels.items() if level >= 1 and dice.chance(0.2))
    worn = {name: max(0.0, lv - RUST) if name in rusty else lv for name, lv in levels.items()}
    overclaim = 2 if kind == "stuffer" or dice.chance(0.1) else int(dice.chance(0.35))
    merit = dice.normal(0.0, MERIT_SPREAD)
    return Person(ident, kind, group, family, years, worn, rusty, overclaim, merit)


def fit(post: Post, person: Person) -> float:
    """Return how well a person fits, about 0 to 1: levels, years and what no paper shows."""
    weights = {**dict.fromkeys(post.nice, NICE_WEIGHT), **dict.fromkeys(post.must, 1.0)}
    shares = [w * min(person.levels[s], FULL_LEVEL) / FULL_LEVEL for s, w in weights.items()]
    short = max(0, post.years - relevant_years(post, person))
    cost = min(MAX_YEARS_COST, YEAR_COST * short)
    return sum(shares) / sum(weights.values()) - cost + person.merit


def relevant_years(post: Post, person: Person) -> int:
    """Return the years in the post's own trade; a change of trade counts for a third."""
    return person.years if person.family == post.family else person.years // 3


def grade(value: float) -> int:
    """Return the grade of a fit: 0 no, 1 hardly, 2 invite, 3 invite first."""
    return sum(value >= step for step in GRADE_STEPS)


def panel_grade(dice: Dice, post: Post, person: Person) -> int:
    """Return the grade that a past panel gave: noisy, and unfair to one group."""
    unfair = PANEL_BIAS if person.group == GROUPS[1] else 0.0
    return grade(fit(post, person) - unfair + dice.normal(0.0, PANEL_SPREAD))


def _kind(dice: Dice) -> str:
    left = dice.whole(0, 999) / 1000
    for name, share in KINDS:
        left -= share
        if left < 0:
            return name
    return KINDS[-1][0]


def _years(kind: str, asked: int) -> tuple[int, int]:
    if kind == "junior":
        return 1, max(1, asked)
    return (2, 14) if kind in ("changer", "neighbour", "stranger") else (max(1, asked - 1), 14)


def _own_level(dice: Dice, kind: str) -> float:
    middle = {"junior": 1.8, "stuffer": 1.5}.get(kind, 3.0)
    return min(5.0, max(0.0, dice.normal(middle, 0.9)))


def _asked_level(dice: Dice, kind: str) -> float:
    middle, spread, missing = {
        "strong": (3.7, 0.7, 0.05),
        "solid": (3.0, 0.8, 0.2),
        "junior": (1.8, 0.7, 0.2),
        "changer": (2.8, 0.9, 0.25),
        "neighbour": (1.6, 0.9, 0.55),
        "stuffer": (0.9, 0.7, 0.4),
        "stranger": (0.4, 0.4, 0.8),
    }[kind]
    return 0.0 if dice.chance(missing) else min(5.0, max(0.0, dice.normal(middle, spread)))
