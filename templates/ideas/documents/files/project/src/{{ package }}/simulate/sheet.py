"""A page to write on: points from the top left, core fonts, the same bytes every time."""

from datetime import UTC, datetime
from typing import Literal

from fpdf import FPDF

Align = Literal["left", "right", "centre"]

A4 = (595.0, 842.0)
MARGIN = 48.0


class Sheet:
    """Writes text and rules; `page` starts a page and `room` says whether lines still fit."""

    def __init__(self, size: tuple[float, float] = A4, family: str = "helvetica") -> None:
        self.width, self.height = size
        self.family = family
        self._pdf = FPDF(unit="pt", format=size)
        self._pdf.core_fonts_encoding = "windows-1252"
        self._pdf.set_creation_date(datetime(2026, 1, 1, tzinfo=UTC))
        self._pdf.set_auto_page_break(False)
        self.page()

    def page(self) -> None:
        """Start a page."""
        self._pdf.add_page()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 9,
        bold: bool = False,
        align: Align = "left",
    ) -> float:
        """Write one line with its baseline at `y`; return where it ends."""
        self._pdf.set_font(self.family, "B" if bold else "", size)
        wide = self._pdf.get_string_width(text)
        left = x - {"left": 0.0, "right": wide, "centre": wide / 2}[align]
        self._pdf.text(left, y, text)
        return left + wide

    def rule(self, x: float, y: float, to: float, grey: int = 120) -> None:
        """Draw a horizontal line."""
        self._pdf.set_draw_color(grey)
        self._pdf.line(x, y, to, y)

    def frame(self, x: float, y: float, wide: float, high: float, grey: int = 235) -> None:
        """Fill a rectangle."""
        self._pdf.set_fill_color(grey)
        self._pdf.rect(x, y, wide, high, style="F")

    def wrap(self, text: str, wide: float, size: float = 9) -> list[str]:
        """Break text into lines that fit."""
        self._pdf.set_font(self.family, "", size)
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if self._pdf.get_string_width(longer) <= wide or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def output(self) -> bytes:
        """Return the PDF."""
        return bytes(self._pdf.output())
