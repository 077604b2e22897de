"""The chatbot's variants: every kit leaves out another tenth of the frozen questions, and says so where it counts.

The grader's side is worked out here from the id in a kit's record alone. Outside a kit the questions are whole.
"""

import argparse
import hashlib
import hmac
import json
import subprocess
import sys
import tarfile
from pathlib import Path

IDEA = Path(__file__).resolve().parents[2] / "templates/ideas/chatbot/files/project"
PARTS, STUDENTS, ENOUGH = 11, 60, 200
QUESTIONS, FROZEN, CARD = "data/eval/test.jsonl", "configs/evaluation.toml", "data/README.md"


def part_of(kit: str) -> int:
    digest = hmac.new(kit.encode(), b"test questions", hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") % PARTS


def expected(part: int) -> bytes:
    lines = (IDEA / QUESTIONS).read_bytes().splitlines(keepends=True)
    return b"".join(line for n, line in enumerate(lines) if part == 0 or n % 10 != part - 1)


class Chatbot:
    def __init__(self, program: Path, scratch: Path) -> None:
        self.program, self.scratch = program, scratch
        self.passed = self.failed = 0

    def check(self, what: str, good: bool) -> None:
        self.passed += good
        self.failed += not good
        if not good:
            print(f"FAIL {what}")

    def run(self, *words: str) -> None:
        done = subprocess.run([self.program, *words], cwd=self.scratch, capture_output=True, text=True, check=False)
        self.check(f"{' '.join(words)}: {done.stderr}", done.returncode == 0)

    def fits(self, what: str, part: int, read) -> None:
        questions = read(QUESTIONS)
        digest = hashlib.sha256(questions).hexdigest()
        self.check(f"{what}: the questions of part {part}", questions == expected(part))
        self.check(f"{what}: enough questions for the tests", questions.count(b"\n") >= ENOUGH)
        self.check(f"{what}: the frozen digest", f'test_sha256 = "{digest}"' in read(FROZEN).decode())
        self.check(f"{what}: the data card's digest", f"| `eval/test.jsonl` | `{digest}` |" in read(CARD).decode())
        self.check(f"{what}: the data card tells of the part", ("This copy of `test`" in read(CARD).decode()) == (part > 0))

    def alone(self) -> None:
        for edition in ("complete", "starter"):
            self.run("new", "chatbot", edition, "-y", "-q", "--no-git", "--edition", edition)
            self.fits(edition, 0, lambda path, edition=edition: (self.scratch / edition / path).read_bytes())

    def cohort(self) -> None:
        lines = ["id", *(f"s{n:02}" for n in range(STUDENTS))]
        (self.scratch / "r.csv").write_text("\n".join(lines) + "\n")
        (self.scratch / "key").write_text("a secret of a chatbot course\n")
        (self.scratch / "key").chmod(0o600)
        self.run("kit", "chatbot", "--roster", "r.csv", "--secret", "key", "-o", "kits", "-q")
        seen = set()
        for name in lines[1:]:
            with tarfile.open(self.scratch / "kits" / f"{name}.tar.gz") as kit:
                def read(path: str) -> bytes:
                    return kit.extractfile(f"chatbot/{path}").read()
                part = part_of(json.loads(read(".aiscaffold.json"))["kit"])
                self.fits(name, part, read)
                seen.add(part)
        self.check(f"all parts are given out: {sorted(seen)}", seen == set(range(PARTS)))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    given = parser.parse_args()
    given.scratch.mkdir(parents=True)
    test = Chatbot(given.program.resolve(), given.scratch)
    test.alone()
    test.cohort()
    print(f"{test.passed} passed, {test.failed} failed")
    return 1 if test.failed else 0


if __name__ == "__main__":
    sys.exit(main())
