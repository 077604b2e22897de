"""Kits for a cohort against a shell loop, and the memory that larger cohorts take.

The loop does for each student what a script would: copy, sed, git init, add, commit, tar czf. It runs twice at once,
for fewer students, and its time is scaled; both sides take the same files. Memory is the largest resident size of any
process of the run; cohorts above 1,000 are made without writing them.
"""

import argparse
import os
import resource
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


def run(command: list[str], folder: Path) -> tuple[float, int]:
    """Seconds, and the largest resident size in KiB of the command and its children."""
    begin = time.monotonic()
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        status = subprocess.run(command, check=False).returncode
        (folder / "peak").write_text(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
        os._exit(status)
    if os.waitpid(child, 0)[1] != 0:
        raise SystemExit(f"{command} failed")
    return time.monotonic() - begin, int((folder / "peak").read_text())


def loop(program: Path, folder: Path, count: int) -> float:
    subprocess.run([program, "new", "chatbot", "base", "-y", "-q", "--edition", "starter", "--no-git", "-s",
                    "author=A. Student"], cwd=folder, check=True)
    begin = time.monotonic()
    halves = [(1, count // 2), (count // 2 + 1, count)]
    running = [subprocess.Popen(["sh", "-c", LOOP, "sh", str(a), str(b)], cwd=folder) for a, b in halves]
    if any(process.wait() for process in running):
        raise SystemExit("the loop failed")
    return (time.monotonic() - begin) / count


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--kits", type=int, default=1000)
    parser.add_argument("--loop", type=int, default=40)
    parser.add_argument("--memory", type=int, nargs="*", default=[100, 1000, 10000])
    given = parser.parse_args()
    program = given.program.resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kit = [str(program), "kit", "chatbot", "-q", "--roster"]
        seconds, _ = run([*kit, roster(folder, given.kits), "-o", "kits"], folder)
        each = loop(program, folder, given.loop)
        ours = seconds / given.kits
        print(f"{given.kits} kits: {seconds:.2f} s, {ours * 1000:.2f} ms a kit")
        print(f"shell loop, two at once, {given.loop} kits: {each * 1000:.1f} ms a kit, {each / ours:.0f} times as long")
        again, _ = run([*kit, f"{given.kits}.csv", "-o", "kits"], folder)
        print(f"a second run, which changes nothing: {again:.2f} s")
        for count in given.memory:
            seconds, peak = run([*kit, roster(folder, count), "-o", "none", "-n"], folder)
            print(f"{count} kits, not written: {seconds:.2f} s, {peak / 1024:.1f} MiB at most in a process")


if __name__ == "__main__":
    main()
