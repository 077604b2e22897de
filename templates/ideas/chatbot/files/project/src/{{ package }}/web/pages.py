"""The help pages as the reader sees them beside an answer."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
HEADING = re.compile(r"(#{1,6})\s+(.+)")
ITEM = re.compile(r"(?:[-*+]|\d+[.)])\s+(.+)")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")

Kind = Literal["heading", "paragraph", "item"]


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or a list item, as plain text."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Page:
    slug: str
    title: str
    blocks: tuple[Block, ...]


class PageStore:
    """Reads pages from a folder; only names that cannot leave it are looked up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, slug: str) -> Page | None:
        if SLUG.fullmatch(slug) is None:
            return None
        path = self._folder / f"{slug}.md"
        if not path.is_file():
            return None
        return parse(slug, path.read_text(encoding="utf-8"))


def parse(slug: str, markdown: str) -> Page:
    """Split a page into blocks; the first top heading becomes the title."""
    title = slug.replace("-", " ").capitalize()
    blocks: list[Block] = []
    for chunk in re.split(r"\n\s*\n", markdown):
        blocks += _blocks_of(chunk)
    first = HEADING.match(markdown.lstrip())
    if first is not None and len(first[1]) == 1 and blocks:
        title = blocks.pop(0).text
    return Page(slug, title, tuple(blocks))


def _blocks_of(chunk: str) -> list[Block]:
    blocks: list[Block] = []
    open_text = False  # whether the next line continues the last block
    for line in (raw.strip() for raw in chunk.splitlines()):
        if not line:
            continue
        if heading := HEADING.fullmatch(line):
            blocks.append(Block("heading", plain(heading[2])))
            open_text = False
        elif item := ITEM.fullmatch(line):
            blocks.append(Block("item", plain(item[1])))
            open_text = True
        elif open_text:
            blocks[-1] = Block(blocks[-1].kind, f"{blocks[-1].text} {plain(line)}")
        else:
            blocks.append(Block("paragraph", plain(line)))
            open_text = True
    return blocks


def plain(text: str) -> str:
    """Drop inline markup, keep the words."""
    return EMPHASIS.sub(r"\2", LINK.sub(r"\1", text))
