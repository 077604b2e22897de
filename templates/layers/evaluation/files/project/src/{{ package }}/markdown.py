"""Pieces of the Markdown that evaluations write."""

from collections.abc import Iterable, Sequence

SHOWN = 240


def table(head: Sequence[str], rows: Iterable[Sequence[object]], numbers: int = 0) -> list[str]:
    """Return a table's lines; the last `numbers` columns are set to the right."""
    rule = ["---"] * (len(head) - numbers) + ["---:"] * numbers
    return [f"| {' | '.join(map(str, row))} |" for row in (head, rule, *rows)]


def one_line(text: str, limit: int = SHOWN) -> str:
    """Return text that others wrote so that it can stand in a line or a cell, cut to `limit`."""
    flat = " ".join(text.split()).replace("<", "&lt;").replace("|", "\\|")
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "\u2026"
