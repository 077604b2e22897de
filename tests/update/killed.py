"""Ends an update with SIGKILL before each call that changes a file, in a run without and one with conflicts; then
either the next run finishes it, or --abort takes it back, and both leave what they should, to the byte. The same with
a full disk in the place of the kill: the update is taken back at once, or done."""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent
Files = dict[str, tuple[bytes, int]]


class Killer:
    def __init__(self, program: Path, scratch: Path) -> None:
        self.scratch, self.library = scratch, scratch / "killer.so"
        self.passed = self.failed = 0
        self.environment = {"PATH": f"{program.parent}:{os.environ['PATH']}", "HOME": str(scratch / "home"),
                            "SOURCE_DATE_EPOCH": "1764547200"}
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", self.library, TOP / "tests/update/killer.c", "-ldl"],
                       check=True)

    def check(self, good: bool, what: str) -> None:
        self.passed += bool(good)
        self.failed += not good
        if not good:
            print(f"FAIL {what}")

    def run(self, *command: str, cwd: str = "p", **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(command, cwd=self.scratch / cwd, env={**self.environment, **more}, capture_output=True,
                              text=True, check=False)

    def update(self, *options: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return self.run("aiscaffold", "update", *options, **more)

    def fresh(self) -> None:
        shutil.rmtree(self.scratch / "p", ignore_errors=True)
        shutil.copytree(self.scratch / "kept", self.scratch / "p", symlinks=True)

    def files(self) -> Files:
        root = self.scratch / "p"
        return {str(path.relative_to(root)): (path.read_bytes(), path.stat().st_mode) for path in root.rglob("*")
                if path.is_file() and ".git" not in path.relative_to(root).parts}

    def state(self) -> tuple[Files, str, str, bool]:
        said = self.run("git", "status", "--porcelain", "-b").stdout
        head = self.run("git", "rev-parse", "HEAD").stdout
        return self.files(), said, head, (self.scratch / "p/.git/MERGE_HEAD").exists()

    def one(self, at: int, how: str, after: tuple[Files, str, str, bool]) -> None:
        """One kill; `before` and `after` are the only states that may come of it in the end."""
        self.fresh()
        before = self.state()
        softly = {"KILL_SOFTLY": "1"} if how == "full" else {}
        done = self.update("../v2", "-q", LD_PRELOAD=str(self.library), KILL_AT=str(at), **softly)
        what = f"{self.kind}, call {at}, {how}"
        for path in before[0]:
            if before[0][path] == after[0].get(path):
                self.check(self.files().get(path) == before[0][path], f"{what}: {path} was touched")
        if how == "full" and self.state() not in (before, after):
            self.check(False, f"{what}: neither before nor after: {done.stderr}")
        if how == "abort":
            said = self.update("--abort")
            wanted = after if "no update is under way" in said.stderr and self.state() == after else before
            self.check(self.state() == wanted, f"{what}: not as before: {said.stderr}")
        else:
            said = self.update("../v2", "-q")
            self.check(said.returncode in (0, 1, 5) and self.state() == after, f"{what}: not as after: {said.stderr}")
        fsck = self.run("git", "fsck", "--strict", "--no-dangling")
        self.check(fsck.returncode == 0, f"{what}: fsck: {fsck.stdout}{fsck.stderr}")
        left = {path.name for path in (self.scratch / "p/.git").rglob("*.lock")}
        self.check(not left, f"{what}: {left} are left")

    def scene(self, kind: str, step: int) -> None:
        self.kind = kind
        self.fresh()
        log = self.scratch / "log"
        done = self.update("../v2", "-q", LD_PRELOAD=str(self.library), KILL_LOG=str(log))
        self.check(done.returncode == (5 if kind == "conflict" else 0), f"{kind}: {done.stderr}")
        after, count = self.state(), int(log.read_text())
        for at in range(1, count + 1, step):
            for how in ("finish", "abort", "full"):
                self.one(at, how, after)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--step", type=int, default=3)
    options = parser.parse_args()
    scratch = options.scratch.resolve()
    shutil.rmtree(scratch, ignore_errors=True)
    (scratch / "home").mkdir(parents=True)
    killer = Killer(options.program.resolve(), scratch)
    killer.run(str(TOP / "tests/tools/versions"), cwd=".")
    project = scratch / "p"
    (project / "mine.txt").write_text("mine\n")
    (project / "README.md").chmod(0o600)
    killer.run("git", "add", "-A")
    killer.run("git", "commit", "-qm", "mine")
    shutil.copytree(project, scratch / "kept", symlinks=True)
    killer.scene("clean", options.step)
    shutil.rmtree(scratch / "kept")
    (scratch / "p").exists() and shutil.rmtree(scratch / "p")
    shutil.rmtree(scratch / "v1")
    shutil.rmtree(scratch / "v2")
    killer.run(str(TOP / "tests/tools/versions"), cwd=".")
    (project / "code.py").write_text("mine\n")
    (project / "notes/mine.txt").write_text("mine\n")
    killer.run("git", "add", "-A")
    killer.run("git", "commit", "-qm", "mine")
    shutil.copytree(project, scratch / "kept", symlinks=True)
    killer.scene("conflict", options.step)
    print(f"{killer.passed} passed, {killer.failed} failed")
    return 1 if killer.failed else 0


if __name__ == "__main__":
    sys.exit(main())
