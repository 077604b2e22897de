"""The help centre: Markdown pages cut into passages, one a section."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .text import sentences

OVERVIEW = "overview"
_HEADING = re.compile(r"^(#{1,2})\s+(.+?)\s*$")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


Hints = Mapping[str, Mapping[str, Sequence[str]]]


class CorpusError(ValueError):
    """A page can't be used as it stands; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One section of one page: the unit that is found, quoted and cited.

    `hints` are how customers put it; they help to find it and are never quoted.
    """

    page: str
    section: str
    title: str
    heading: str
    text: str
    hints: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The name that citations and evaluation cases use."""
        return f"{self.page}#{self.section}"

    @property
    def sentences(self) -> list[str]:
        """The passage's sentences, in order."""
        return sentences(self.text)


def slug(heading: str) -> str:
    """Return a heading as the last part of a link."""
    return _NOT_SLUG.sub("-", heading.lower()).strip("-")


def corpus_files(folder: Path) -> list[Path]:
    """Return the pages of the help centre, in a fixed order."""
    return sorted(folder.glob("*.md"))


def load_corpus(folder: Path, hints: Hints | None = None) -> list[Passage]:
    """Read every page below `folder`; raise CorpusError for the first that can't be used."""
    files = corpus_files(folder)
    if not files:
        raise CorpusError(f"{folder} holds no Markdown pages")
    passages = [passage for path in files for passage in parse_page(path)]
    seen: set[str] = set()
    for passage in passages:
        if passage.source in seen:
            raise CorpusError(f"{passage.page}.md has two sections called {passage.heading!r}")
        seen.add(passage.source)
    return _with_hints(passages, hints or {})


def _with_hints(passages: list[Passage], hints: Hints) -> list[Passage]:
    unused = {(page, section) for page, sections in hints.items() for section in sections}
    unused -= {(passage.page, passage.section) for passage in passages}
    if unused:
        page, section = min(unused)
        raise CorpusError(f"the search terms name a section that isn't there: {page}#{section}")
    return [replace(p, hints=tuple(hints.get(p.page, {}).get(p.section, ()))) for p in passages]


def parse_page(path: Path) -> list[Passage]:
    """Cut one page at its second-level headings; the text above them is its introduction."""
    # BEGIN SOLUTION passages
    title = ""
    sections: list[tuple[str, list[str]]] = [("", [])]
    for line in path.read_text(encoding="utf-8").splitlines():
        match = _HEADING.match(line)
        if match is None:
            sections[-1][1].append(line)
        elif match[1] == "#":
            if title:
                raise CorpusError(f"{path.name} has more than one title")
            title = match[2]
        else:
            sections.append((match[2], []))
    if not title:
        raise CorpusError(f"{path.name} has no title line ('# ...')")
    passages = [
        _passage(path.stem, title, heading, "\n".join(lines).strip()) for heading, lines in sections
    ]
    return [passage for passage in passages if passage.text]
    # END SOLUTION
    # STUB: # Each section is named, but holds the text of the whole page.
    # STUB: page = path.read_text(encoding="utf-8")
    # STUB: headings = ["", *(line[3:] for line in page.splitlines() if line.startswith("## "))]
    # STUB: return [_passage(path.stem, path.stem, heading, page) for heading in headings]


def _passage(page: str, title: str, heading: str, text: str) -> Passage:
    return Passage(page, slug(heading) if heading else OVERVIEW, title, heading or title, text)
