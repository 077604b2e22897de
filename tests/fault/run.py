"""Make the k-th file call of the program fail, for k = 1 until none fails, and look at what is left.

For each job, each way to fail, once and persistently: either the exact right result, or one documented
error and no result. Nothing else may be left, but for a temporary whose removal was made to fail as
well, which the next run must remove, and a whole result whose taking back was made to fail. What works in place or
can be resumed may leave a part, but no file of the student's is changed but by the update, and the next run makes the
right result of it. A failure prints the command that repeats it. Reads and writes that come short or are interrupted
must be gone on with.
"""

import argparse
import errno
import hashlib
import os
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

MANIFEST = """{
  "name": "small", "version": "1.0.0", "released": "2026-12-01T00:00:00Z", "summary": "small",
  "variables": {"who": {"type": "string", "default": "world"}},
  "tree": [{"from": "project/", "to": ""}, {"to": "empty/", "empty": true}]
}
"""
FILES = {"a.txt.jinja": "Hello {{ who }}\n", "deep/er/b.bin": "\0" * 3000, "deep/c.txt": "c\n" * 40}
WAYS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES, "EMFILE": errno.EMFILE,
        "EINTR": errno.EINTR, "short": 0}


@dataclass
class Job:
    """A command of the program, run in a folder that holds the template, and what it makes."""

    name: str
    command: list[str]
    makes: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    then: str = "true"  # what sh makes of it in the folder
    resumed: bool = False  # the next run goes on from what an error leaves


UPDATED = ("export GIT_AUTHOR_DATE=@1764547200 GIT_COMMITTER_DATE=@1764547200; git -C out config user.name n && "
           "git -C out config user.email e@example.invalid && cd out && "
           "echo mine >mine.txt && sed -i s/c/mine/ deep/c.txt && git add . && git commit -qm mine && cd .. && "
           "sed -i s/1.0.0/1.1.0/ small/template.json && echo more >>small/files/project/a.txt.jinja && "
           "mv small/files/project/deep/er small/files/project/moved")
KITS = ("printf 'student_id\\na\\nb\\n' >roster.csv && mkdir -m 700 keys && "
        "(umask 077 && printf 0123456789abcdef0123456789abcdef >keys/course)")
JOBS = [
    Job("new", ["new", "./small", "out", "-q", "--package", "--sync"], ["out", "out.tar.gz"]),
    Job("new-no-git", ["new", "./small", "out", "-q", "--no-git"], ["out"]),
    Job("package", ["package", "ready", "-o", "ready.tar.gz", "-q"], ["ready.tar.gz"],
        ["new", "./small", "ready", "-q", "--no-git"]),
    Job("package-git", ["package", "ready", "-o", "ready.zip", "-q", "--sync"], ["ready.zip"],
        ["new", "./small", "ready", "-q"]),
    Job("package-with-git", ["package", "--with-git", "ready", "-o", "ready.tar", "-q"], ["ready.tar"],
        ["new", "./small", "ready", "-q"]),
    Job("verify", ["verify", "ready"], needs=["new", "./small", "ready", "-q"]),
    Job("verify-archive", ["verify", "ready.tar.gz"],
        needs=["new", "./small", "ready", "-q", "--package", "--with-git"]),
    Job("update", ["update", "-C", "out", "./small", "-q"], ["out"], ["new", "./small", "out", "-q"], UPDATED, True),
    Job("new-here", ["new", "./small", "out", "-q", "--here"], ["out"],
        then="mkdir out && echo mine >out/mine.txt", resumed=True),
    Job("kit", ["kit", "./small", "--roster", "roster.csv", "--secret", "keys/course", "-o", "out", "-q", "--jobs", "1"],
        ["out/a.tar.gz", "out/b.tar.gz"], then=KITS, resumed=True),
    Job("template-copy", ["template", "copy", "./small", "out", "-q"], ["out"]),
    Job("check", ["check", "./small"]),
    Job("render", ["render", "small/files/project/a.txt.jinja", "--data", '{"who": "you"}']),
]


def digest(path: Path) -> str:
    """A digest of a file or of a whole tree, modes included; of a history that goes on, HEAD and what git says."""
    total = hashlib.sha256()
    items = sorted([path, *path.rglob("*")]) if path.is_dir() else [path]
    if (path / ".git/logs/HEAD").exists():
        items = [item for item in items if item.is_file() and ".git" not in item.relative_to(path).parts]
        for command in (["rev-parse", "HEAD"], ["status", "--porcelain"], ["fsck", "--strict", "--no-dangling"]):
            total.update(subprocess.run(["git", "-C", path, *command], capture_output=True, check=False).stdout)
    for item in items:
        mode = item.lstat().st_mode
        total.update(f"{item.relative_to(path.parent)} {mode:o}\n".encode())
        if item.is_file():
            total.update(item.read_bytes())
    return total.hexdigest()


