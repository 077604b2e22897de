"""A résumé as the ranker sees it: positions, and every skill with the line that shows it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from .sections import OPEN_END, YEAR, Section, split_sections
from .skills import SkillFinder

# What a line says of a skill, from the strongest to the weakest. Verbs of people who write such
# lines for a living; a line with none of them counts as "used".
CUES: Mapping[str, re.Pattern[str]] = {
    "wish": re.compile(r"keen to|like to|learn|interested|reading up|next to|want to", re.I),
    "weak": re.compile(r"assist|shadow|exposure|support(?:ed|ing)|help|basic|first contact", re.I),
    "led": re.compile(r"\bled\b|owned|introduc|train|set the standard|designed|headed", re.I),
    "ran": re.compile(r"built|responsib|improv|deliver|handled|managed|took over", re.I),
}
SHOWN = ("led", "ran", "used", "weak")
LEVELS = (*SHOWN, "listed", "wish")
SHOWN_IN = frozenset({"experience", "unknown"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One line about one skill."""

    skill: str
    level: str
    quote: str
    section: str
    last_year: int | None

    @property
    def shown(self) -> bool:
        """Whether work shows the skill, however little."""
        return self.level in SHOWN


@dataclass(frozen=True, slots=True)
class Position:
    """One job that somebody had."""

    title: str
    start: int
    end: int
    skills: frozenset[str]


@dataclass(frozen=True, slots=True)
class Resume:
    """What could be read from one résumé."""

    text: str
    mentions: tuple[Mention, ...]
    positions: tuple[Position, ...]

    @property
    def claimed(self) -> frozenset[str]:
        """The skills that it claims: all but those that it merely wishes for."""
        return frozenset(m.skill for m in self.mentions if m.level != "wish")

    def best(self, skill: str) -> Mention | None:
        """Return the strongest mention of a skill, the latest among equals."""
        own = [mention for mention in self.mentions if mention.skill == skill]
        return min(own, key=lambda m: (LEVELS.index(m.level), -(m.last_year or 0)), default=None)


def read_resume(text: str, finder: SkillFinder, year: int) -> Resume:
    """Read a résumé; `year` is what "today" means in it."""
    mentions: list[Mention] = []
    positions: list[Position] = []
    for section in split_sections(text):
        if section.kind in ("head", "interests"):
            continue
        if section.kind in SHOWN_IN:
            for position, found in _positions(section, finder, year):
                mentions += found
                positions += [position] if position else []
        else:
            mentions += _listed(section, finder)
    return Resume(text, tuple(mentions), tuple(positions))


def level_of(line: str) -> str:
    """Return how strongly a line speaks of the skill in it."""
    # BEGIN SOLUTION evidence
    return next((level for level, cue in CUES.items() if cue.search(line)), "used")
    # END SOLUTION
    # STUB: return "used" if line else "listed"


def _listed(section: Section, finder: SkillFinder) -> Iterable[Mention]:
    for line in section.lines:
        level = "wish" if level_of(line) == "wish" else "listed"
        for skill in finder.find(line):
            yield Mention(skill, level, line, section.kind, None)


def _positions(
    section: Section, finder: SkillFinder, year: int
) -> Iterable[tuple[Position | None, list[Mention]]]:
    """Return each position with what is said under it; lines above the first have no dates."""
    heads = [number for number, line in enumerate(section.lines) if years_of(line, year)]
    bounds = [0, *heads, len(section.lines)]
    for first, end in pairwise(bounds):
        lines = section.lines[first:end]
        if not lines:
            continue
        span = years_of(lines[0], year)
        found = [
            Mention(skill, level_of(line), line, section.kind, span[1] if span else None)
            for line in (lines[1:] if span else lines)
            for skill in finder.find(line)
        ]
        skills = frozenset(mention.skill for mention in found)
        yield (Position(lines[0], *span, skills) if span else None), found


def years_of(line: str, year: int) -> tuple[int, int] | None:
    """Return first and last year of a line with a period, else None."""
    years = [int(found) for found in YEAR.findall(line)]
    if len(years) == 2 and years[0] <= years[1]:
        return years[0], years[1]
    if len(years) == 1 and OPEN_END.search(line):
        return years[0], max(year, years[0])
    return None
