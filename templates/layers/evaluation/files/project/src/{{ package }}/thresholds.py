"""The evaluation gate: configs/thresholds.toml holds the bounds that a change must keep.

A bound is named after what it bounds, with `_min` or `_max` at its end: `n`, `primary` and
`difference_low` (which must lie above its minimum), tables of guardrails such as
`[guardrails_max]`, and tables of what a system shows besides, such as `[secondary_min.NAME]`.
"""

from collections.abc import Mapping
from typing import Any

from .report import Report

Bounds = Mapping[str, Any]


def violations(report: Report, bounds: Bounds) -> list[str]:
    """Return each bound that the report breaks, as a sentence; a bound on nothing is one, too."""
    measured = _measured(report)
    broken = []
    for name, bound in _flat(bounds):
        quantity, _, side = name.rpartition("_")
        value = measured.get(quantity)
        if value is None or side not in ("min", "max"):
            broken.append(f"{name}: the report has no such measure")
        elif quantity == "difference_low" and value <= bound:
            broken.append(f"{name}: {value:.4f} is not above {bound}")
        elif (value < bound) if side == "min" else (value > bound):
            broken.append(f"{name}: {value:.4f} is {'below' if side == 'min' else 'above'} {bound}")
    return broken


def _measured(report: Report) -> dict[str, float]:
    """Return every bounded quantity under the name that a bound on it has without its side."""
    found = {
        "n": float(report.primary.n),
        "primary": report.primary.value,
        "difference_low": report.difference.ci95[0],
    }
    found |= {f"guardrails.{name}": value for name, value in report.guardrails.items()}
    for system, row in report.secondary.items():
        found |= {f"secondary.{system}.{name}": value for name, value in row.items()}
    return found


def _flat(bounds: Bounds) -> list[tuple[str, float]]:
    """Return the bounds with dotted names; the side moves from the table's name to the end."""
    flat: list[tuple[str, float]] = []
    for name, bound in bounds.items():
        if isinstance(bound, Mapping):
            table, _, side = name.rpartition("_")
            flat += [(f"{table}.{key}_{side}", value) for key, value in _leaves(bound)]
        else:
            flat.append((name, bound))
    return flat


def _leaves(table: Bounds) -> list[tuple[str, float]]:
    leaves: list[tuple[str, float]] = []
    for name, value in table.items():
        if isinstance(value, Mapping):
            leaves += [(f"{name}.{key}", bound) for key, bound in _leaves(value)]
        else:
            leaves.append((name, value))
    return leaves
