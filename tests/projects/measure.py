"""Makes every idea in both editions, sets it up, runs its checks and its demo with the network cut, and
prints one table of what came out.

    measure.py --program build/aiscaffold --scratch DIR [--write README.md] [IDEA...]

The demo runs twice and must measure the same. Packages are downloaded once, into one cache.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- projects:begin -->", "<!-- projects:end -->"
ALONE = ["ip link set lo up", 'exec "$@"']
DROPPED = ("PYTHONPATH", "VIRTUAL_ENV", "MAKEFLAGS", "MFLAGS")


class StepError(Exception):
    """A step failed; the text holds what it said."""


@dataclass
class Row:
    """What was found out about one project."""

    idea: str
    edition: str
    steps: int = 0
    problem: str = ""
    tests: str = ""
    coverage: str = ""
    metrics: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    peak_mb: float = 0.0
    size_kb: float = 0.0


@dataclass(frozen=True)
class Bench:
    program: Path
    scratch: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
        return kept | {"PIP_CACHE_DIR": str(self.scratch / "wheels")}


def cut_off(words: Sequence[str]) -> list[str]:
    """The command in a network of its own, where there is nobody else."""
    root = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", *root, "--net", "sh", "-c", " && ".join(ALONE), "sh", *words]


def run(row: Row, bench: Bench, what: str, words: Sequence[str]) -> tuple[str, float, float]:
    """Run a step: what it said, its seconds, and the most memory that one of its processes took, in MB."""
    log = bench.scratch / f"{row.idea}-{row.edition}.log"
    start = time.perf_counter()
    with log.open("wb") as file:
        child = subprocess.Popen(words, stdout=file, stderr=subprocess.STDOUT, env=bench.environment)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    said = log.read_text(encoding="utf-8", errors="replace")
    if child.returncode:
        tail = "\n".join(f"  {line}" for line in said.splitlines()[-60:])
        raise StepError(f"FAIL {row.idea} {row.edition}: {what}\n{tail}")
    row.steps += 1
    return said, time.perf_counter() - start, usage.ru_maxrss / 1024


def require(row: Row, holds: bool, what: str) -> None:
    if not holds:
        raise StepError(f"FAIL {row.idea} {row.edition}: {what}")
    row.steps += 1


def size_of(project: Path) -> float:
    """Kilobytes of the project's files as they were made."""
    files = (p for p in project.rglob("*") if p.is_file() and ".git" not in p.relative_to(project).parts)
    return sum(path.stat().st_size for path in files) / 1024


def demo(row: Row, bench: Bench, project: Path) -> None:
    """Measure, twice: the same must come out."""
    command = cut_off(["make", "-C", str(project), "demo"])
    _, row.seconds, row.peak_mb = run(row, bench, "make demo", command)
    path = project / "reports" / "metrics.json"
    first = path.read_bytes()
    run(row, bench, "make demo again", command)
    require(row, path.read_bytes() == first, "the second demo measured something else")
    row.metrics = json.loads(first)


def try_complete(row: Row, bench: Bench, project: Path) -> None:
    """What `new` makes by default passes its own checks, and its model beats the stronger baseline."""
    make = ["make", "-C", str(project)]
    run(row, bench, "new", [str(bench.program), "new", row.idea, str(project), "-y", "-q"])
    row.size_kb = size_of(project)
    run(row, bench, "make setup", [*make, "setup"])
    said, _, _ = run(row, bench, "make check", cut_off([*make, "check"]))
    row.tests = (re.findall(r"(\d+) passed", said) or ["none"])[-1]
    row.coverage = (re.findall(r"Total coverage: ([\d.]+%)", said) or ["none"])[-1]
    demo(row, bench, project)
    require(row, row.metrics["difference"]["ci95"][0] > 0, "the model does not beat the stronger baseline")


