"""A full disk, one without room for names, and a folder that may not be written: for real, not by a layer.

Disks are small ones in memory, mounted in a mount namespace of their own; where that is not allowed, they are
skipped, and said so.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NOBODY = 65534
MANIFEST = """{ "name": "t", "version": "1.0.0", "released": "2026-12-01T00:00:00Z", "summary": "s",
  "tree": [{ "from": "", "to": "" }] }"""
WAYS = ("--package=tar", "--package", "--package=zip", "--no-git")


class Disks:
    """Runs the program on disks of different sizes."""

    def __init__(self, program: Path, scratch: Path) -> None:
        # the program's own folder may be closed to others
        self.program, self.scratch = shutil.copy(program, scratch), scratch
        self.passed = self.failed = 0
        template = scratch / "t/files"
        for number in range(40):
            path = template / f"d{number % 7}/{number}.bin"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(os.urandom(3000))
        (scratch / "t/template.json").write_text(MANIFEST)

    def check(self, what: str, wrong: str) -> None:
        self.failed += bool(wrong)
        self.passed += not wrong
        if wrong:
            print(f"{what}: {wrong}")

    def new(self, folder: Path, *more: str, user: int | None = None) -> "subprocess.CompletedProcess[str]":
        words = [self.program, "new", self.scratch / "t", folder / "out", "-q", "--date", "0", *more]
        return subprocess.run(words, capture_output=True, text=True, check=False, env={"HOME": str(self.scratch)},
                              user=user)

    def look(self, done: "subprocess.CompletedProcess[str]", folder: Path, reason: str) -> str:
        """What is wrong with a run that had to fail for the reason, and leave nothing."""
        if done.returncode != 1 or done.stderr.count("\n") != 1 or reason not in done.stderr:
            return f"ended with {done.returncode}: {done.stderr}"
        left = os.listdir(folder)
        return f"left behind: {left}" if left else ""

    def fill(self, folder: Path, option: str) -> None:
        """Tries a disk of each size until all fits."""
        for pages in range(8, 200, 6):
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={pages * 4}k", "disk", folder], check=True)
            done = self.new(folder, option)
            if done.returncode == 0:
                whole = len([path for path in (folder / "out").rglob("*.bin")]) == 40
                self.check(f"a disk of {pages} pages", "" if whole else "not all is there")
            else:
                self.check(f"a disk of {pages} pages", self.look(done, folder, "No space left on device"))
            subprocess.run(["umount", folder], check=True)
        self.check("the largest disk", "" if done.returncode == 0 else "it was full, too")

    def names(self, folder: Path) -> None:
        """A disk with room for bytes, and not for names."""
        for inodes in range(2, 50, 9):
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"nr_inodes={inodes}", "disk", folder], check=True)
            self.check(f"{inodes} names", self.look(self.new(folder), folder, "No space left on device"))
            subprocess.run(["umount", folder], check=True)

    def read_only(self, folder: Path) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "disk", folder], check=True)
        self.check("a read-only disk", self.look(self.new(folder), folder, "Read-only file system"))
        subprocess.run(["umount", folder], check=True)

    def forbidden(self, folder: Path) -> None:
        user = NOBODY if os.getuid() == 0 else None
        folder.chmod(0o555)
        done = self.new(folder, "--package", user=user)
        self.check("a folder that may not be written", self.look(done, folder, "Permission denied"))
        folder.chmod(0o333)
        done = self.new(folder, "--package", user=user)
        whole = done.returncode == 0 and sorted(os.listdir(folder)) == ["out", "out.tar.gz"]
        self.check("a folder that may be written, and not be read", "" if whole else done.stderr)


def own_mounts() -> bool:
    """Goes on in a mount namespace of our own, if that is allowed."""
    if os.environ.get("DISK_ALONE"):
        return True
    wanted = ["unshare", "--mount"] + ([] if os.getuid() == 0 else ["--map-root-user"])
    if shutil.which("unshare") and not subprocess.run([*wanted, "true"], capture_output=True, check=False).returncode:
        os.environ["DISK_ALONE"] = "1"
        os.execvp(wanted[0], [*wanted, sys.executable, *sys.argv])
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    options = parser.parse_args()
    mounts, skipped = own_mounts(), 0
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        os.chmod(scratch, 0o755)
        disks, folder = Disks(options.program.resolve(), scratch), scratch / "disk"
        folder.mkdir()
        disks.forbidden(folder)
        shutil.rmtree(folder)
        folder.mkdir()
        if mounts:
            for option in WAYS:
                disks.fill(folder, option)
            disks.names(folder)
            disks.read_only(folder)
        else:
            skipped = 1
            print("SKIP: nothing can be mounted here")
    print(f"{disks.passed} passed, {disks.failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if disks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
