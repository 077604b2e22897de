"""Kits laid out for Moodle's bulk upload of feedback files, read as Moodle reads them: the first part of a path that has
four fields or more between underscores, of which the second is a participant's number, says whose the rest is."""

import argparse
import json
import subprocess
import sys
import zipfile
from pathlib import Path

HEADER = 'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Last modified (grade)"'
NAMES = {120345: "Ada Lovelace", 120346: "Grace_M Hopper", 120347: "Zoë/Çelik", 120348: "李雷", 120349: "x" * 300,
         120350: "..", 120351: "O'Hara (B) & Co"}
FOLDERS = {120345: "Ada Lovelace", 120346: "Grace M Hopper", 120347: "Zoë Çelik", 120348: "李雷", 120349: "x" * 120,
           120350: "Participant", 120351: "O'Hara (B) & Co"}


def owner(path: str) -> tuple[int, str] | None:
    """What Moodle takes a path of the zip for: the participant and the file's name; None where it passes it over."""
    parts = path.split("/")
    if parts[-1].startswith((".", "~")):
        return None
    while parts:
        fields = parts.pop(0).split("_", 4)
        if len(fields) < 4 or not fields[1].isdigit() or fields[2:4] != ["assignsubmission", "file"]:
            continue
        return int(fields[1]), "/".join([fields[4] if len(fields) > 4 else "", *parts])
    return None


class Moodle:
    def __init__(self, program: Path, scratch: Path) -> None:
        self.program, self.scratch = program, scratch
        self.passed = self.failed = 0
        (scratch / "t/files").mkdir(parents=True)
        (scratch / "t/files/data.bin").write_bytes(bytes(n * n % 251 for n in range(400_000)))
        (scratch / "t/template.json").write_text(json.dumps({
            "name": "course", "version": "1.0.0", "released": "2020-12-01T00:00:00Z", "summary": "s",
            "tree": [{"from": "", "to": ""}]}))
        self.roster(NAMES)

    def check(self, what: str, good: bool, said: object = "") -> None:
        self.passed += good
        self.failed += not good
        if not good:
            print(f"FAIL {what} {said}")

    def roster(self, names: dict[int, str]) -> None:
        rows = [f'"Participant {number}","{name}",,"No submission - ",,100.00,-' for number, name in names.items()]
        (self.scratch / "m.csv").write_text("\n".join([HEADER, *rows]) + "\n")

    def run(self, *options: str, status: int = 0) -> str:
        done = subprocess.run([self.program, "kit", "./t", "--roster", "m.csv", "--format", "tar", *options],
                              cwd=self.scratch, capture_output=True, text=True, check=False)
        self.check(f"kit {options}", done.returncode == status, done.stderr)
        return done.stderr

    def zips(self, folder: str) -> list[Path]:
        return sorted((self.scratch / folder).glob("moodle*.zip"))

    def read(self, folder: str) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        for path in self.zips(folder):
            with zipfile.ZipFile(path) as archive:
                self.check(f"{path.name} is whole", archive.testzip() is None)
                for member in archive.infolist():
                    if member.is_dir():
                        continue
                    whose = owner(member.filename)
                    self.check(f"Moodle takes {member.filename}", whose is not None and whose[0] not in found)
                    if whose:
                        found[whose[0]] = archive.read(member)
                        self.check(f"the name of {whose[0]}", member.filename.split("_")[0] == FOLDERS[whose[0]])
                        self.check(f"the file of {whose[0]}", whose[1] == f"/{whose[0]}.tar", whose[1])
        return found

    def whole(self) -> None:
        said = self.run("--lms", "moodle", "-o", "kits")
        self.check("says what to upload", "for Moodle: 1 archive\n" in said, said)
        found = self.read("kits")
        self.check("everybody gets something", set(found) == set(NAMES))
        self.check("namely their kit", all(data == (self.scratch / f"kits/{number}.tar").read_bytes()
                                           for number, data in found.items()))
        before = [path.stat().st_mtime_ns for path in self.zips("kits")]
        self.run("--lms", "moodle", "-o", "kits")
        self.check("a second run touches nothing", before == [path.stat().st_mtime_ns for path in self.zips("kits")])
        self.run("--lms", "moodle", "-o", "kits", "--only", "120346")
        self.check("nor does one for a single student", set(self.read("kits")) == set(NAMES))

    def parts(self) -> None:
        said = self.run("--lms", "moodle", "--upload-size", "2", "-o", "small")
        sizes = [path.stat().st_size for path in self.zips("small")]
        self.check("as many as are needed", len(sizes) == 4 and max(sizes) <= 2 << 20, sizes)
        self.check("says that they are several", "4 archives, to be uploaded one after the other" in said, said)
        self.check("they hold everybody", self.read("small") == self.read("kits"))
        self.roster({number: name for number, name in NAMES.items() if number < 120347})
        self.run("--lms", "moodle", "--upload-size", "2", "-o", "small")
        self.check("no zip of before is left", set(self.read("small")) == {120345, 120346})
        self.roster(NAMES)
        for shard in range(2):
            self.run("--lms", "moodle", "-o", "shards", "--shard", f"{shard}/2")
        self.check("shards have their own", self.read("shards") == self.read("kits"), self.zips("shards"))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    given = parser.parse_args()
    given.scratch.mkdir(parents=True)
    test = Moodle(given.program.resolve(), given.scratch)
    test.whole()
    test.parts()
    print(f"{test.passed} passed, {test.failed} failed")
    return 1 if test.failed else 0


if __name__ == "__main__":
    sys.exit(main())