def try_starter(row: Row, bench: Bench, project: Path, complete: Path) -> None:
    """The starter runs with its baseline, in an environment that it shares by a link."""
    make = ["make", "-C", str(project)]
    command = [str(bench.program), "new", row.idea, str(project), "--edition=starter", "-y", "-q"]
    run(row, bench, "new", command)
    row.size_kb = size_of(project)
    (project / ".venv").symlink_to(complete / ".venv")
    run(row, bench, "make setup with a linked .venv", [*make, "setup"])
    require(row, (project / ".venv").is_symlink(), "make setup replaced the linked .venv")
    run(row, bench, "make lint typecheck", cut_off([*make, "lint", "typecheck"]))
    demo(row, bench, project)


def try_idea(bench: Bench, idea: str) -> list[Row]:
    """Both editions, the complete one first: the starter shares its environment."""
    rows = [Row(idea, "complete"), Row(idea, "starter")]
    complete, starter = (bench.scratch / f"{idea}-{row.edition}" for row in rows)
    try:
        try_complete(rows[0], bench, complete)
    except StepError as problem:
        rows[0].problem = str(problem)
    if (complete / ".venv").exists():
        try:
            try_starter(rows[1], bench, starter, complete)
        except StepError as problem:
            rows[1].problem = str(problem)
    return rows


def shown(value: float, unit: str) -> str:
    return f"{value:.1%}" if unit == "share" else f"{value:.4g}"


def gain(metrics: dict[str, Any]) -> str:
    """The paired difference with its interval, as projects show it themselves."""
    found = metrics["difference"]
    scale, form = (100, "+.1f") if metrics["unit"] == "share" else (1, "+.4g")
    value, low, high = (format(scale * number, form) for number in (found["value"], *found["ci95"]))
    return f"{value} ({low} to {high})"


def table(rows: Sequence[Row]) -> str:
    """What was measured, as Markdown; differences of shares are in points."""
    lines = [
        "| Idea | Edition | Tests | Coverage | Metric | Baselines | Difference (95%) | Demo | Memory | Size |",
        "| --- | --- | ---: | ---: | --- | --- | --- | ---: | ---: | ---: |",
    ]
    for row in rows:
        if not row.metrics:
            continue
        metrics, unit = row.metrics, row.metrics["unit"]
        low, high = (shown(value, unit) for value in metrics["primary"]["ci95"])
        baselines = ", ".join(f"{its['name']} {shown(its['value'], unit)}" for its in metrics["baselines"])
        cells = [
            row.idea,
            row.edition,
            row.tests or "-",
            row.coverage or "-",
            f"{metrics['primary']['name']} {shown(metrics['primary']['value'], unit)} ({low} to {high})",
            baselines,
            gain(metrics),
            f"{row.seconds:.0f} s",
            f"{row.peak_mb:.0f} MB",
            f"{row.size_kb:.0f} kB",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def write_block(path: Path, block: str) -> None:
    """Put the table between the two markers of a document."""
    text = path.read_text(encoding="utf-8")
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{path}: there is no '{BEGIN}' ... '{END}' to fill")
    path.write_text(f"{head}{begin}\n{block}\n{end}{tail}", encoding="utf-8")


def ideas_of(program: Path) -> list[str]:
    done = subprocess.run([program, "list", "--json"], check=True, capture_output=True, text=True)
    return [idea["name"] for idea in json.loads(done.stdout)["ideas"]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table into this document")
    parser.add_argument("ideas", nargs="*")
    chosen = parser.parse_args()
    bench = Bench(chosen.program.resolve(), chosen.scratch.resolve())
    (bench.scratch / "wheels").mkdir(parents=True, exist_ok=True)
    if subprocess.run(cut_off(["true"]), capture_output=True, check=False).returncode:
        print("SKIP: the network cannot be cut here (unshare --net is refused)\n0 passed, 0 failed, 1 skipped")
        return 0
    with ThreadPoolExecutor(max_workers=2) as pool:
        ideas = chosen.ideas or ideas_of(bench.program)
        rows = [row for pair in pool.map(lambda idea: try_idea(bench, idea), ideas) for row in pair]
    problems = [row.problem for row in rows if row.problem]
    print("\n".join([table(rows), "", *problems]))
    if chosen.write and not problems:
        write_block(chosen.write, table(rows))
    print(f"{sum(row.steps for row in rows)} passed, {len(problems)} failed")
    return 1 if problems or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
