"""Write what an evaluation found: metrics, timings, further files below reports/, the README."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .report import (
    Report,
    read_metrics,
    render_results,
    update_readme,
    write_metrics,
    write_timing,
)
from .settings import ProjectSettings


@dataclass(frozen=True, slots=True)
class Findings:
    """What an evaluation found, ready to be written."""

    report: Report
    # By name below reports/: the error analysis, figures as SVG.
    texts: Mapping[str, str]
    # The README's pictures, caption by file below the root; those that aren't there are left out.
    pictures: Mapping[str, str]
    timings: Mapping[str, float] = field(default_factory=dict)
    # Whose versions timing.json names.
    packages: Sequence[str] = ()


def write_findings(settings: ProjectSettings, findings: Findings) -> dict[str, Any]:
    """Write everything, and return the metrics as they were written."""
    folder = settings.reports_dir
    write_metrics(findings.report, folder / "metrics.json")
    for name, text in findings.texts.items():
        _write(folder / name, text)
    metrics = read_metrics(folder / "metrics.json")
    readme = settings.root / "README.md"
    if readme.is_file():
        there = {
            caption: name
            for name, caption in findings.pictures.items()
            if (settings.root / name).is_file()
        }
        update_readme(readme, render_results(metrics, there))
    write_timing(findings.timings, findings.packages, folder / "timing.json")
    return metrics


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