class Loop:
    """One program, one preloaded layer, one scratch folder."""

    def __init__(self, program: Path, layer: Path, scratch: Path) -> None:
        self.program, self.layer, self.scratch = program, layer, scratch
        self.runs = self.failures = 0

    def environment(self, **more: str) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "HOME": str(self.scratch), "SOURCE_DATE_EPOCH": "1764547200", **more}

    def call(self, folder: Path, command: list[str], **more: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run([self.program, *command], cwd=folder, env=self.environment(**more),
                              capture_output=True, timeout=60, check=False)

    def folder(self, job: Job) -> Path:
        folder = self.scratch / "run"
        shutil.rmtree(folder, ignore_errors=True)
        for name, text in FILES.items():
            path = folder / "small/files/project" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        (folder / "small/template.json").write_text(MANIFEST)
        if job.needs:
            assert self.call(folder, job.needs).returncode == 0
        subprocess.run(["sh", "-c", job.then], cwd=folder, env=self.environment(), check=True)
        return folder

    def good(self, job: Job) -> tuple[bytes, dict[str, str], set[str]]:
        folder = self.folder(job)
        done = self.call(folder, job.command)
        assert done.returncode == 0, done.stderr
        return done.stdout, {name: digest(folder / name) for name in job.makes}, set(os.listdir(folder))

    def one(self, job: Job, way: str, sticky: bool, at: int,
            good: tuple[bytes, dict[str, str], set[str]]) -> tuple[bool, str]:
        """Whether a fault fired, and what is wrong ("" for nothing)."""
        folder = self.folder(job)
        before, log = set(os.listdir(folder)), self.scratch / "log"
        log.unlink(missing_ok=True)
        more = {"LD_PRELOAD": str(self.layer), "FAULT_AT": str(at), "FAULT_ERRNO": str(WAYS[way]),
                "FAULT_LOG": str(log)}
        self.runs += 1
        try:
            done = self.call(folder, job.command, **more, **({"FAULT_STICKY": "1"} if sticky else {}))
        except subprocess.TimeoutExpired:
            return True, "no end after a minute"
        if not log.exists():
            return True, f"ended by {done.returncode}: {done.stderr.decode(errors='replace')[:300]}"
        _, count, name = log.read_text().split()
        fired = int(count) > 0
        spared = way == "short" or (way == "EINTR" and not sticky and name in ("read", "write"))
        left = {name for name in os.listdir(folder)} - before
        temporaries = {name for name in left if name.startswith(".aiscaffold-")}
        made = {name: digest(folder / name) for name in job.makes if (folder / name).exists()}
        if done.returncode == 0:
            wrong = "a wrong result with status 0" if (made, done.stdout) != (good[1], good[0]) else ""
        elif done.returncode != 1:
            wrong = f"status {done.returncode}: {done.stderr.decode(errors='replace')[:300]}"
        elif done.stderr.count(b"\n") != 1 or not done.stderr.startswith(b"aiscaffold: "):
            wrong = f"no one-line error: {done.stderr.decode(errors='replace')[:300]}"
        elif not job.resumed and left - temporaries and not (sticky and made == good[1]):
            wrong = f"left behind after an error: {sorted(left - temporaries)}"
        elif not fired:
            wrong = "an error without a fault"
        elif spared:
            wrong = f"an error where none was due: {done.stderr.decode(errors='replace')[:300]}"
        else:
            wrong = ""
        if not wrong and job.resumed and done.returncode:
            wrong = self.resumes(folder, job, good[1])
        elif not wrong and temporaries:
            wrong = self.cleans(folder, job)
        return fired, wrong

    def resumes(self, folder: Path, job: Job, good: dict[str, str]) -> str:
        done = self.call(folder, job.command)
        made = {name: digest(folder / name) for name in job.makes if (folder / name).exists()}
        return "" if made == good else f"the next run makes something else: {done.stderr.decode(errors='replace')[:300]}"

    def cleans(self, folder: Path, job: Job) -> str:
        for name in job.makes:
            path = folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        done = self.call(folder, job.command)
        rest = [name for name in os.listdir(folder) if name.startswith(".aiscaffold-")]
        return "" if done.returncode == 0 and not rest else f"the next run did not remove {rest}"

    def run(self, job: Job, way: str, sticky: bool, part: float, seed: int) -> None:
        good, chance = self.good(job), random.Random(seed)
        if job.resumed and part < 1:
            part /= 3  # each takes a second run, and git
        for at in range(1, 100_000):
            if part < 1 and chance.random() > part and at > 1:
                continue
            fired, wrong = self.one(job, way, sticky, at, good)
            if wrong:
                self.failures += 1
                print(f"{job.name} {way}{' sticky' if sticky else ''} at {at}: {wrong}\n"
                      f"  repeat: tests/fault/run --job {job.name} --way {way} --at {at}"
                      f"{' --sticky' if sticky else ''}")
            if not fired:
                return


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--layer", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--part", type=float, default=1.0, help="try this share of the calls")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--job", choices=[job.name for job in JOBS])
    parser.add_argument("--way", choices=sorted(WAYS))
    parser.add_argument("--sticky", action="store_true")
    parser.add_argument("--at", type=int)
    options = parser.parse_args()
    options.scratch.mkdir(parents=True, exist_ok=True)
    loops = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, (job, way, sticky) in enumerate(product(JOBS, WAYS, (False, True))):
            if (options.job or job.name, options.way or way) != (job.name, way):
                continue
            loop = Loop(options.program.resolve(), options.layer.resolve(),
                        options.scratch.resolve() / str(number))
            if not options.at:
                loops.append((loop, pool.submit(loop.run, job, way, sticky, options.part,
                                                options.seed + number)))
            elif sticky == options.sticky:
                print(*loop.one(job, way, sticky, options.at, loop.good(job)))
    for _, future in loops:
        future.result()
    failed = sum(loop.failures for loop, _ in loops)
    print(f"{sum(loop.runs for loop, _ in loops) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
