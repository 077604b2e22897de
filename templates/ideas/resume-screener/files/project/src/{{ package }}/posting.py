"""A job posting: what must be there, what would be nice, how many years are asked for."""

import re
from dataclasses import dataclass

from .skills import SkillFinder
from .text import bag

NICE = re.compile(r"nice to have|a plus|helps if|ideally|desirable|bonus|advantage", re.I)
MUST = re.compile(r"you bring|require|you have|must have|qualifications|what you need", re.I)
OVER = re.compile(r"we offer|benefits|about us|your tasks|apply", re.I)
YEARS = re.compile(r"(\d{1,2})\+?\s*years?", re.I)
MAX_HEADING = 40
MAX_YEARS = 20


@dataclass(frozen=True, slots=True)
class Posting:
    """What a job asks for, as far as its text could be read."""

    title: str
    text: str
    must: tuple[str, ...]
    nice: tuple[str, ...]
    years: int

    @property
    def title_words(self) -> frozenset[str]:
        return frozenset(bag(self.title))


def read_posting(title: str, text: str, finder: SkillFinder) -> Posting:
    """Read a posting; without headings every skill in it is a must."""
    found: dict[str, dict[str, None]] = {"must": {}, "nice": {}, "": {}}
    where = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if len(line) <= MAX_HEADING and not line.startswith(("-", "*")):
            where = _part(line, where)
        found[where].update(dict.fromkeys(finder.find(line)))
    must = tuple(found["must"] or found[""])
    nice = tuple(skill for skill in found["nice"] if skill not in must)
    asked = YEARS.search(text)
    return Posting(title, text, must, nice, min(int(asked[1]), MAX_YEARS) if asked else 0)


def _part(line: str, where: str) -> str:
    if NICE.search(line):
        return "nice"
    if MUST.search(line):
        return "must"
    return "" if OVER.search(line) else where
