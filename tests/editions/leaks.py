"""Plant a solution in a starter in every way that comes to mind, and see which ways are found.

What the search can't find is tested as well, so that the manual's words about its reach stay true.
"""

import argparse
import base64
import gzip
import io
import json
import pickle
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

LINES = ["scores = weigh_passages(query)", "order = sorted(scores, key=by_weight)", "return order[:limit]"]
SOLUTION = ["def rank(query, limit):", "    # BEGIN SOLUTION rank", *(f"    {line}" for line in LINES), "    # END SOLUTION"]
TEXT = "\n".join(LINES) + "\n"


def nested(name: str, text: str) -> bytes:
    """A zip in a tar.gz."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    outer = io.BytesIO()
    with tarfile.open(fileobj=outer, mode="w:gz") as archive:
        info = tarfile.TarInfo("inner.zip")
        info.size = len(inner.getvalue())
        archive.addfile(info, io.BytesIO(inner.getvalue()))
    return outer.getvalue()


def notebook(cells: list[dict[str, object]]) -> bytes:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def code(source: list[str], **more: object) -> dict[str, object]:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None, **more}


SPLIT = "scores = weigh_\npassages(query)\norder = sorted(scores,\nkey=by_weight)\nreturn\norder[:limit]\n"
FOUND = {
    "three lines in another file": {"notes.md": TEXT.encode()},
    "the same, with other white space": {"notes.md": "\n\n".join(f"\t {line.replace(' ', '   ')}" for line in LINES).encode()},
    "in a docstring": {"doc.py": f'"""Hint:\n{TEXT}"""\n'.encode()},
    "in a cell of a notebook": {"n.ipynb": notebook([code([line + "\n" for line in LINES])])},
    "in a notebook's markdown": {"n.ipynb": notebook([{"cell_type": "markdown", "metadata": {}, "source": TEXT}])},
    "in a notebook's attachment": {"n.ipynb": notebook([{"cell_type": "markdown", "metadata": {}, "source": "see", "attachments": {
        "a.txt": {"text/plain": base64.b64encode(TEXT.encode()).decode()}}}])},
    "in an archive in an archive": {"data.tar.gz": nested("rank.py", TEXT)},
    "commented out": {"old.py": "".join(f"# {line}\n" for line in LINES).encode()},
    "commented out in HTML": {"old.html": "".join(f"<!-- {line} -->\n" for line in LINES).encode()},
    "in a patch": {"fix.patch": "".join(f"+    {line}\n" for line in LINES).encode()},
    "as a numbered list": {"steps.md": "".join(f"{n}. {line}\n" for n, line in enumerate(LINES, 1)).encode()},
    "with a Mac's line ends of old": {"notes.md": TEXT.replace("\n", "\r").encode()},
    "in two bytes a character": {"notes.txt": TEXT.encode("utf-16")},
    "in a compressed file": {"rank.py.gz": gzip.compress(TEXT.encode())},
    "in a binary file": {"model.pkl": pickle.dumps("\n" + TEXT)},
    "in lines of JSON": {"log.jsonl": (json.dumps({"a": 1}) + "\n" + json.dumps({"text": TEXT}) + "\n").encode()},
    "in a list of JSON, a line each": {"log.json": json.dumps({"lines": LINES}).encode()},
    "in base64 in a cell": {"n.ipynb": notebook([code([f'x = "{base64.b64encode(TEXT.encode()).decode()}"'])])},
    "one line, as a folder's name": {"{{ smuggled }}/a.txt": b"x\n"},
    "as base64": {"blob.txt": b"x: " + base64.encodebytes(TEXT.encode())},
    "one line, in an archive": {"data.tar.gz": nested("rank.py", LINES[0] + "\n")},
    "one line, by way of a default": {"value.txt.jinja": b"{{ smuggled }}\n"},
    "one line, as a file's name": {"{{ smuggled }}": b"x\n"},
    "a whole hidden file, copied": {"tests/hidden.py": b"# HIDDEN FILE\nchecks = [1, 2, 3]\nassert sum(checks) == 6\nassert checks\n",
                                    "copy.txt": b"checks = [1, 2, 3]\nassert sum(checks) == 6\nassert checks\n"},
    "a marker, by way of a default": {"marked.py.jinja": b"{{ marker }}\n"},
}
OUT_OF_REACH = {
    "one line in another file of the template": {"notes.md": LINES[0].encode()},
    "lines split over two": {"notes.md": SPLIT.encode()},
    "a paraphrase": {"notes.md": b"s = weigh_passages(q)\no = sorted(s, key=by_weight)\nreturn o[:n]\n"},
    "in one string of a program": {"rank.txt": repr(TEXT).encode()},
    "in hexadecimal": {"rank.txt": TEXT.encode().hex().encode()},
    "reversed text": {"notes.md": TEXT[::-1].encode()},
}
GONE = {  # what the starter does not hold in the first place
    "in a notebook's outputs": {"n.ipynb": notebook([code(["1\n"], outputs=[{"output_type": "stream", "text": [TEXT]}],
                                                          execution_count=3)])},
}


class Checker:
    def __init__(self, program: Path, scratch: Path) -> None:
        self.program, self.scratch = program, scratch
        self.passed = self.failed = 0

    def starter(self, files: dict[str, bytes], **manifest: object) -> "subprocess.CompletedProcess[str]":
        template, out = self.scratch / "template", self.scratch / "out"
        for folder in (template, out):
            shutil.rmtree(folder, ignore_errors=True)
        for name, data in {"rank.py": "\n".join(SOLUTION).encode() + b"\n", **files}.items():
            path = template / "files/project" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        values = {"smuggled": LINES[0], "marker": "# BEGIN SOLUTION rank"}
        used = "".join(name + data.decode(errors="ignore") for name, data in files.items())
        variables = {name: {"type": "string", "default": value} for name, value in values.items() if name in used}
        (template / "template.json").write_text(json.dumps({
            "name": "leaky", "version": "1.0.0", "released": "2026-12-01T00:00:00Z", "summary": "s",
            "variables": variables, "milestones": [{"id": "rank", "title": "Rank"}],
            "tree": [{"from": "project/", "to": ""}], **manifest}))
        return subprocess.run([self.program, "new", f"{template}/", out, "-y", "-q", "--edition", "starter"],
                              capture_output=True, text=True, check=False)

    def check(self, good: bool, what: str, done: "subprocess.CompletedProcess[str]") -> None:
        self.passed += good
        self.failed += not good
        if not good:
            print(f"FAIL {what}: status {done.returncode}: {done.stderr}")

    def all(self) -> None:
        for what, files in FOUND.items():
            done = self.starter(files)
            named = "the starter" in done.stderr
            self.check(done.returncode == 3 and named and not (self.scratch / "out").exists(), f"found: {what}", done)
        for what, files in OUT_OF_REACH.items():
            done = self.starter(files)
            self.check(done.returncode == 0, f"out of reach: {what}", done)
        for what, files in GONE.items():
            done = self.starter(files)
            text = "".join(path.read_text() for path in (self.scratch / "out").glob("*.ipynb"))
            self.check(done.returncode == 0 and LINES[0] not in text, f"gone: {what}", done)
        done = self.starter({"notes.md": TEXT.encode()}, leak_allow=LINES)
        self.check(done.returncode == 0, "allowed by leak_allow", done)
        self.publishers()
        self.history()

    def publishers(self) -> None:
        """Whatever gives a starter away looks first, and leaves nothing where there is a leak."""
        self.starter({"notes.md": TEXT.encode()})
        (self.scratch / "roster.csv").write_text("id\nada\n")
        for command in (["new", "./template", "made", "-y", "--edition", "starter", "--package=zip", "--with-git"],
                        ["new", "./template", "made", "-y", "--edition", "starter", "--no-git"],
                        ["new", "./template", "--here", "made", "-y", "--edition", "starter"],
                        ["kit", "./template", "--roster", "roster.csv", "-o", "kits", "--bundle"]):
            (self.scratch / "made").mkdir(exist_ok=True)
            done = subprocess.run([self.program, *command], cwd=self.scratch, capture_output=True, text=True, check=False)
            left = [path.name for name in ("made", "kits") for path in (self.scratch / name).rglob("*")
                    if not path.name.startswith(("report", ".aiscaffold"))] + [path.name for path in self.scratch.glob("*.zip")]
            self.check(done.returncode == 3 and "the starter" in done.stderr and not left, f"{command[0]}: {left}", done)

    def history(self) -> None:
        """No object of the first commit, reachable or not, holds a line of the solution."""
        done = self.starter({})
        out = self.scratch / "out"
        every = subprocess.run(["git", "cat-file", "--batch-all-objects", "--batch"], cwd=out, capture_output=True, check=False)
        held = [line for line in LINES if line.encode() in every.stdout]
        self.check(done.returncode == 0 and every.returncode == 0 and not held, "in no object of git", done)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    options = parser.parse_args()
    options.scratch.mkdir(parents=True, exist_ok=True)
    checker = Checker(options.program.resolve(), options.scratch.resolve())
    checker.all()
    print(f"{checker.passed} passed, {checker.failed} failed")
    return 1 if checker.failed else 0


if __name__ == "__main__":
    sys.exit(main())
