"""Kill `new --package` at moments spread over its run, and look at what stands under the final names.

After each kill the folder is absent, or whole and clean for git; the archive is absent, or whole; and the
next run succeeds and leaves no temporary behind.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path


def fsck(project: Path) -> str:
    checks = (["git", "fsck", "--strict", "--full"], ["git", "status", "--porcelain"])
    for command in checks:
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        if done.returncode or (command[1] == "status" and done.stdout):
            return f"{' '.join(command)}: {done.stdout}{done.stderr}"
    return ""


def whole_archive(path: Path, names: set[str]) -> str:
    with tarfile.open(path) as archive:
        got = {member.name for member in archive if member.isfile()}
    return "" if got == names else "the archive is not whole"


def wait_for_temporary(folder: Path, process: "subprocess.Popen[bytes]") -> None:
    while process.poll() is None and not any(name.startswith(".aiscaffold-") for name in os.listdir(folder)):
        pass


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, scratch = random.Random(options.seed), options.scratch.resolve()
    command = [str(options.program.resolve()), "new", "chatbot", "out", "-y", "-q", "--package"]
    shutil.rmtree(scratch, ignore_errors=True)
    (scratch / "again").mkdir(parents=True)
    start = time.perf_counter()
    subprocess.run(command, cwd=scratch, check=True)
    length = time.perf_counter() - start
    with tarfile.open(scratch / "out.tar.gz") as archive:
        names = {member.name for member in archive if member.isfile()}
    failures, outcomes = 0, {"absent": 0, "whole": 0, "left": 0}
    process = subprocess.Popen(command, cwd=scratch / "again")
    wait_for_temporary(scratch / "again", process)
    start = time.perf_counter()
    process.wait()
    writing = time.perf_counter() - start
    for number in range(options.count):
        shutil.rmtree(scratch / "out", ignore_errors=True)
        (scratch / "out.tar.gz").unlink(missing_ok=True)
        process = subprocess.Popen(command, cwd=scratch)
        if number % 3:  # most moments of the run are spent before anything is written
            wait_for_temporary(scratch, process)
            time.sleep(chance.uniform(0, 1.1 * writing))
        else:
            time.sleep(chance.uniform(0, 1.1 * length))
        process.send_signal(signal.SIGKILL)
        process.wait()
        wrong = ""
        outcomes["left"] += any(name.startswith(".aiscaffold-") for name in os.listdir(scratch))
        if (scratch / "out.tar.gz").exists():
            wrong = whole_archive(scratch / "out.tar.gz", names)
        if (scratch / "out").exists():
            wrong = wrong or fsck(scratch / "out")
            outcomes["whole"] += 1
        else:
            outcomes["absent"] += 1
        shutil.rmtree(scratch / "out", ignore_errors=True)
        (scratch / "out.tar.gz").unlink(missing_ok=True)
        if number % 10 == 0 or wrong:
            subprocess.run(command, cwd=scratch, check=True)
            wrong = wrong or fsck(scratch / "out")
            left = [name for name in os.listdir(scratch) if name not in ("again", "out", "out.tar.gz")]
            wrong = wrong or (f"left behind: {left}" if left else "")
        if wrong:
            failures += 1
            print(f"kill {number}: {wrong}")
    print(f"{outcomes['absent']} times absent, {outcomes['whole']} times whole; "
          f"{outcomes['left']} times with a temporary")
    print(f"{options.count - failures} passed, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
