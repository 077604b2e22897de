"""The data set: documents with their truth, drawn from the seed, frozen by digest."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from .config import Settings
from .digest import file_digest
from .held_out import require_frozen
from .simulate.draw import HELD_OUT, LAYOUTS, RECEIPTS, draw
from .simulate.records import make_record

Part = Literal["dev", "known", "test"]


@dataclass(frozen=True, slots=True)
class Share:
    """Which documents a part has: so many of each layout, numbered from `start`."""

    held_out: bool
    start: int
    count: int

    @property
    def layouts(self) -> list[str]:
        """The layouts of the part."""
        return [name for name in LAYOUTS if (name in HELD_OUT) == self.held_out]


PARTS: dict[Part, Share] = {
    "dev": Share(held_out=False, start=0, count=40),
    "known": Share(held_out=False, start=500, count=15),
    "test": Share(held_out=True, start=0, count=100),
}


class DataError(RuntimeError):
    """The documents can't be used; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document and its truth."""

    id: str
    layout: str
    quirks: tuple[str, ...]
    truth: dict[str, Any]
    pdf: bytes


def folder(settings: Settings) -> Path:
    """Return where the documents lie."""
    return settings.data_dir / "documents"


def write_documents(settings: Settings) -> int:
    """Draw all documents of all parts; the same seed gives the same files."""
    count = 0
    for part, share in PARTS.items():
        place = folder(settings) / part
        place.mkdir(parents=True, exist_ok=True)
        lines = []
        for layout in share.layouts:
            for number in range(share.start, share.start + share.count):
                record = make_record(number, layout, layout in RECEIPTS, settings.seed)
                (place / f"{record.id}.pdf").write_bytes(draw(record))
                entry = {"id": record.id, "layout": layout, "quirks": record.quirks}
                lines.append(json.dumps(entry | {"truth": record.truth()}, ensure_ascii=False))
        text = "\n".join(lines) + "\n"
        (place / "truth.jsonl").write_text(text, encoding="utf-8", newline="\n")
        count += len(lines)
    return count


def load(settings: Settings, part: Part) -> list[Labelled]:
    """Read one part; the test part only if it is the one that was frozen."""
    place = folder(settings) / part
    path = place / "truth.jsonl"
    if not path.is_file():
        raise DataError(f"There are no documents in {place}: run `make demo` to draw them.")
    if part == "test":
        require_frozen(settings, path)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Labelled(
            row["id"],
            row["layout"],
            tuple(row["quirks"]),
            row["truth"],
            (place / f"{row['id']}.pdf").read_bytes(),
        )
        for row in rows
    ]


def truth_digest(settings: Settings, part: Part) -> str:
    """Return the SHA-256 of a part's truth as it lies there."""
    return file_digest(folder(settings) / part / "truth.jsonl")
