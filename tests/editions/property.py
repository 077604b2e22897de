"""Random marked files: both editions are what they were made to be.

Files of all languages are generated together with what each edition must hold. Besides: the starter with
its stripped regions put back is the complete edition, the starter does not change when solutions do, and
the complete edition does not change when stubs do.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

COMMENTS = {
    "a.py": ("#", ""), "b.c": ("//", ""), "c.cpp": ("/*", "*/"), "D.java": ("//", ""), "e.js": ("/*", "*/"),
    "f.ts": ("//", ""), "g.rs": ("//", ""), "h.go": ("//", ""), "i.sh": ("#", ""), "j.sql": ("--", ""),
    "k.html": ("<!--", "-->"), "l.css": ("/*", "*/"), "m.yaml": ("#", ""), "n.toml": ("#", ""),
    "Dockerfile": ("#", ""), "Makefile": ("#", ""), "o.md": ("<!--", "-->"), "p.R": ("#", ""),
}
MILESTONES = ["one", "two-b", "three_c"]
WORDS = ["alpha", "beta", "SOLUTION", "x = 1", "the END of it", "begin here", "{ }", "été", "", "STUB", "FILE"]


@dataclass
class File:
    """The lines of one file: its source, and what each edition keeps."""

    source: list[str] = field(default_factory=list)
    complete: list[str] = field(default_factory=list)
    starter: list[str] = field(default_factory=list)
    partly: list[str] = field(default_factory=list)  # with the first milestone solved
    back: list[str] = field(default_factory=list)    # the starter with its regions put back


def words(chance: random.Random, salt: str) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(0, 4))) + (f" {salt}" if salt else "")


def region(file: File, name: str, chance: random.Random, salts: dict[str, str]) -> None:
    opener, closer = COMMENTS[name]

    def comment(text: str) -> str:
        return " " * indent + f"{opener} {text} {closer}".rstrip()

    indent = chance.choice([0, 0, 2, 4, 8])
    milestone = chance.choice(["", *MILESTONES])
    hidden = chance.random() < 0.25
    # each line is one of its kind, so that none of them counts as a leak
    body = [" " * indent + f"k{chance.getrandbits(64):x}" + words(chance, salts["solution"])
            for _ in range(chance.randint(0, 4))]
    stubs = ["s" + words(chance, salts["stub"]) for _ in range(chance.randint(1, 2))]
    if hidden:
        file.source += [comment("BEGIN HIDDEN"), *body, comment("END HIDDEN")]
        stubs = []
    else:
        file.source += [comment(f"BEGIN SOLUTION {milestone}".rstrip()), *body, comment("END SOLUTION")]
        file.source += [comment(f"STUB: {stub}") for stub in stubs]
    shown = [(" " * indent + stub).rstrip() for stub in stubs]
    solved = not hidden and milestone == MILESTONES[0]
    file.complete += body
    file.starter += shown
    file.partly += body if solved else shown
    file.back += body


def make(name: str, chance: random.Random, salts: dict[str, str]) -> File:
    file = File()
    for _ in range(chance.randint(0, 8)):
        if chance.random() < 0.5:
            region(file, name, chance, salts)
        else:
            line = "p" + words(chance, "")
            for lines in (file.source, file.complete, file.starter, file.partly, file.back):
                lines.append(line)
    return file


def build(folder: Path, seed: int, count: int, salts: dict[str, str]) -> dict[str, File]:
    chance = random.Random(seed)
    files = {}
    shutil.rmtree(folder, ignore_errors=True)
    for number in range(count):
        name = chance.choice(list(COMMENTS))
        # what is random in the text must not move what is random in the structure
        files[f"{number}/{name}"] = make(name, random.Random(chance.random()), salts)
    for path, file in files.items():
        target = folder / "files/project" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("".join(line + "\n" for line in file.source))
    manifest = {"name": "random", "version": "1.0.0", "released": "2026-12-01T00:00:00Z", "summary": "s",
                "milestones": [{"id": name, "title": name} for name in MILESTONES],
                "tree": [{"from": "project/", "to": ""}]}
    (folder / "template.json").write_text(json.dumps(manifest))
    return files


class Checker:
    def __init__(self, program: Path, scratch: Path) -> None:
        self.program, self.scratch = program, scratch
        self.passed = self.failed = 0

    def check(self, good: bool, what: str) -> None:
        self.passed += good
        self.failed += not good
        if not good:
            print(f"FAIL {what}")

    def project(self, template: Path, *options: str) -> dict[str, str]:
        out = self.scratch / "out"
        shutil.rmtree(out, ignore_errors=True)
        command = [self.program, "new", f"{template}/", out, "-y", "-q", "--no-git", *options]
        subprocess.run(command, check=True)
        return {str(p.relative_to(out)): p.read_text() for p in out.rglob("*")
                if p.is_file() and p.name != ".aiscaffold.json"}

    def round(self, seed: int, count: int) -> None:
        template = self.scratch / "template"
        files = build(template, seed, count, {"solution": "right", "stub": "todo"})
        kept = {
            "complete": self.project(template, "--edition", "complete"),
            "starter": self.project(template, "--edition", "starter"),
            "partly": self.project(template, "--solved", MILESTONES[0]),
        }
        for path, file in files.items():
            for edition, trees in kept.items():
                wanted = "".join(line + "\n" for line in getattr(file, edition))
                self.check(trees.get(path) == wanted, f"seed {seed}: {path} in {edition}")
            self.check(file.back == file.complete, f"seed {seed}: {path} put back")
        build(template, seed, count, {"solution": "other", "stub": "todo"})
        self.check(self.project(template, "--edition", "starter") == kept["starter"],
                   f"seed {seed}: the starter depends on solutions")
        build(template, seed, count, {"solution": "right", "stub": "other"})
        self.check(self.project(template, "--edition", "complete") == kept["complete"],
                   f"seed {seed}: the complete edition depends on stubs")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    options.scratch.mkdir(parents=True, exist_ok=True)
    checker = Checker(options.program.resolve(), options.scratch.resolve())
    for seed in range(options.seed, options.seed + options.rounds):
        checker.round(seed, 120)
    print(f"{checker.passed} passed, {checker.failed} failed")
    return 1 if checker.failed else 0


if __name__ == "__main__":
    sys.exit(main())
