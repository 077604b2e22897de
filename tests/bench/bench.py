"""Time `aiscaffold new` against the tools that do the same work, in one run on one machine.

Runs of all contestants take turns, so that a slow moment hits all of them. The table gives medians in
milliseconds, their spread (half the range between the quartiles), and the ratio of the medians.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

FILES = 200
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
GIT = ["git", "-c", "user.name=n", "-c", "user.email=e@example.invalid", "-c", "init.defaultBranch=main"]


def run(command: list[str], **options: object) -> None:
    subprocess.run(command, check=True, **QUIET, **options)  # type: ignore[call-overload]


def body(number: int, variable: str) -> str:
    """A file of 40 lines: in two of five, four lines read a variable."""
    lines = [f"line {line} of file {number}: the quick brown fox" for line in range(40)]
    if number % 5 < 2:
        for line in (3, 11, 19, 27):
            lines[line] = f"line {line} belongs to {{{{ {variable} }}}} and its package"
    return "\n".join(lines) + "\n"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def make_templates(base: Path) -> None:
    """The same project as a template of each kind."""
    ours, cookie, copier = base / "ours", base / "cookie", base / "copier"
    manifest = {
        "name": "bench", "version": "1.0.0", "released": "2026-12-01T00:00:00Z", "summary": "bench",
        "variables": {"who": {"type": "string", "default": "world"}},
        "tree": [{"from": "project/", "to": ""}],
    }
    write(ours / "template.json", json.dumps(manifest))
    write(cookie / "cookiecutter.json", json.dumps({"slug": "out", "who": "world"}))
    write(copier / "copier.yml", "who:\n  type: str\n  default: world\n")
    for number in range(FILES):
        name = f"folder{number % 12}/file{number}.txt"
        suffix = ".jinja" if number % 5 < 2 else ""
        write(ours / "files/project" / (name + suffix), body(number, "who"))
        write(cookie / "{{cookiecutter.slug}}" / name, body(number, "cookiecutter.who"))
        write(copier / (name + suffix), body(number, "who"))


class Contest:
    """Contestants that do one job, each time in a new folder.

    All folders are removed at the end only: ext4 is slow to make files for some seconds after many
    were removed nearby, which would be measured instead of the contestants.
    """

    def __init__(self, title: str, work: Path) -> None:
        self.title, self.runs = title, work / "runs"
        self.contestants: dict[str, Callable[[Path], None]] = {}

    def add(self, name: str, job: Callable[[Path], None]) -> None:
        self.contestants[name] = job

    def measure(self, rounds: int) -> dict[str, list[float]]:
        times: dict[str, list[float]] = {name: [] for name in self.contestants}
        for number in range(rounds + 1):
            for name, job in self.contestants.items():
                folder = Path(tempfile.mkdtemp(dir=self.runs))
                start = time.perf_counter()
                job(folder)
                if number:  # the first round warms the caches
                    times[name].append(1000 * (time.perf_counter() - start))
        return times

    def report(self, rounds: int) -> None:
        times = self.measure(rounds)
        ours = statistics.median(next(iter(times.values())))
        print(f"\n{self.title} ({rounds} rounds)")
        for name, values in times.items():
            quartiles = statistics.quantiles(values, n=4)
            median = statistics.median(values)
            noise = (quartiles[2] - quartiles[0]) / 2
            print(f"  {name:<34} {median:9.1f} ms ± {noise:6.1f}  x {median / ours:6.2f}")


def whole_project(program: str, base: Path, work: Path) -> Contest:
    """Files, a first commit and a tar.gz of them."""
    shutil.rmtree(base / "project", ignore_errors=True)
    run([program, "new", "chatbot", str(base / "project"), "-y", "--no-git"])
    contest = Contest("chatbot: files, first commit, tar.gz", work)
    contest.add("aiscaffold new --package", lambda out: run(
        [program, "new", "chatbot", str(out / "project"), "-y", "--package", "--date", "1"]))

    def shell(out: Path) -> None:
        run(["cp", "-r", str(base / "project"), str(out / "project")])
        run([*GIT, "init", "-q"], cwd=out / "project")
        run([*GIT, "add", "-A"], cwd=out / "project")
        run([*GIT, "commit", "-q", "-m", "start"], cwd=out / "project")
        run(["tar", "czf", "project.tar.gz", "--exclude=.git", "project"], cwd=out)

    contest.add("cp, git init/add/commit, tar czf", shell)
    return contest


def files_only(program: str, base: Path, work: Path) -> Contest:
    """The same 200 files, 80 of them rendered, from a template of each kind."""
    tools = Path(sys.executable).parent
    contest = Contest(f"{FILES} files, two of five rendered, no git", work)
    contest.add("aiscaffold new --no-git", lambda out: run(
        [program, "new", str(base / "ours"), str(out / "project"), "-y", "--no-git"]))
    contest.add("cookiecutter", lambda out: run(
        [str(tools / "cookiecutter"), "--no-input", "-o", str(out), str(base / "cookie")]))
    contest.add("copier copy", lambda out: run(
        [str(tools / "copier"), "copy", "--defaults", "--quiet", str(base / "copier"), str(out / "project")]))
    return contest


def check_equal(program: str, base: Path) -> None:
    """All three templates give the same bytes, so that the comparison is fair."""
    trees = []
    for tool, job in files_only(program, base, base).contestants.items():
        out = base / f"equal-{len(trees)}"
        out.mkdir()
        job(out)
        root = out / ("out" if tool == "cookiecutter" else "project")
        trees.append({str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*.txt")})
    if not (trees[0] == trees[1] == trees[2] and len(trees[0]) == FILES):
        sys.exit("the contestants do not make the same files")


def versions(program: str) -> None:
    tools = Path(sys.executable).parent
    for command in ([program, "--version"], ["git", "--version"],
                    [str(tools / "cookiecutter"), "--version"], [str(tools / "copier"), "--version"]):
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split(" from")[0].strip())
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--work", required=True, type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    program, base = str(Path(arguments.program).resolve()), arguments.work.resolve() / "templates"
    runs = arguments.work / "runs"
    for old in (base, runs):
        shutil.rmtree(old, ignore_errors=True)
    runs.mkdir(parents=True)
    make_templates(base)
    check_equal(program, base)
    versions(program)
    whole_project(program, base, arguments.work).report(arguments.rounds)
    files_only(program, base, arguments.work).report(arguments.rounds)
    shutil.rmtree(runs)


if __name__ == "__main__":
    main()
