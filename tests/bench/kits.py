"""Kits for a cohort against a shell loop, and the memory that larger cohorts take.

The loop does for each student what a script would: copy, sed, git init, add, commit, tar czf. It runs twice at once,
for fewer students, and its time is scaled; both sides take the same files, in turns, and medians are told. Memory is the largest resident size of any
process of the run; cohorts above 1,000 are made without writing them.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

LOOP = """
for i in $(seq "$1" "$2"); do
    cp -R base "s$i" && sed -i "s/A. Student/Student $i/" "s$i/LICENSE" "s$i/pyproject.toml" &&
        (cd "s$i" && git init -q -b main && git add -A &&
            git -c user.name=x -c user.email=x@x.invalid commit -qm start) &&
        tar czf "s$i.tar.gz" "s$i" && rm -rf "s$i"
done
"""


def roster(folder: Path, count: int) -> str:
    lines = ["id,author", *(f"s{i},Student {i}" for i in range(count))]
    (folder / f"{count}.csv").write_text("\n".join(lines) + "\n")
    return f"{count}.csv"


class Usage:
    """What a command and its children took: seconds, seconds of CPU, and the largest resident size in KiB of any."""

    def __init__(self, commands: list[list[str]], folder: Path) -> None:
        begin = time.monotonic()
        children = [self.start(command, folder) for command in commands]
        self.cpu, self.peak = 0.0, 0
        for child in children:
            _, status, used = os.wait4(child, 0)
            if status != 0:
                raise SystemExit(f"{commands} failed")
            self.cpu += used.ru_utime + used.ru_stime
            self.peak = max(self.peak, used.ru_maxrss)
        self.seconds = time.monotonic() - begin

    @staticmethod
    def start(command: list[str], folder: Path) -> int:
        child = os.fork()
        if child == 0:
            os.chdir(folder)
            os.execvp(command[0], command)
        return child


def loop(folder: Path, count: int) -> Usage:
    for old in folder.glob("s[0-9]*"):
        old.unlink()
    halves = [(1, count // 2), (count // 2 + 1, count)]
    return Usage([["sh", "-c", LOOP, "sh", str(a), str(b)] for a, b in halves], folder)


def spread(values: list[float], form: str) -> str:
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:{form}} ({low:{form}} to {high:{form}})"


def compare(program: Path, kit: list[str], folder: Path, kits: int, looped: int, rounds: int) -> None:
    """Prints milliseconds a kit of both sides, and how many times as long the loop takes, round by round."""
    subprocess.run([program, "new", "chatbot", "base", "-y", "-q", "--edition", "starter", "--no-git", "-s",
                    "author=A. Student"], cwd=folder, check=True)
    sides: list[tuple[Usage, Usage]] = []
    for _ in range(rounds):
        shutil.rmtree(folder / "kits", ignore_errors=True)
        ours = Usage([[*kit, roster(folder, kits), "-o", "kits"]], folder)
        sides.append((ours, loop(folder, looped)))
    for name, side, count in (("kits", 0, kits), ("shell loop, two at once", 1, looped)):
        wall = spread([pair[side].seconds / count * 1000 for pair in sides], ".2f")
        cpu = spread([pair[side].cpu / count * 1000 for pair in sides], ".2f")
        print(f"{count} {name}: {wall} ms a kit, {cpu} ms of CPU")
    wall = spread([theirs.seconds / looped / (ours.seconds / kits) for ours, theirs in sides], ".0f")
    cpu = spread([theirs.cpu / looped / (ours.cpu / kits) for ours, theirs in sides], ".0f")
    print(f"{rounds} rounds: the loop takes {wall} times as long, and {cpu} times the CPU")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--kits", type=int, default=1000)
    parser.add_argument("--loop", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1000, 10000])
    given = parser.parse_args()
    program = given.program.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kit = [str(program), "kit", "chatbot", "-q", "--roster"]
        once = Usage([[*kit, roster(folder, 1), "-o", "one"]], folder)
        print(f"a single one: {once.seconds:.2f} s, {once.cpu * 1000:.0f} ms of CPU")
        compare(program, kit, folder, given.kits, given.loop, given.rounds)
        again = Usage([[*kit, f"{given.kits}.csv", "-o", "kits"]], folder)
        print(f"a second run, which changes nothing: {again.seconds:.2f} s")
        for count in given.sizes:
            sized = Usage([[*kit, roster(folder, count), "-o", "none", "-n"]], folder)
            print(f"{count} kits, not written: {sized.seconds:.2f} s, {sized.cpu / count * 1000:.2f} ms of CPU a kit, "
                  f"{sized.peak / 1024:.1f} MiB at most in a process")


if __name__ == "__main__":
    main()
