"""Cut a résumé into its head and its sections, whatever their order, style or names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

HEADINGS = {
    "profile": ("profile", "summary", "about me", "about", "objective"),
    "experience": ("experience", "employment", "career", "work experience", "work history"),
    "skills": ("skills", "key skills", "competences", "competencies", "technical skills"),
    "education": ("education", "studies", "qualifications", "academic background"),
    "interests": ("interests", "hobbies", "outside work", "volunteering"),
}
# Words in other headings that give their kind away; private matters must not pass for work.
TELLING = {
    "interests": re.compile(r"hobb|volunt|leisure|outside|free time|member|club", re.I),
    "experience": re.compile(r"work|employ|career|positions", re.I),
    "skills": re.compile(r"skill|competenc|tools|technolog", re.I),
    "education": re.compile(r"educat|stud|school|degree|training", re.I),
}
KIND_OF = {title: kind for kind, titles in HEADINGS.items() for title in titles}
MAX_HEADING_WORDS = 5
RULE = re.compile(r"[-=_]{3,}")
BULLET = re.compile(r"[-*\u2022\u00b7]\s+")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
OPEN_END = re.compile(r"\b(?:present|today|now|current|since)\b", re.IGNORECASE)
SENTENCE_END = (".", ":", ";")


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its kind, its lines (wrapped ones joined, no bullets), and those lines raw."""

    kind: str
    lines: tuple[str, ...]
    raw: tuple[str, ...]


def split_sections(text: str) -> list[Section]:
    """Return the head first (kind "head"), then the sections in their order."""
    raw = [line.strip() for line in text.splitlines()]
    found: list[tuple[str, list[str]]] = [("head", [])]
    for number, line in enumerate(raw):
        after = raw[number + 1] if number + 1 < len(raw) else ""
        title = _heading(line, after)
        if title is not None:
            found.append((KIND_OF.get(title) or _told(title), []))
        elif not RULE.fullmatch(line):
            found[-1][1].append(line)
    if len(found) == 1:  # no heading at all: the head ends at the first gap
        gap = next((number for number, line in enumerate(raw) if number and not line), 0)
        found = [("head", raw[:gap]), ("unknown", raw[gap:])]
    return [section for kind, lines in found if (section := _section(kind, lines)) is not None]


def _section(kind: str, raw: list[str]) -> Section | None:
    joined = tuple(raw) if kind == "head" else _join_wrapped(raw)
    lines = tuple(line for line in joined if line)
    if not lines:
        return None
    return Section(_guess(lines) if kind == "unknown" else kind, lines, tuple(filter(None, raw)))


def _told(title: str) -> str:
    return next((kind for kind, words in TELLING.items() if words.search(title)), "unknown")


def _heading(line: str, after: str) -> str | None:
    """Return the plain title if a line looks like a heading, else None."""
    plain = line.strip("=:-_ ").lower()
    # BEGIN SOLUTION reading
    if not plain or len(plain.split()) > MAX_HEADING_WORDS or BULLET.match(line):
        return None
    if plain in KIND_OF:
        return plain
    styled = (
        (line.isupper() and len(plain) > 4)
        or (line.startswith("==") and line.endswith("=="))
        or (RULE.fullmatch(after) is not None)
        or (line.endswith(":") and "," not in line)
    )
    return plain if styled else None
    # END SOLUTION
    # STUB: # The usual names alone, whatever the line looks like or what stands below it.
    # STUB: return plain if plain in KIND_OF and after != line else None


def _join_wrapped(lines: Sequence[str]) -> tuple[str, ...]:
    """Join a line that was wrapped to the one before; what begins an item or a position stays."""
    bulleted = sum(BULLET.match(line) is not None for line in lines) > 1
    room = max(map(len, lines), default=0)
    joined: list[str] = []
    last = 0
    for line in lines:
        item = BULLET.match(line) is not None
        if not item and joined and last and _goes_on(line, joined[-1], last, room, bulleted):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(BULLET.sub("", line, count=1) if item else line)
        last = len(line)
    return tuple(joined)


def _goes_on(line: str, before: str, last: int, room: int, bulleted: bool) -> bool:
    """Whether `line` continues `before`, whose last line had `last` of `room` characters."""
    # BEGIN SOLUTION reading
    if not line or before.endswith(SENTENCE_END) or YEAR.search(line):
        return False
    first = len(line.split(maxsplit=1)[0])
    full = last + 1 + first > room  # the first word would not have fitted there
    return full and (bulleted or before.endswith(",") or line[0].islower())
    # END SOLUTION
    # STUB: del line, before, last, room, bulleted
    # STUB: return False


def _guess(lines: Sequence[str]) -> str:
    """Return the kind of a section with an unknown name from what stands in it."""
    dated = sum(bool(YEAR.search(line)) for line in lines)
    if dated and any(OPEN_END.search(line) or len(YEAR.findall(line)) > 1 for line in lines):
        return "experience"
    short = sum(len(line.split()) <= 4 or line.count(",") > 2 for line in lines)
    return "skills" if short > len(lines) / 2 else "profile"
