"""Random projects: git and the unpackers of archives must see in them what was planned.

For each random tree: the first commit has the id that git itself gives to the same files, message, author and
date; fsck, verify-pack, clone and gc are content; the work tree is clean under hostile configurations; and
archives have the same bytes under any time zone, locale and umask, and unpack to the same files everywhere.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

DATE = "1764547200"
NAMES = ["a", "a.txt", "a-b", "a0", "ab", "A1", "été.md", "漢字.txt", "x y.txt", "lib", "lib.c", "lib-2", "z" * 60,
         "~tilde", "#hash", "$dollar", "'quote'", "(paren)", ".hidden", "!bang", "%25", "&amp", "=eq", "@at", "[br]"]
HOSTILE = {
    "autocrlf": "[core]\n\tautocrlf = true\n",
    "excludes": "[core]\n\texcludesFile = {home}/ignore\n",
    "modes": "[core]\n\tfileMode = false\n\tcompression = 9\n\tprecomposeUnicode = true\n",
    "templates": "[init]\n\ttemplateDir = {home}/template\n\tdefaultBranch = other\n",
}


def content(chance: random.Random) -> bytes:
    kind = chance.random()
    if kind < 0.15:
        return b""
    if kind < 0.3:
        return b"the same in many\n"
    if kind < 0.4:
        return chance.randbytes(chance.choice([1, 65534, 65535, 65536, 65537, 131070, 200_000]))
    if kind < 0.5:
        return b"windows\r\nlines\r\n" * chance.randint(1, 9)
    return "".join(f"line {chance.randint(0, 99)}\n" for _ in range(chance.randint(1, 60))).encode()


def make_template(folder: Path, chance: random.Random) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    root = folder / "files/project"
    root.mkdir(parents=True)
    taken = {".gitattributes"}
    (root / ".gitattributes").write_text("* text=auto\n")
    for _ in range(chance.choice([0, 1, 5, 40])):
        parts = [chance.choice(NAMES) for _ in range(chance.randint(1, 5))]
        path = root.joinpath(*parts)
        key = "/".join(parts).casefold()
        if any(key == other or key.startswith(other + "/") or other.startswith(key + "/") for other in taken):
            continue
        taken.add(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(chance))
        path.chmod(0o755 if chance.random() < 0.2 else 0o644)
    manifest = {"name": "random", "version": "1.0.0", "released": "2026-12-01T00:00:00Z", "summary": "s",
                "tree": [{"from": "project/", "to": ""}]}
    (folder / "template.json").write_text(json.dumps(manifest))


class Checker:
    def __init__(self, program: Path, scratch: Path) -> None:
        self.program, self.scratch = program, scratch
        self.passed = self.failed = 0

    def check(self, good: bool, what: str) -> None:
        self.passed += bool(good)
        self.failed += not good
        if not good:
            print(f"FAIL {what}")

    def run(self, command: list[str], cwd: Path, umask: int = 0o022,
            **more: str) -> "subprocess.CompletedProcess[str]":
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.scratch / "home"), "LC_ALL": "C.UTF-8", **more}
        return subprocess.run([str(part) for part in command], cwd=cwd, env=environment, umask=umask, text=True,
                              capture_output=True, check=False)

    def git(self, cwd: Path, *arguments: str, **more: str) -> str:
        done = self.run(["git", *arguments], cwd, **more)
        return done.stdout.strip() if done.returncode == 0 else f"status {done.returncode}: {done.stderr}"

    def new(self, *options: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return self.run([self.program, "new", "./template", "out", "-y", "-q", "--date", DATE, *options],
                        self.scratch, **more)

    def clean(self) -> None:
        for name in ("out", "again", "clone"):
            shutil.rmtree(self.scratch / name, ignore_errors=True)
        for path in self.scratch.glob("out.*"):
            path.unlink()

    def commit_id_of_git(self, out: Path) -> str:
        """The id that git gives to the same commit, from the files alone."""
        again = self.scratch / "again"
        shutil.copytree(out, again, ignore=shutil.ignore_patterns(".git"))
        identity = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
                    for what, value in (("NAME", "aiscaffold"), ("EMAIL", "noreply@aiscaffold.invalid"),
                                        ("DATE", f"{DATE} +0000"))}
        self.git(again, "init", "-q")
        for path in sorted(again.rglob("*")):
            if path.is_file() and ".git" not in path.relative_to(again).parts:
                blob = self.git(again, "hash-object", "-w", "--no-filters", str(path))
                mode = "100755" if path.stat().st_mode & 0o100 else "100644"
                self.git(again, "update-index", "--add", "--cacheinfo",
                         f"{mode},{blob},{path.relative_to(again)}")
        message = self.run(["git", "log", "-1", "--format=%B"], out).stdout.rstrip("\n") + "\n"
        (self.scratch / "message").write_text(message)
        return self.git(again, "commit-tree", self.git(again, "write-tree"), "-F",
                        str(self.scratch / "message"), **identity)

    def history(self, seed: int) -> None:
        out = self.scratch / "out"
        done = self.new()
        self.check(done.returncode == 0, f"seed {seed}: new: {done.stderr}")
        self.check(self.git(out, "rev-parse", "HEAD") == self.commit_id_of_git(out), f"seed {seed}: git's own id")
        self.check(self.git(out, "fsck", "--strict", "--full", "--no-dangling") == "", f"seed {seed}: fsck")
        packs = list(out.glob(".git/objects/pack/*.idx"))
        verified = self.run(["git", "verify-pack", *packs], out)
        self.check(len(packs) == 1 and verified.returncode == 0, f"seed {seed}: verify-pack {verified.stderr}")
        for name, text in HOSTILE.items():
            home = self.scratch / "home"
            (home / ".gitconfig").write_text(text.format(home=home))
            state = self.git(out, "status", "--porcelain")
            self.check(state == "", f"seed {seed}: {name}: {state}")
            (home / ".gitconfig").unlink()
        clone = self.run(["git", "clone", "-q", str(out), str(self.scratch / "clone")], self.scratch)
        self.check(clone.returncode == 0 and self.git(self.scratch / "clone", "status", "--porcelain") == "",
                   f"seed {seed}: clone {clone.stderr}")
        collected = self.run(["git", "gc", "-q", "--prune=now"], out)
        self.check(collected.returncode == 0 and self.git(out, "status", "--porcelain") == "", f"seed {seed}: gc")

    def archives(self, seed: int) -> None:
        out = self.scratch / "out"
        for ending in ("tar", "tar.gz", "tar.zst", "tar.xz", "zip"):
            bytes_of = []
            for zone, locale, umask in (("UTC", "C", 0o022), ("Asia/Tokyo", "C.UTF-8", 0o077)):
                self.clean()
                self.new(f"--package={ending}", TZ=zone, LC_ALL=locale, umask=umask)
                bytes_of.append((self.scratch / f"out.{ending}").read_bytes())
            self.check(bytes_of[0] == bytes_of[1], f"seed {seed}: {ending} has the same bytes everywhere")
            wanted = {str(path.relative_to(self.scratch)): path.read_bytes() for path in out.rglob("*")
                      if path.is_file() and ".git" not in path.relative_to(out).parts}
            self.check(self.unpacked(ending) == [wanted] * 2, f"seed {seed}: {ending} unpacks to the project")

    def unpacked(self, ending: str) -> list[dict[str, bytes]]:
        """The archive's files as two unpackers see them."""
        archive, again = self.scratch / f"out.{ending}", self.scratch / "again"
        shutil.rmtree(again, ignore_errors=True)
        again.mkdir()
        if ending == "zip":
            command = ["unzip", "-q", archive]
            with zipfile.ZipFile(archive) as opened:
                first = {name: opened.read(name) for name in opened.namelist() if not name.endswith("/")}
        else:
            command = ["tar", "xf", archive]
            plain = archive
            if ending == "tar.zst":  # which Python can't read
                plain = self.scratch / "out.plain"
                plain.write_bytes(subprocess.run(["zstd", "-dc", archive], check=True, capture_output=True).stdout)
            with tarfile.open(plain) as opened:
                first = {member.name: opened.extractfile(member).read()  # type: ignore[union-attr]
                         for member in opened if member.isfile()}
        self.run(command, again)
        return [first, {str(path.relative_to(again)): path.read_bytes() for path in again.rglob("*") if path.is_file()}]

    def round(self, seed: int) -> None:
        home = self.scratch / "home"
        shutil.rmtree(home, ignore_errors=True)
        (home / "template/hooks").mkdir(parents=True)
        (home / "ignore").write_text("*\n")
        make_template(self.scratch / "template", random.Random(seed))
        self.clean()
        self.history(seed)
        if seed % 4 == 0:
            self.archives(seed)
        self.clean()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=8)
    options = parser.parse_args()
    options.scratch.mkdir(parents=True, exist_ok=True)
    checker = Checker(options.program.resolve(), options.scratch.resolve())
    for seed in range(options.seed, options.seed + options.rounds):
        checker.round(seed)
    print(f"{checker.passed} passed, {checker.failed} failed")
    return 1 if checker.failed else 0


if __name__ == "__main__":
    sys.exit(main())
