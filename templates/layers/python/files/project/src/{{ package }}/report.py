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
    """One evaluation: the primary metric, what it is held against, and where it differs."""

    task: str
    primary: Estimate
    baselines: Sequence[Estimate]
    difference: Difference
    data: DataRecord
    seed: int
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


def render_results(metrics: Mapping[str, Any], figures: Mapping[str, str]) -> str:
    """Return the README's results block, made from metrics.json alone."""
    primary, difference, data = metrics["primary"], metrics["difference"], metrics["data"]
    verdict = "above zero" if difference["ci95"][0] > 0 else "not clear of zero"
    lines = [
        f"**{metrics['task']}**: {primary['name']} {_percent(primary)}, measured on "
        f"{primary['n']} held-out cases.",
        "",
        "| System | Score | 95% interval |",
        "| --- | ---: | ---: |",
        f"| **This project** | **{primary['value']:.1%}** | {_range(primary)} |",
        *(
            f"| The same, {row['name']} | {row['value']:.1%} | {_range(row)} |"
            for row in metrics["ablations"]
        ),
        *(
            f"| Baseline: {row['name']} | {row['value']:.1%} | {_range(row)} |"
            for row in metrics["baselines"]
        ),
        "",
        f"Paired difference to {difference['against']}, the stronger baseline: "
        f"{100 * difference['value']:+.1f} points, 95% interval {_points(difference)}: {verdict}.",
        "",
        f"Data: {data['kind']}. {data['note']}",
    ]
    for title, target in figures.items():
        lines += ["", f"![{title}]({target})"]
    return "\n".join(lines)


def update_readme(path: Path, block: str) -> None:
    """Put `block` between the README's two result markers."""
    text = path.read_text(encoding="utf-8")
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path} has no '{BEGIN}' ... '{END}' to fill")
    path.write_text(f"{head}{begin}\n{block}\n{end}{tail}", encoding="utf-8", newline="\n")


def _percent(row: Mapping[str, Any]) -> str:
    return f"{row['value']:.1%} (95% interval {_range(row)})"


def _range(row: Mapping[str, Any]) -> str:
    low, high = row["ci95"]
    return f"{low:.1%} to {high:.1%}"


def _points(row: Mapping[str, Any]) -> str:
    low, high = row["ci95"]
    return f"{100 * low:+.1f} to {100 * high:+.1f}"


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
