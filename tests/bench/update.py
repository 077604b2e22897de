"""Time `aiscaffold update` against `copier update` and `cruft update`: one change of 200 files in a project of 5000, whose
author has changed 20 others. Runs of all take turns; the table gives medians in milliseconds."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

FILES, CHANGED, MINE = 5000, 200, 20
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Bench:
    def __init__(self, program: Path, work: Path, tools: Path) -> None:
        self.program, self.work, self.tools = program, work, tools
        self.environment = {**os.environ, "HOME": str(work / "home"), "PATH": f"{tools}:{os.environ['PATH']}"}

    def run(self, *command: str, cwd: Path | None = None) -> None:
        subprocess.run([str(part) for part in command], cwd=cwd or self.work, env=self.environment, check=True, **QUIET)

    def commit(self, folder: Path, message: str) -> None:
        if not (folder / ".git").exists():
            self.run("git", "init", "-q", cwd=folder)
        self.run("git", "add", "-A", cwd=folder)
        self.run("git", "commit", "-q", "-m", message, cwd=folder)

    def fill(self, folder: Path, version: int) -> None:
        for number in range(FILES):
            rows = [f"line {row} of file {number}" for row in range(40)]
            if version == 2 and number % (FILES // CHANGED) == 0:
                rows[20] += ", changed"
            path = folder / f"folder{number % 50}" / f"file{number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(rows) + "\n")

    def templates(self) -> None:
        (self.work / "home").mkdir(parents=True)
        (self.work / "home/.gitconfig").write_text("[user]\n\tname = n\n\temail = e@example.invalid\n"
                                                   "[init]\n\tdefaultBranch = main\n")
        for version in (1, 2):
            ours = self.work / f"ours{version}"
            self.fill(ours / "files", version)
            (ours / "template.json").write_text(json.dumps({
                "name": "bench", "version": f"{version}.0.0", "released": "2026-12-01T00:00:00Z", "summary": "bench",
                "tree": [{"from": "", "to": ""}]}))
            copier, cookie = self.work / "copier", self.work / "cookie"
            self.fill(copier, version)
            (copier / "copier.yml").write_text("who:\n  type: str\n  default: world\n")
            (copier / "{{ _copier_conf.answers_file }}.jinja").write_text("{{ _copier_answers|to_nice_yaml }}\n")
            self.fill(cookie / "{{cookiecutter.slug}}", version)
            (cookie / "cookiecutter.json").write_text(json.dumps({"slug": "cruft-project"}))
            for template in (copier, cookie):
                self.commit(template, f"version {version}")
                self.run("git", "tag", f"v{version}.0.0", cwd=template)

    def work_of_its_own(self, project: Path) -> None:
        for number in range(1, MINE + 1):
            path = project / f"folder{number % 50}" / f"file{number}.txt"
            path.write_text(path.read_text().replace("line 3 of", "my line 3 of"))
        self.commit(project, "mine")

    def projects(self) -> None:
        self.run(self.program, "new", "./ours1", "ours-project", "-y")
        self.run("copier", "copy", "--defaults", "--vcs-ref", "v1.0.0", self.work / "copier", "copier-project")
        self.commit(self.work / "copier-project", "made")
        self.run("cruft", "create", self.work / "cookie", "--no-input", "--checkout", "v1.0.0")
        self.commit(self.work / "cruft-project", "made")
        for name in ("ours", "copier", "cruft"):
            self.work_of_its_own(self.work / f"{name}-project")

    def timed(self, name: str, *command: str) -> float:
        project = self.work / "project"
        shutil.rmtree(project, ignore_errors=True)
        shutil.copytree(self.work / f"{name}-project", project, symlinks=True)
        self.run("git", "status", cwd=project)  # the index knows the copied files
        start = time.perf_counter()
        self.run(*command, cwd=project)
        taken = time.perf_counter() - start
        changed = (project / "folder0/file0.txt").read_text()
        mine = (project / "folder1/file1.txt").read_text()
        assert "changed" in changed and "my line" in mine, name
        return taken * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--tools", type=Path, required=True, help="the folder of copier and cruft")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    work = options.work.resolve() / "update"
    shutil.rmtree(work, ignore_errors=True)
    bench = Bench(options.program.resolve(), work, options.tools.absolute())
    bench.templates()
    bench.projects()
    contestants: dict[str, Callable[[], float]] = {
        "aiscaffold": lambda: bench.timed("ours", str(bench.program), "update", "../ours2"),
        "copier": lambda: bench.timed("copier", "copier", "update", "--defaults", "--vcs-ref", "v2.0.0"),
        "cruft": lambda: bench.timed("cruft", "cruft", "update", "-y", "--checkout", "v2.0.0"),
    }
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(options.rounds):
        for name, contestant in contestants.items():
            times[name].append(contestant())
    ours = statistics.median(times["aiscaffold"])
    print(f"{CHANGED} of {FILES} files changed by the template, {MINE} others by the author; {options.rounds} rounds\n")
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:<12}{median:10.0f} ms  ({min(taken):.0f} to {max(taken):.0f}) {median / ours:8.1f}x")


if __name__ == "__main__":
    main()
