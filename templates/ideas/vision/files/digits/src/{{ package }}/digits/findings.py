"""Publish what was measured: metrics, figures, errors, and the README's lines about digits."""

import time
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..charts import ACCENT, INK, MUTED
from ..config import Settings
from ..figures import slices_chart, systems_chart
from ..markdown import table
from ..pictures import png, sheet
from ..publishing import Findings, write_findings
from ..report import render_results
from ..surfaces import TILE
from . import forms, own
from .forms import DIGITS, Pictures
from .measuring import PROJECT, Reading, read_all
from .reader import load_reader

PACKAGES = ("numpy", "scipy", "scikit-learn")
SYSTEMS = "Accuracy on forms that were never seen"
SLICES = "Accuracy by digit and by form"
CONFUSION = "What was written, and what was read instead"
PICTURES = {
    "reports/figures/digits.png": "A digit that was drawn on the page",
    "reports/digits/figures/confusion.svg": CONFUSION,
    "reports/digits/figures/failures.png": "Every test picture that was misread, in rows",
}
ROW = 12
CELL, EDGE = 44, 64


def publish_digits(settings: Settings) -> dict[str, Any]:
    """Measure, write everything below reports/digits/, return the metrics."""
    start = time.perf_counter()
    report, found = read_all(settings, load_reader(settings))
    texts = {
        "errors.md": render_errors(found),
        "figures/systems.svg": systems_chart(report, SYSTEMS, "95% bootstrap intervals"),
        "figures/slices.svg": slices_chart(report, SLICES, "number of pictures in brackets"),
        "figures/confusion.svg": confusion_chart(confusion(found)),
    }
    timings = {"evaluate_s": time.perf_counter() - start}
    mine = own(settings)
    metrics = write_findings(mine, Findings(report, texts, {}, timings, PACKAGES))
    (mine.reports_dir / "figures" / "failures.png").write_bytes(png(failures(found)))
    return metrics


def render_line(metrics: Mapping[str, Any]) -> str:
    """Return the result in one line."""
    primary, found = metrics["primary"], metrics["secondary"]
    sure, forms_too = found["when sure"], found["whole forms resampled"]
    scanners = ", ".join(f"{name} {value:.1%}" for name, value in found["other scanners"].items())
    return (
        f"- **Handwritten digits**: {primary['value']:.1%} of {primary['n']} read right; sure of "
        f"{sure['share']:.1%}, and {sure['wrong']:.1%} of those are wrong. Difference with whole "
        f"forms resampled: {100 * forms_too['difference']:+.1f} points, "
        f"{100 * forms_too['low']:+.1f} to {100 * forms_too['high']:+.1f}. Scanned otherwise: "
        f"{scanners}."
    )


def render_digits(metrics: Mapping[str, Any], root: Path) -> str:
    """Return the README's part about digits."""
    there = {caption: name for name, caption in PICTURES.items() if (root / name).is_file()}
    return f"### Handwritten digits\n\n{render_results(metrics, there)}"


def confusion(found: Reading) -> NDArray[np.intp]:
    """Return how often each digit (row) was read as each other (column)."""
    counts = np.zeros((DIGITS, DIGITS), dtype=np.intp)
    np.add.at(counts, (found.test.labels, found.runs[0].read), 1)
    return counts


def confusion_chart(counts: NDArray[np.intp]) -> str:
    """Return the counts as SVG; right readings are pale, so that the errors stand out."""
    side = EDGE + DIGITS * CELL + 16
    most = max(int((counts - np.diag(np.diag(counts))).max()), 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" '
        f'height="{side}" role="img" font-family="system-ui, sans-serif" font-size="14">',
        f"<title>{escape(CONFUSION)}</title>",
        f'<rect width="{side}" height="{side}" fill="#ffffff"/>',
        _text(EDGE, 20, "read as", MUTED, "start"),
        _text(8, EDGE - 12, "written", MUTED, "start"),
    ]
    for digit in range(DIGITS):
        middle = EDGE + digit * CELL + CELL // 2
        parts += [_text(middle, EDGE - 12, str(digit)), _text(EDGE - 16, middle + 5, str(digit))]
    for (row, column), count in np.ndenumerate(counts):
        x, y = EDGE + column * CELL, EDGE + row * CELL
        strength = 0.12 if row == column else 0.25 + 0.6 * count / most
        if count:
            parts += [
                f'<rect x="{x}" y="{y}" width="{CELL - 2}" height="{CELL - 2}" rx="4" '
                f'fill="{MUTED if row == column else ACCENT}" fill-opacity="{strength:.2f}"/>',
                _text(x + CELL // 2 - 1, y + CELL // 2 + 4, str(count)),
            ]
    return "\n".join([*parts, "</svg>", ""])


def render_errors(found: Reading) -> str:
    """Return every misread picture as Markdown, the most confident first."""
    model, labels = found.runs[0], found.test.labels
    rows = []
    for number in misread(found):
        scores = found.given[number]
        read, wrote = int(model.read[number]), int(labels[number])
        sure = "yes" if found.sure[number] else "no"
        one = f"{scores[read]:.2f}", f"{scores[wrote]:.2f}"
        rows.append((f"form {found.test.forms[number] + 1}", sure, wrote, read, *one))
    head = ("Form", "Sure", "Written", "Read", "Score of that", "Score of what was written")
    return "\n".join(
        [
            "# Error analysis: digits",
            "",
            f"{len(rows)} of {len(labels)} test pictures were misread by {PROJECT}. "
            f"`figures/failures.png` shows them in this order, {ROW} in a row. Read it to decide "
            "what to try next, and try it on the training and development forms.",
            "",
            *table(head, rows, 4),
            "",
        ]
    )


def misread(found: Reading) -> list[int]:
    """Return the numbers of the misread pictures, the most confident first."""
    wrong = np.flatnonzero(found.runs[0].read != found.test.labels)
    best = found.given[wrong].max(axis=1)
    return [int(number) for number in wrong[np.argsort(-best, kind="stable")]]


def failures(found: Reading) -> Pictures:
    """Return the misread pictures side by side."""
    shown = [enlarged(found.test.pictures[number]) for number in misread(found)]
    return sheet([shown[at : at + ROW] for at in range(0, len(shown), ROW)] or [[]], zoom=1)


def enlarged(picture: Pictures) -> Pictures:
    """Return a digit as large as a tile, dark on white."""
    times = TILE // forms.SIDE
    grey = 255 - np.rint(picture * (255 / forms.INK)).astype(np.uint8)
    return np.asarray(grey.repeat(times, axis=0).repeat(times, axis=1))


def _text(x: int, y: int, text: str, fill: str = INK, anchor: str = "middle") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{fill}">{text}</text>'
