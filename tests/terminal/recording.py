"""A first session as it is seen, as an SVG: a real run on a terminal, frame after frame."""

import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from terminal import Terminal

ROWS, COLUMNS, WIDE, HIGH, MARGIN = 24, 92, 8.43, 19, 16
COLOURS = {"1": "font-weight='bold'", "2": "fill='#8b949e'", "1;36": "fill='#56d4dd' font-weight='bold'",
           "31": "fill='#ff7b72'"}
# What is typed, what is then waited for, and for how many seconds it is shown.
STEPS = [("", "What do you want to build?", 2.5), ("chat", "Search: chat", 2.0), ("\r", "Project name", 1.5),
         ("\x15", "Project name", 0.3), ("Shop Helper", "> Shop Helper", 1.5), ("\r", "> Ada Example", 1.5),
         ("\r", "> ada@example.invalid", 1.0), ("\r", "Licence", 1.0), ("\r", "Python version", 0.8),
         ("\r", "Features", 1.5), ("\x1b[B\x1b[B\x1b[B ", "> [x]", 1.5), ("\x04", "files", 2.5),
         ("\x1b[6~", "files", 1.5)]


def line_svg(cells: list[str], y: float) -> str:
    runs = []
    for style, group in groupby(cells, key=lambda cell: getattr(cell, "style", "")):
        text = escape("".join(group))
        runs.append(f"<tspan {COLOURS[style]}>{text}</tspan>" if style in COLOURS and text.strip() else text)
    text = "".join(runs).rstrip()
    return f"<text x='{MARGIN}' y='{y:g}' xml:space='preserve'>{text}</text>" if text else ""


def frame_svg(terminal: Terminal) -> str:
    return "".join(line_svg(cells, MARGIN + HIGH * (row + 0.75)) for row, cells in enumerate(terminal.screen.lines))


def record(program: Path) -> list[tuple[float, str]]:
    """The frames, each with how long it stands; empty where something else was seen."""
    frames: list[tuple[float, str]] = []
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / ".gitconfig").write_text("[user]\n\tname = Ada Example\n\temail = ada@example.invalid\n")
        environment = {"PATH": "/usr/bin:/bin", "HOME": name, "TERM": "xterm", "SOURCE_DATE_EPOCH": "1796083200"}
        terminal = Terminal([str(program)], Path(name), environment, ROWS, COLUMNS)
        for keys, wanted, seconds in STEPS:
            terminal.type(keys)
            if not terminal.wait(wanted):
                return []
            frames.append((seconds, frame_svg(terminal)))
        terminal.type("\r")
        if terminal.finish() != 0:
            return []
        frames.append((5.0, frame_svg(terminal)))
    return frames


def svg(frames: list[tuple[float, str]]) -> str:
    """Frames that take turns; where nothing moves, the last one stands."""
    whole, at, rules, groups = sum(seconds for seconds, _ in frames), 0.0, [], []
    for number, (seconds, text) in enumerate(frames):
        begin, end = 100 * at / whole, 100 * (at + seconds) / whole
        at += seconds
        before = "0%{visibility:hidden}" if number else ""
        after = f"{end:.2f}%{{visibility:hidden}}" if number + 1 < len(frames) else ""
        rules.append(f"@keyframes f{number}{{{before}{begin:.2f}%{{visibility:visible}}{after}}}"
                     f"#f{number}{{animation:f{number} {whole:g}s step-end infinite}}")
        last = number + 1 == len(frames)
        groups.append(f"<g id='f{number}' visibility='{'visible' if last else 'hidden'}'>{text}</g>")
    width, height = COLUMNS * WIDE + 2 * MARGIN, ROWS * HIGH + 2 * MARGIN
    style = "".join(rules) + "@media (prefers-reduced-motion){g{animation:none!important}}"
    return (f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:g} {height:g}' role='img' "
            f"font-family='ui-monospace,Menlo,Consolas,monospace' font-size='14' fill='#e6edf3'>"
            f"<title>A first session: an idea is chosen, questions are answered, a project is made</title>"
            f"<style>{style}</style><rect width='100%' height='100%' rx='8' fill='#0d1117'/>"
            + "\n".join(groups) + "</svg>\n")


def run(program: Path, check: Callable[[str, bool, str], None]) -> None:
    frames = record(program)
    check("the session", len(frames) == len(STEPS) + 1, "")
    if frames:
        text = svg(frames)
        root = ElementTree.fromstring(text)
        seen = "".join(root.itertext())
        check("it is an SVG with all frames", len(root.findall("{*}g")) == len(frames) and "Shop Helper" in seen, seen)
        check("it shows how it ends", "make demo" in seen and "aiscaffold new chatbot" in seen, seen)
