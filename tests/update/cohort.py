"""Three versions of a template and five students, each with the same work of their own, who update at different times
and in different ways: version by version, at once, through a clone, after a rebase, with a conflict settled on the way.
More of them push and pull between two machines, update on a branch or beside it, and rebase or squash what was updated.
All end with the same files. The same with kits, from archives and folders."""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path


class Course:
    def __init__(self, program: Path, scratch: Path) -> None:
        self.scratch = scratch
        self.passed = self.failed = 0
        self.environment = {"PATH": f"{program.parent}:{os.environ['PATH']}", "HOME": str(scratch / "home"),
                            "SOURCE_DATE_EPOCH": "1764547200"}

    def check(self, good: bool, what: str) -> None:
        self.passed += bool(good)
        self.failed += not good
        if not good:
            print(f"FAIL {what}")

    def run(self, *command: str, cwd: str = ".", status: int = 0) -> str:
        done = subprocess.run(command, cwd=self.scratch / cwd, env=self.environment, capture_output=True, text=True,
                              check=False)
        self.check(done.returncode == status, f"{' '.join(command)}: status {done.returncode}: {done.stderr}")
        return done.stdout

    def versions(self) -> None:
        for number in (1, 2, 3):
            folder = self.scratch / f"v{number}"
            (folder / "files/tests").mkdir(parents=True)
            (folder / "template.json").write_text(json.dumps({
                "name": "course", "version": f"1.{number}.0", "summary": "s", "released": f"2026-12-0{number}T00:00:00Z",
                "tree": [{"from": "", "to": ""}], "roles": {"protected": ["tests/**"], "student": ["log.md"]}}))
            rows = [f"line {i}" if i % 4 or number == 1 else f"line {i} of version {number}" for i in range(30)]
            (folder / "files/work.py").write_text("\n".join(rows) + "\n")
            (folder / "files/tests/test.py").write_text(f"test of version {number}\n")
            (folder / f"files/extra{number}.md").write_text(f"a long enough text that only version {number} has\n")
            (folder / "files/log.md").write_text(f"log of version {number}\n")

    def work(self, name: str) -> None:
        """What each student does: one line in the middle of others', a note, a file."""
        path = self.scratch / name / "work.py"
        path.write_text(path.read_text().replace("line 14\n", "mine\n"))
        (self.scratch / name / "log.md").write_text("my log\n")
        (self.scratch / name / "mine.py").write_text("mine\n")
        self.run("git", "add", "-A", cwd=name)
        self.run("git", "commit", "-q", "-m", "my work", cwd=name)

    def update(self, name: str, source: str, status: int = 0) -> None:
        self.run("aiscaffold", "update", "-q", "--from", f"../{source}", cwd=name, status=status)

    def end(self, names: list[str], version: str) -> None:
        trees = {self.run("git", "rev-parse", "HEAD^{tree}", cwd=name) for name in names}
        self.check(len(trees) == 1, f"{version}: {len(trees)} different ends")
        for name in names:
            self.check(self.run("git", "status", "--porcelain", cwd=name) == "", f"{name} is clean")
            self.run("git", "fsck", "--strict", "--no-dangling", cwd=name)
            told = subprocess.run(["aiscaffold", "status", "--json"], cwd=self.scratch / name, env=self.environment,
                                  capture_output=True, text=True, check=False)
            found = json.loads(told.stdout)
            self.check(found["version"] == version and {file["path"] for file in found["files"]}
                       == {"work.py", "log.md", "mine.py"}, f"{name}: {told.stdout}")
        self.check((self.scratch / names[0] / "work.py").read_text().count("mine") == 1, "the work is there")

    def students(self) -> None:
        for name in ("ann", "ben", "cid", "eve"):
            self.run("aiscaffold", "new", "./v1", name, "-y", "-q")
            self.work(name)
        self.update("ann", "v2")  # version by version
        self.run("git", "clone", "-q", "ann", "dan")  # goes on in a clone, and sends it back
        self.update("ann", "v3")
        self.update("ben", "v3")  # at once
        self.update("dan", "v3")
        self.run("git", "commit", "-q", "--allow-empty", "-m", "more", cwd="cid")
        self.run("git", "rebase", "-q", "--force-rebase", "HEAD~1", cwd="cid")
        self.update("cid", "v2")
        self.update("cid", "v3")
        path = self.scratch / "eve/work.py"  # in conflict, settled, updated again
        kept = path.read_text()
        path.write_text(kept.replace("line 8\n", "other\n"))
        self.run("git", "commit", "-q", "-am", "other", cwd="eve")
        self.update("eve", "v2", status=5)
        path.write_text((self.scratch / "ann/work.py").read_text().replace("version 3", "version 2"))
        self.run("git", "add", "-A", cwd="eve")
        self.run("git", "commit", "-q", "--no-edit", cwd="eve")
        self.update("eve", "v3")
        self.end(["ann", "ben", "cid", "dan", "eve"], "1.3.0")
        self.run("git", "pull", "-q", "--no-rebase", "--no-edit", "../dan", "HEAD", cwd="ann")
        self.end(["ann", "ben"], "1.3.0")

    def pushed(self) -> None:
        """A repository between two machines: each updates once, and pulls what the other pushed."""
        self.run("aiscaffold", "new", "./v1", "jan", "-y", "-q")
        self.work("jan")
        self.run("git", "init", "-q", "--bare", "hub.git")
        self.run("git", "push", "-q", "../hub.git", "main", cwd="jan")
        self.update("jan", "v2")
        self.run("git", "push", "-q", "../hub.git", "main", cwd="jan")
        self.run("git", "clone", "-q", "hub.git", "jan-at-home")
        self.update("jan-at-home", "v3")
        self.run("git", "push", "-q", cwd="jan-at-home")
        self.run("git", "pull", "-q", "--ff-only", "../hub.git", "main", cwd="jan")
        self.end(["ann", "jan", "jan-at-home"], "1.3.0")

    def branches(self) -> None:
        """Work on a branch while the other one is updated, and either way round; a rebase that keeps merges, and
        in which git, which knows no roles, is told whose log.md it is."""
        for name in ("kim", "leo"):
            self.run("aiscaffold", "new", "./v1", name, "-y", "-q")
            self.run("git", "switch", "-q", "-c", "work", cwd=name)
            self.work(name)
        self.run("git", "switch", "-q", "main", cwd="kim")
        self.update("kim", "v2")
        self.run("git", "switch", "-q", "work", cwd="kim")
        self.run("git", "merge", "-q", "--no-edit", "main", cwd="kim")
        self.update("kim", "v3")
        self.run("git", "switch", "-q", "main", cwd="kim")
        self.run("git", "merge", "-q", "--no-edit", "work", cwd="kim")
        self.update("leo", "v2")
        self.run("git", "rebase", "-q", "--rebase-merges", "--force-rebase", "-Xours", "main", cwd="leo")
        self.update("leo", "v3")
        self.run("git", "rebase", "-q", "--rebase-merges", "--force-rebase", "-Xours", "main", cwd="leo")
        self.end(["ann", "kim", "leo"], "1.3.0")

    def flattened(self) -> None:
        """A rebase or a squash takes the update's commit out of the history: --base names it."""
        flattening = {"max": ("rebase", "-q", "--force-rebase", "-Xours", "HEAD~1"),
                      "nia": ("reset", "-q", "--soft", "START")}
        for name, flatten in flattening.items():
            self.run("aiscaffold", "new", "./v1", name, "-y", "-q")
            start = self.run("git", "rev-parse", "HEAD", cwd=name).strip()
            self.work(name)
            self.update(name, "v2")
            pristine = self.run("git", "rev-parse", "HEAD^2", cwd=name).strip()
            self.run("git", *(start if word == "START" else word for word in flatten), cwd=name)
            if name == "nia":
                self.run("git", "commit", "-q", "-m", "all of it", cwd=name)
            self.check(pristine not in self.run("git", "rev-list", "HEAD", cwd=name), f"{name}: the history is flat")
            self.run("aiscaffold", "update", "-q", "--from", "../v3", "--base", pristine, cwd=name)
        self.end(["ann", "max", "nia"], "1.3.0")

    def kits(self) -> None:
        (self.scratch / "roster.csv").write_text("id\nada\n")
        for number in (1, 2, 3):
            self.run("aiscaffold", "kit", f"./v{number}", "-q", "--roster", "roster.csv", "-o", f"kits{number}")
            (self.scratch / f"kit{number}").mkdir()
            self.run("tar", "-xzf", f"kits{number}/ada.tar.gz", "--strip-components=1", "-C", f"kit{number}")
        for name in ("fay", "gus", "hal"):
            self.run("git", "clone", "-q", "kit1", name)
            self.work(name)
        self.update("fay", "kits2/ada.tar.gz")
        self.update("fay", "kit3")
        self.update("gus", "kits3/ada.tar.gz")
        self.run("git", "clone", "-q", "hal", "ivy")
        self.update("ivy", "kit2")
        self.run("git", "pull", "-q", "../ivy", "HEAD", cwd="hal")
        self.update("hal", "kits3/ada.tar.gz")
        self.end(["fay", "gus", "hal"], "1.3.0")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    options = parser.parse_args()
    scratch = options.scratch.resolve()
    shutil.rmtree(scratch, ignore_errors=True)
    (scratch / "home").mkdir(parents=True)
    (scratch / "home/.gitconfig").write_text("[user]\n\tname = Ada\n\temail = ada@example.invalid\n"
                                             "[init]\n\tdefaultBranch = main\n[advice]\n\tdetachedHead = false\n")
    course = Course(options.program.resolve(), scratch)
    course.versions()
    course.students()
    course.pushed()
    course.branches()
    course.flattened()
    course.kits()
    print(f"{course.passed} passed, {course.failed} failed")
    return 1 if course.failed else 0


if __name__ == "__main__":
    sys.exit(main())
