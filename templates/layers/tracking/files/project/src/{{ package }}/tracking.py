"""Runs on file: each evaluation appends a line to reports/runs.jsonl, and none is ever changed."""

import argparse
import importlib
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .config import get_settings
from .markdown import table
from .report import show
from .settings import ProjectSettings

MISSING_EXTRA = "MLflow needs a further package: pip install -e '.[tracking]'"


def runs_path(settings: ProjectSettings) -> Path:
    """Return where the runs are noted."""
    return settings.reports_dir / "runs.jsonl"


def after_publishing(settings: ProjectSettings, metrics: Mapping[str, Any]) -> None:
    """Note an evaluation that was just written."""
    timing = json.loads((settings.reports_dir / "timing.json").read_text(encoding="utf-8"))
    run = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit_of(settings.root),
        "task": metrics["task"],
        "primary": metrics["primary"],
        "difference": metrics["difference"],
        "unit": metrics["unit"],
        "seed": metrics["seed"],
        "data": metrics["data"]["digests"],
        "guardrails": metrics["guardrails"],
        "versions": timing["versions"],
    }
    with runs_path(settings).open("a", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(run, ensure_ascii=False) + "\n")


def commit_of(folder: Path) -> str | None:
    """Return the commit that the code is at, with a + if files differ from it; None without git."""
    git = shutil.which("git")
    if git is None:
        return None
    head = _ask(git, folder, "rev-parse", "--short=12", "HEAD")
    if head is None:
        return None
    changed = _ask(git, folder, "status", "--porcelain", "--", "src", "configs", "data")
    return f"{head}+" if changed else head


def _ask(git: str, folder: Path, *words: str) -> str | None:
    command = [git, "-C", str(folder), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    return done.stdout.strip() if done.returncode == 0 else None


def read_runs(settings: ProjectSettings) -> list[dict[str, Any]]:
    """Return the runs, oldest first."""
    path = runs_path(settings)
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def render(runs: Sequence[Mapping[str, Any]]) -> str:
    """Return the runs as a table."""
    head = ["Time", "Commit", "Metric", "Interval from", "to", "Difference"]
    rows = []
    for run in runs:
        primary, unit = run["primary"], run["unit"]
        low, high = (show(value, unit) for value in primary["ci95"])
        gain = show(run["difference"]["value"], unit)
        rows.append(
            (run["time"], run["commit"] or "-", show(primary["value"], unit), low, high, gain)
        )
    return "\n".join(table(head, rows, numbers=4))


def to_mlflow(runs: Sequence[Mapping[str, Any]], address: str) -> int:
    """Copy the runs that MLflow at `address` doesn't have yet; return how many that were."""
    mlflow = importlib.import_module("mlflow")
    mlflow.set_tracking_uri(address)
    mlflow.set_experiment((__package__ or "project").partition(".")[0])
    there = {run.data.tags.get("noted") for run in mlflow.search_runs(output_format="list")}
    new = [run for run in runs if run["time"] not in there]
    for run in new:
        with mlflow.start_run(run_name=run["commit"] or run["time"]):
            mlflow.set_tags({"noted": run["time"], "commit": run["commit"] or ""})
            mlflow.log_params({"seed": run["seed"], **run["versions"]})
            mlflow.log_metrics(
                {
                    "primary": run["primary"]["value"],
                    "difference": run["difference"]["value"],
                    **run["guardrails"],
                }
            )
    return len(new)


def main(argv: Sequence[str] | None = None) -> int:
    """Show the runs, or copy them to MLflow."""
    program = f"python -m {__package__}.tracking"
    parser = argparse.ArgumentParser(prog=program, description="Show the evaluations so far.")
    parser.add_argument("--mlflow", metavar="ADDRESS", help="copy them to MLflow at this address")
    chosen = parser.parse_args(argv)
    runs = read_runs(get_settings())
    if chosen.mlflow is None:
        sys.stdout.write(f"{render(runs)}\n" if runs else "No run yet: make demo\n")
        return 0
    try:
        sys.stdout.write(f"{to_mlflow(runs, chosen.mlflow)} new runs copied\n")
    except ModuleNotFoundError:
        sys.stderr.write(f"{MISSING_EXTRA}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
