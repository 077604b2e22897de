"""From a sheet to a file: plain text in several habits, and PDF in three layouts."""

import textwrap
from collections.abc import Callable
from datetime import UTC, datetime

from fpdf import FPDF

from .dice import Dice
from .writing import THIS_YEAR, Part, Sheet

BULLETS = ("- ", "* ", "\u2022 ", "")
HEADS: tuple[Callable[[str], str], ...] = (
    str.upper,
    "{}:".format,
    "== {} ==".format,
    lambda head: f"{head}\n{'-' * len(head)}",
)
TYPO_SHARE = 0.012
PRINTED = datetime(THIS_YEAR, 1, 1, tzinfo=UTC)
SIDE, MARGIN, GAP = 58.0, 15.0, 6.0


def to_text(sheet: Sheet, seed: str) -> str:
    """Lay out as plain text; the same seed has the same habits, whatever the name."""
    dice = Dice("text", seed)
    bullet, head = dice.pick(BULLETS), dice.pick(HEADS)
    width = dice.pick((72, 84, 200))
    opening = dice.pick(((sheet.name,), ("Curriculum vitae", sheet.name), (f"Name: {sheet.name}",)))
    blocks = ["\n".join([*opening, *sheet.contact])]
    for part in sheet.parts:
        lines = [head(part.heading)]
        for line in _mistyped(dice, part, sheet.name):
            mark, text = (bullet, line[2:]) if line.startswith("* ") else ("", line)
            lines += textwrap.wrap(mark + text, width, break_on_hyphens=False)
        blocks.append("\n".join(lines))
    if dice.chance(0.2):
        blocks.append(f"Résumé of {sheet.name}, page 1 of 1")
    return "\n\n".join(blocks) + "\n"


def to_pdf(sheet: Sheet, seed: str) -> bytes:
    """Lay out as PDF: one column, a side column, or a narrow one that wraps more."""
    dice = Dice("pdf", seed)
    layout = dice.pick(("column", "sidebar", "narrow"))
    page = FPDF(format="A4")
    page.set_creation_date(PRINTED)
    page.set_compression(True)
    page.set_margins(MARGIN, MARGIN)
    page.add_page()
    page.set_title("Résumé")
    page.set_font("Helvetica", "B", 16)
    page.multi_cell(0, 9, sheet.name, new_x="LMARGIN", new_y="NEXT")
    page.set_font("Helvetica", size=9)
    page.multi_cell(0, 5, " | ".join(sheet.contact), new_x="LMARGIN", new_y="NEXT")
    page.ln(3)
    narrow = [p for p in sheet.parts if layout == "sidebar" and p.kind in ("skills", "interests")]
    top = page.get_y()
    for part in narrow:
        _print(page, part, SIDE)
    if narrow:
        page.set_y(top)
        page.set_left_margin(MARGIN + SIDE + GAP)
        page.set_x(MARGIN + SIDE + GAP)
    for part in sheet.parts:
        if part not in narrow:
            _print(page, part, 0 if layout != "narrow" else 120)
    return bytes(page.output())


def _print(page: FPDF, part: Part, width: float) -> None:
    page.set_font("Helvetica", "B", 11)
    page.multi_cell(width, 7, part.heading.upper(), new_x="LMARGIN", new_y="NEXT")
    page.set_font("Helvetica", size=10)
    for line in part.lines:
        text = f"\u00b7 {line[2:]}" if line.startswith("* ") else line
        page.multi_cell(width, 5, text, new_x="LMARGIN", new_y="NEXT")
    page.ln(2)


def _mistyped(dice: Dice, part: Part, name: str) -> list[str]:
    """Return the lines with a few slips of the finger, never in a name or a number."""
    if part.kind == "education":
        return list(part.lines)
    spared = set(name.split())
    return [
        " ".join(_slip(dice, word) if word not in spared else word for word in line.split(" "))
        for line in part.lines
    ]


def _slip(dice: Dice, word: str) -> str:
    if len(word) < 6 or not word.isalpha() or not dice.chance(TYPO_SHARE * 2):
        return word
    place = dice.whole(1, len(word) - 3)
    if dice.chance(0.5):
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + word[place + 1 :]
