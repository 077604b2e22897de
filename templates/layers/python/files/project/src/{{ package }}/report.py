"""The result on file: reports/metrics.json, reports/timing.json and the README's results block.

metrics.json holds only what depends on code, data and seed, so that a second run writes the same
bytes. What depends on the machine goes to timing.json.
"""

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from .measure import Difference, Estimate

SCHEMA = "metrics/1"
DIGITS = 4
Unit = Literal["share", "number"]
Better = Literal["higher", "lower"]
BEGIN = "<!-- results:begin -->"
END = "<!-- results:end -->"


@dataclass(frozen=True, slots=True)
class DataRecord:
    """What the result was measured on."""

    kind: Literal["real", "simulated"]
    note: str
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """One evaluation: the primary metric, what it is held against, and where it differs.

    A share is shown in percent. `difference` counts what is won: above zero is always good.
    """

    task: str
    primary: Estimate
    baselines: Sequence[Estimate]
    difference: Difference
    data: DataRecord
    seed: int
    unit: Unit = "share"
    better: Better = "higher"
    ablations: Sequence[Estimate] = ()
    slices: Mapping[str, Mapping[str, Estimate]] = field(default_factory=dict)
    secondary: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    guardrails: Mapping[str, float] = field(default_factory=dict)
    business: Mapping[str, float] = field(default_factory=dict)


def write_metrics(report: Report, path: Path) -> None:
    """Write the report as JSON, numbers rounded so that noise below them never shows."""
    _write_json({"schema": SCHEMA, **_rounded(asdict(report))}, path)


def write_timing(timings: Mapping[str, float], packages: Sequence[str], path: Path) -> None:
    """Note what only holds for this machine; what other commands noted there stays."""
    noted: dict[str, Any] = {}
    if path.is_file():
        noted = json.loads(path.read_text(encoding="utf-8"))
    versions = {"python": platform.python_version(), **{name: version(name) for name in packages}}
    noted["timings"] = {**noted.get("timings", {}), **_rounded(timings)}
    noted["versions"] = {**noted.get("versions", {}), **versions}
    _write_json(noted, path)


def read_metrics(path: Path) -> dict[str, Any]:
    """Return metrics.json as plain data."""
    metrics: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if metrics.get("schema") != SCHEMA:
        raise ValueError(f"{path} is not a {SCHEMA} file")
    return metrics


def render_results(metrics: Mapping[str, Any], figures: Mapping[str, str], more: str = "") -> str:
    """Return the README's results block, made from metrics.json alone.

    `more` is what the project says of them besides, `figures` its pictures' files by caption.
    """
    primary, difference, data = metrics["primary"], metrics["difference"], metrics["data"]
    unit: Unit = metrics["unit"]
    verdict = "above zero" if difference["ci95"][0] > 0 else "not clear of zero"
    note = " (lower is better)" if metrics["better"] == "lower" else ""
    lines = [
        f"**{metrics['task']}**: {primary['name']} {show(primary['value'], unit)} "
        f"(95% interval {_range(primary, unit)}), measured on {primary['n']} held-out cases.",
        "",
        f"| System | Score{note} | 95% interval |",
        "| --- | ---: | ---: |",
        f"| **This project** | **{show(primary['value'], unit)}** | {_range(primary, unit)} |",
        *(_row(f"The same, {row['name']}", row, unit) for row in metrics["ablations"]),
        *(_row(f"Baseline: {row['name']}", row, unit) for row in metrics["baselines"]),
        "",
        f"Paired difference to {difference['against']}, the stronger baseline: "
        f"{_gain(difference, unit)}: {verdict}.",
        "",
        f"Data: {data['kind']}. {data['note']}",
    ]
    if more:
        lines += ["", more]
    for title, target in figures.items():
        lines += ["", f"![{title}]({target})"]
    return "\n".join(lines)


def show(value: float, unit: Unit) -> str:
    """Return a value of the primary metric as text."""
    return f"{value:.1%}" if unit == "share" else f"{value:.4g}"


def update_readme(path: Path, block: str) -> None:
    """Put `block` between the README's two result markers."""
    text = path.read_text(encoding="utf-8")
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path} has no '{BEGIN}' ... '{END}' to fill")
    path.write_text(f"{head}{begin}\n{block}\n{end}{tail}", encoding="utf-8", newline="\n")


def _row(name: str, row: Mapping[str, Any], unit: Unit) -> str:
    return f"| {name} | {show(row['value'], unit)} | {_range(row, unit)} |"


def _range(row: Mapping[str, Any], unit: Unit) -> str:
    low, high = row["ci95"]
    return f"{show(low, unit)} to {show(high, unit)}"


def _gain(difference: Mapping[str, Any], unit: Unit) -> str:
    value, (low, high) = difference["value"], difference["ci95"]
    if unit == "number":
        return f"{value:+.4g}, 95% interval {low:+.4g} to {high:+.4g}"
    return f"{100 * value:+.1f} points, 95% interval {100 * low:+.1f} to {100 * high:+.1f}"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, Mapping):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value


def _write_json(value: object, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
