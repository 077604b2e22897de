"""Line charts as SVG text, for the weekly report and the README."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, isnan, log10

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 780, 300, 58, 18, 58, 34
INK, MUTED, GRID, ACCENT, BAND = "#1b1f24", "#57606a", "#e3e7eb", "#0b6bcb", "#0b6bcb"
TICKS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """Points (x, y); NaN breaks the line."""

    points: Sequence[tuple[float, float]]
    color: str = ACCENT
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A band: points (x, low, high)."""

    points: Sequence[tuple[float, float, float]]
    opacity: float


@dataclass(frozen=True, slots=True)
class Frame:
    """Maps values to places on the picture."""

    left: float
    right: float
    low: float
    high: float
    step: float

    def x(self, value: float) -> float:
        """Return the horizontal place."""
        share = (value - self.left) / max(self.right - self.left, 1e-9)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Return the vertical place."""
        share = (value - self.low) / max(self.high - self.low, 1e-9)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def line_chart(
    title: str,
    subtitle: str,
    lines: Sequence[Line],
    areas: Sequence[Area] = (),
    labels: Sequence[tuple[float, str]] = (),
) -> str:
    """Return a chart; `labels` stand below the axis."""
    frame = _frame(lines, areas)
    count = round((frame.high - frame.low) / frame.step)
    marks = [_tick(frame, frame.low + frame.step * place) for place in range(count + 1)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            'font-family="system-ui, sans-serif" font-size="12">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            f'<text x="16" y="25" font-size="16" font-weight="600" fill="{INK}">'
            f"{escape(title)}</text>",
            f'<text x="16" y="43" fill="{MUTED}">{escape(subtitle)}</text>',
            *marks,
            *(_area(frame, area) for area in areas),
            *(_line(frame, line) for line in lines),
            *(
                f'<text x="{frame.x(place):.1f}" y="{HEIGHT - 12}" text-anchor="middle" '
                f'fill="{MUTED}">{escape(text)}</text>'
                for place, text in labels
            ),
            "</svg>",
            "",
        ]
    )


def _frame(lines: Sequence[Line], areas: Sequence[Area]) -> Frame:
    xs = [x for line in lines for x, _ in line.points]
    ys = [y for line in lines for _, y in line.points if not isnan(y)]
    ys += [bound for area in areas for _, *bounds in area.points for bound in bounds]
    step = _step(max(0.0, *ys) - min(0.0, *ys))
    low, high = floor(min(0.0, *ys) / step) * step, ceil(max(0.0, *ys) / step) * step
    return Frame(min(xs), max(xs), low, high, step)


def _step(span: float) -> float:
    """Return a round distance between ticks."""
    power = 10.0 ** floor(log10(max(span / TICKS, 1e-9)))
    return next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= span / TICKS)


def _line(frame: Frame, line: Line) -> str:
    steps, pen = [], "M"
    for x, y in line.points:
        if isnan(y):
            pen = "M"
            continue
        steps.append(f"{pen}{frame.x(x):.1f} {frame.y(y):.1f}")
        pen = "L"
    dash = ' stroke-dasharray="5 4"' if line.dashed else ""
    return f'<path d="{"".join(steps)}" fill="none" stroke="{line.color}" stroke-width="2"{dash}/>'


def _area(frame: Frame, area: Area) -> str:
    there = [f"{frame.x(x):.1f} {frame.y(high):.1f}" for x, _, high in area.points]
    back = [f"{frame.x(x):.1f} {frame.y(low):.1f}" for x, low, _ in reversed(area.points)]
    return f'<path d="M{"L".join(there + back)}Z" fill="{BAND}" opacity="{area.opacity}"/>'


def _tick(frame: Frame, value: float) -> str:
    y = frame.y(value)
    return (
        f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{GRID}"/>'
        f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="{MUTED}">{value:,.0f}</text>'
    )
