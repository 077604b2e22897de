"""Kits as git bundles: plain git clones the first and pulls every later one, and what `update --from` makes of the
archives is the same history."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

STUDENTS = ("ada", "grace")


class Bundles:
    def __init__(self, program: Path, scratch: Path) -> None:
        self.program, self.scratch = program, scratch
        self.passed = self.failed = 0
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(scratch / "home"), "GIT_CONFIG_NOSYSTEM": "1"}
        (scratch / "home/.gitconfig").write_text("[user]\nname = S\nemail = s@example.org\n")
        (scratch / "r.csv").write_text("id\n" + "\n".join(STUDENTS) + "\n")

    def check(self, what: str, good: bool, said: object = "") -> None:
        self.passed += good
        self.failed += not good
        if not good:
            print(f"FAIL {what} {said}")

    def run(self, *words: object, cwd: str = ".", status: int = 0) -> str:
        done = subprocess.run([str(word) for word in words], cwd=self.scratch / cwd, env=self.environment,
                              capture_output=True, text=True, check=False)
        self.check(f"{words}", done.returncode == status, done.stderr)
        return done.stdout.strip()

    def version(self, number: int) -> None:
        files = self.scratch / "t" / "files"
        (files / "tests").mkdir(parents=True, exist_ok=True)
        (self.scratch / "t/template.json").write_text(json.dumps({
            "name": "course", "version": f"1.{number}.0", "released": f"2020-12-0{number}T00:00:00Z", "summary": "s",
            "tree": [{"from": "", "to": ""}], "roles": {"protected": ["tests/**"]}}))
        rows = [f"line {i}" if i % 4 or number == 1 else f"line {i} of version {number}" for i in range(30)]
        (files / "work.py").write_text("\n".join(rows) + "\n")
        (files / "large.bin").write_bytes(bytes(range(256)) * 600)  # more than one stored block
        (files / "tests/test.py").write_text(f"test of version {number}\n")
        (files / f"only{number}.md").write_text(f"new in version {number}\n")

    def kits(self, folder: str, *options: str) -> None:
        self.run(self.program, "kit", "./t", "--roster", "r.csv", "-o", folder, "-q", *options)

    def report(self, folder: str) -> dict:
        kits = json.loads((self.scratch / folder / "report.json").read_text())["kits"]
        return {kit["student"]: kit for kit in kits}

    def work(self, folder: str) -> None:
        path = self.scratch / folder / "work.py"
        path.write_text(path.read_text().replace("line 14\n", "mine\n"))
        self.run("git", "commit", "-q", "-a", "-m", "my work", cwd=folder)

    def unpack(self, archive: str, folder: str) -> None:
        with tarfile.open(self.scratch / archive) as kit:
            kit.extractall(self.scratch / f"{folder}.all")
        (self.scratch / f"{folder}.all/course").rename(self.scratch / folder)

    def first(self) -> None:
        self.version(1)
        self.kits("kits", "--bundle")
        self.kits("plain")
        for name in STUDENTS:
            same = [(self.scratch / folder / f"{name}.tar.gz").read_bytes() for folder in ("kits", "plain")]
            self.check(f"the archive of {name} is the same without a bundle", same[0] == same[1])
        self.run("git", "clone", "-q", "kits/ada.bundle", "pulled")
        self.unpack("kits/ada.tar.gz", "updated")
        ids = {self.run("git", "rev-parse", "HEAD", cwd=folder) for folder in ("pulled", "updated")}
        self.check("bundle and archive begin with the same commit", len(ids) == 1, ids)
        self.check("the clone is on main", self.run("git", "branch", "--show-current", cwd="pulled") == "main")
        shutil.copytree(self.scratch / "kits", self.scratch / "v1")
        for folder in ("pulled", "updated"):
            self.work(folder)

    def next(self, number: int) -> None:
        self.version(number)
        self.kits("kits", "--bundle")
        shutil.copytree(self.scratch / "kits", self.scratch / f"v{number}")
        self.run("git", "bundle", "verify", "-q", "../kits/ada.bundle", cwd="pulled")
        self.run("git", "pull", "-q", "--no-rebase", "--no-edit", cwd="pulled")
        self.run(self.program, "update", "-q", "--from", "../kits/ada.tar.gz", cwd="updated")
        for folder in ("pulled", "updated"):
            text = (self.scratch / folder / "work.py").read_text()
            self.check(f"{folder} {number}: both works", "mine\n" in text and f"line 4 of version {number}\n" in text)
            self.check(f"{folder} {number}: the new file", (self.scratch / folder / f"only{number}.md").exists())
            self.run("git", "fsck", "--strict", cwd=folder)
        self.check(f"pull and update have merged the same commit of version {number}",
                   self.run("git", "rev-parse", "HEAD^2", cwd="pulled")
                   == self.run("git", "rev-parse", "HEAD^2", cwd="updated")
                   == self.report("kits")["ada"]["bundle_commit"])
        self.check(f"and have the same files in version {number}",
                   self.run("git", "rev-parse", "HEAD^{tree}", cwd="pulled")
                   == self.run("git", "rev-parse", "HEAD^{tree}", cwd="updated"))
        reports = [word for n in range(1, number + 1) for word in ("-r", f"v{n}/report.json")]
        for folder in ("pulled", "updated"):
            self.run(self.program, "verify", "-q", *reports, folder)

    def rest(self) -> None:
        before = {path.name: path.stat().st_mtime_ns for path in (self.scratch / "kits").glob("*a*.*")}
        self.kits("kits", "--bundle")
        after = {path.name: path.stat().st_mtime_ns for path in (self.scratch / "kits").glob("*a*.*")}
        self.check("a second run touches nothing", before == after)
        self.run("git", "clone", "-q", "kits/grace.bundle", "late")
        log = self.run("git", "log", "--format=%s", cwd="late").splitlines()
        self.check("who comes late gets all versions", log == ["Update to the template course 1.3.0",
                                                               "Update to the template course 1.2.0",
                                                               "Start from the template course 1.1.0"], log)
        self.run("git", "fsck", "--strict", cwd="late")
        (self.scratch / "kits/ada.bundle").unlink()
        self.kits("kits", "--bundle")
        self.check("a missing bundle is told", self.report("kits")["ada"]["reason"] == "its bundle was missing")
        self.version(4)
        self.kits("kits")
        self.kits("kits", "--bundle")
        self.check("a late bundle is told", self.report("kits")["grace"]["reason"] == "its bundle was behind")
        self.run("git", "pull", "-q", "--no-rebase", cwd="late")
        (self.scratch / "key").write_text("the secret of another course\n")
        (self.scratch / "key").chmod(0o600)
        self.kits("kits", "--bundle", "--secret", "key")
        self.run("git", "clone", "-q", "kits/grace.bundle", "other")
        self.check("another kit has a history of its own",
                   self.run("git", "rev-list", "--count", "HEAD", cwd="other") == "1")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    given = parser.parse_args()
    (given.scratch / "home").mkdir(parents=True)
    test = Bundles(given.program.resolve(), given.scratch)
    test.first()
    test.next(2)
    test.next(3)
    test.rest()
    print(f"{test.passed} passed, {test.failed} failed")
    return 1 if test.failed else 0


if __name__ == "__main__":
    sys.exit(main())
