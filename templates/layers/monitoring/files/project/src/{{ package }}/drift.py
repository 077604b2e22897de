"""Has the data moved? Compares a CSV file with the one that the model was made on, by column.

The population stability index (PSI) adds up, over the reference's deciles or categories, how much
each share has grown or shrunk; for numbers, the Kolmogorov-Smirnov distance is the largest gap
between the two distribution functions. Both see one column at a time: a changed relation between
columns, or between data and outcome, passes unseen.
"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .config import get_settings

# The usual reading of PSI: below 0.1 nothing, above 0.2 a change that needs a look.
WATCH, DRIFTED = 0.1, 0.2
BINS = 10
# What an empty bin counts as, in rows, since a share of zero has no logarithm.
FLOOR = 0.5

Table = dict[str, list[str]]
Numbers = NDArray[np.float64]


class DriftError(RuntimeError):
    """The two files can't be compared; the text says why."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One column: its PSI, the distance where it holds numbers, and how many values are missing."""

    column: str
    psi: float
    distance: float | None
    missing: float

    @property
    def verdict(self) -> str:
        """Return how the PSI is usually read."""
        if self.psi > DRIFTED:
            return "drifted"
        return "watch" if self.psi > WATCH else "stable"


def read_table(path: Path) -> Table:
    """Read a CSV file with a header, column by column."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            names = rows.fieldnames or []
            columns: Table = {name: [] for name in names}
            for row in rows:
                for name in names:
                    columns[name].append(row[name] or "")
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise DriftError(f"{path} can't be read as CSV: {problem}") from problem
    if not any(columns.values()):
        raise DriftError(f"{path} has no rows")
    return columns


def compare(reference: Table, current: Table) -> list[Finding]:
    """Return a finding for each column of the reference, the most drifted first."""
    lost = sorted(set(reference) - set(current))
    if lost:
        raise DriftError(f"columns are missing from the current data: {', '.join(lost)}")
    found = [_column(name, values, current[name]) for name, values in reference.items()]
    return sorted(found, key=lambda finding: (-finding.psi, finding.column))


def _column(name: str, reference: Sequence[str], current: Sequence[str]) -> Finding:
    missing = sum(not value for value in current) / len(current)
    old, new = _numbers(reference), _numbers(current)
    if old is None or new is None or old.size == 0:
        return Finding(name, psi(Counter(reference), Counter(current)), None, missing)
    edges = np.unique(np.quantile(old, np.linspace(0, 1, BINS + 1)[1:-1]))
    value = psi(_binned(old, edges, len(reference)), _binned(new, edges, len(current)))
    return Finding(name, value, ks_distance(old, new) if new.size else None, missing)


def _numbers(values: Sequence[str]) -> Numbers | None:
    """Return the values that are there as numbers, or None if one of them isn't a number."""
    try:
        numbers = np.array([float(value) for value in values if value], dtype=np.float64)
    except ValueError:
        return None
    return numbers if np.isfinite(numbers).all() else None


def _binned(values: Numbers, edges: Numbers, rows: int) -> Counter[str]:
    """Count the values in each bin; what is missing has a bin of its own."""
    places = np.searchsorted(edges, values, side="right")
    counts = Counter({str(place): int((places == place).sum()) for place in range(len(edges) + 1)})
    counts[""] = rows - values.size
    return counts


def psi(reference: Counter[str], current: Counter[str]) -> float:
    """Return the population stability index over the categories of both."""
    names = sorted({*reference, *current})
    old = np.array([max(reference[name], FLOOR) for name in names]) / reference.total()
    new = np.array([max(current[name], FLOOR) for name in names]) / current.total()
    there = np.array([reference[name] + current[name] > 0 for name in names])
    return float(((new - old) * np.log(new / old))[there].sum())


def ks_distance(reference: Numbers, current: Numbers) -> float:
    """Return the largest gap between the two empirical distribution functions."""
    points = np.concatenate([reference, current])
    old = np.searchsorted(np.sort(reference), points, side="right") / reference.size
    new = np.searchsorted(np.sort(current), points, side="right") / current.size
    return float(np.abs(old - new).max())


def render(findings: Sequence[Finding]) -> str:
    """Return the report as Markdown."""
    lines = [
        "# Drift",
        "",
        f"PSI above {WATCH} is worth watching, above {DRIFTED} it counts as drift.",
        "",
        "| Column | PSI | KS distance | Missing | |",
        "| --- | ---: | ---: | ---: | --- |",
    ]
    for finding in findings:
        distance = "" if finding.distance is None else f"{finding.distance:.3f}"
        name = finding.column.replace("|", "\\|")
        numbers = f"{finding.psi:.3f} | {distance} | {finding.missing:.1%}"
        lines.append(f"| {name} | {numbers} | {finding.verdict} |")
    return "\n".join(lines) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    """Compare two files: 1 if a column has drifted, 2 if they can't be compared."""
    program = f"python -m {__package__}.drift"
    parser = argparse.ArgumentParser(prog=program, description="Compare two CSV files.")
    parser.add_argument("reference", type=Path, help="what the model was made on")
    parser.add_argument("current", type=Path, help="what comes in now")
    chosen = parser.parse_args(argv)
    try:
        findings = compare(read_table(chosen.reference), read_table(chosen.current))
    except DriftError as problem:
        sys.stderr.write(f"drift: {problem}\n")
        return 2
    report = render(findings)
    folder = get_settings().reports_dir
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "drift.md").write_text(report, encoding="utf-8", newline="\n")
    sys.stdout.write(report)
    return 1 if any(finding.verdict == "drifted" for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
