"""Figures as SVG text: no drawing library, and the same bytes from the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from .report import Unit, show

WIDTH, ROW, LEFT, RIGHT, TOP = 780, 34, 275, 70, 58
SPAN = WIDTH - LEFT - RIGHT
INK, MUTED, ACCENT, PALE = "#1b1f24", "#57606a", "#0b6bcb", "#a9b4c0"


@dataclass(frozen=True, slots=True)
class Bar:
    """One value with its interval, neither below 0."""

    label: str
    value: float
    low: float
    high: float
    accent: bool = False


def bar_chart(title: str, subtitle: str, bars: Sequence[Bar], unit: Unit = "share") -> str:
    """Return a horizontal bar chart with 95% intervals; shares reach from 0% to 100%."""
    height = TOP + ROW * len(bars) + 40
    top = 1.0 if unit == "share" else max(max(bar.value, bar.high) for bar in bars) or 1.0
    rows = [line for index, bar in enumerate(bars) for line in _row(bar, index, top, unit)]
    axis = [_tick(share / 4, TOP + ROW * len(bars), top, unit) for share in range(5)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'width="{WIDTH}" height="{height}" role="img" '
            'font-family="system-ui, sans-serif" font-size="14">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            f'<text x="16" y="26" font-size="17" font-weight="600" fill="{INK}">'
            f"{escape(title)}</text>",
            f'<text x="16" y="45" font-size="12" fill="{MUTED}">{escape(subtitle)}</text>',
            *axis,
            *rows,
            "</svg>",
            "",
        ]
    )


def _row(bar: Bar, index: int, top: float, unit: Unit) -> list[str]:
    edge = TOP + ROW * index
    middle, scale = edge + ROW // 2, SPAN / top
    low, high = LEFT + scale * bar.low, LEFT + scale * bar.high
    fill = ACCENT if bar.accent else PALE
    return [
        f'<text x="{LEFT - 10}" y="{middle + 5}" text-anchor="end" fill="{INK}">'
        f"{escape(bar.label)}</text>",
        f'<rect x="{LEFT}" y="{edge + 7}" width="{scale * bar.value:.1f}" height="{ROW - 14}" '
        f'rx="2" fill="{fill}"/>',
        f'<path d="M{low:.1f} {middle}H{high:.1f}M{low:.1f} {middle - 5}v10M{high:.1f} '
        f'{middle - 5}v10" stroke="{INK}" stroke-width="1.5" fill="none"/>',
        f'<text x="{WIDTH - 12}" y="{middle + 5}" text-anchor="end" font-weight="600" '
        f'fill="{INK}">{show(bar.value, unit)}</text>',
    ]


def _tick(share: float, bottom: int, top: float, unit: Unit) -> str:
    x = LEFT + SPAN * share
    label = f"{share:.0%}" if unit == "share" else show(share * top, unit)
    return (
        f'<path d="M{x:.1f} {TOP}V{bottom + 4}" stroke="#e3e7eb"/>'
        f'<text x="{x:.1f}" y="{bottom + 22}" text-anchor="middle" font-size="12" '
        f'fill="{MUTED}">{label}</text>'
    )
