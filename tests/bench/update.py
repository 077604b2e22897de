"""Time `aiscaffold update` against `copier update` and `cruft update`: one change of 200 files in a project of 5000, whose
author has changed 20 others. Runs of all take turns; the table gives medians in milliseconds, and how many times longer
a peer takes, from its fastest against our slowest run to the contrary. Peers need minutes: they have fewer rounds, and
one that reaches the time limit is stopped, has no further round, and took "at least" so long."""

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
TIMED_OUT = 124  # timeout(1)
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
        self.run(self.program, "new", "./ours1", "aiscaffold-project", "-y")
        self.run("copier", "copy", "--defaults", "--vcs-ref", "v1.0.0", self.work / "copier", "copier-project")
        self.commit(self.work / "copier-project", "made")
        self.run("cruft", "create", self.work / "cookie", "--no-input", "--checkout", "v1.0.0")
        self.commit(self.work / "cruft-project", "made")
        for name in ("aiscaffold", "copier", "cruft"):
            self.work_of_its_own(self.work / f"{name}-project")

    def timed(self, name: str, limit: int, *command: str) -> tuple[float, bool]:
        """Milliseconds, and whether it came to its end within `limit` seconds."""
        project = self.work / "project"
        shutil.rmtree(project, ignore_errors=True)
        shutil.copytree(self.work / f"{name}-project", project, symlinks=True)
        self.run("git", "status", cwd=project)  # the index knows the copied files
        start = time.perf_counter()
        done = subprocess.run(["timeout", str(limit), *command], cwd=project, env=self.environment, check=False, **QUIET)
        taken = (time.perf_counter() - start) * 1000
        if done.returncode == TIMED_OUT:
            return taken, False
        assert done.returncode == 0, f"{name}: status {done.returncode}"
        changed = (project / "folder0/file0.txt").read_text()
        mine = (project / "folder1/file1.txt").read_text()
        assert "changed" in changed and "my line" in mine, name
        return taken, True


class Contestant:
    def __init__(self, name: str, rounds: int, run: Callable[[], tuple[float, bool]]) -> None:
        self.name, self.rounds, self.run = name, rounds, run
        self.times: list[float] = []
        self.stopped = False

    def turn(self) -> None:
        if self.stopped or len(self.times) == self.rounds:
            return
        taken, finished = self.run()
        if not finished:
            self.times.clear()  # the limit is the only bound that holds for all rounds
            self.stopped = True
        self.times.append(taken)

    def row(self, ours: list[float]) -> str:
        low, middle, high = min(self.times), statistics.median(self.times), max(self.times)
        text = f"{self.name:<12}{middle:10.0f} ms  ({low:.0f} to {high:.0f}, {len(self.times)} rounds)"
        if self.times is not ours:
            text += f"  {middle / statistics.median(ours):.0f}x ({low / max(ours):.0f}x to {high / min(ours):.0f}x)"
        return text + ("  at least: stopped at the limit" if self.stopped else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--tools", type=Path, required=True, help="the folder of copier and cruft")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--peer-rounds", type=int, default=2)
    parser.add_argument("--limit", type=int, default=600, help="seconds that one run may take")
    options = parser.parse_args()
    work = options.work.resolve() / "update"
    shutil.rmtree(work, ignore_errors=True)
    bench = Bench(options.program.resolve(), work, options.tools.absolute())
    bench.templates()
    bench.projects()
    commands = {
        "aiscaffold": (str(bench.program), "update", "../ours2"),
        "cruft": ("cruft", "update", "-y", "--checkout", "v2.0.0"),
        "copier": ("copier", "update", "--defaults", "--vcs-ref", "v2.0.0"),
    }
    contestants = [
        Contestant(name, options.rounds if name == "aiscaffold" else options.peer_rounds,
                   lambda name=name, command=command: bench.timed(name, options.limit, *command))
        for name, command in commands.items()]
    for _ in range(max(options.rounds, options.peer_rounds)):
        for contestant in contestants:
            contestant.turn()
    print(f"{CHANGED} of {FILES} files changed by the template, {MINE} others by the author\n")
    for contestant in contestants:
        print(contestant.row(contestants[0].times))


if __name__ == "__main__":
    main()
