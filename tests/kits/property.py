"""Kits of a cohort: the same bytes whoever else is made with them, and whole whatever happens.

Every kit is compared with those of other ways to make it (alone, in shards, by one process, under another locale,
time zone and umask), with libarchive's tar of the same files, and is unpacked by four programs, after which git finds
nothing wrong. Runs are killed at random moments and resumed.
"""

import argparse
import base64
import gzip
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

STUDENTS = [f"s{n:02}" for n in range(24)] + ["Zoë Çelik", "李雷", "o'hara"]
MANIFEST = {
    "name": "tiny", "version": "1.0.0", "released": "2020-12-01T00:00:00Z", "summary": "A tiny exercise",
    "variables": {"who": {"type": "string", "default": "world"}, "team": {"type": "string", "default": "red"}},
    "tree": [{"from": "project/", "to": ""}, {"from": "blue.txt", "to": "blue.txt", "when": "team == 'blue'"}],
    "milestones": [{"id": "one", "title": "Answer", "tests": ["tests/test_one.py"]}],
    "roles": {"protected": ["tests/**"], "student": ["notes/**"]},
}
FILES = {
    "blue.txt": "for the blue\n", "project/.gitattributes": "* text=auto\n", "project/deep/er/data.txt": "row\n" * 900,
    "project/README.md.jinja": "For {{ who }} of {{ team }}, set {{ variant(5, 'set') }}.\n",
    "project/team.md.jinja": "{% if team == 'blue' %}Blue{{ variant(2, 'b') }}{% else %}Red{% endif %}\n",
    "project/answer.py": "def answer():\n    # BEGIN SOLUTION one\n    return sum(range(1, 42))\n    # END SOLUTION\n",
    "project/tests/test_one.py": "import answer\nassert answer.answer() > 1\n", "project/empty": "",
}


class Kits:
    def __init__(self, program: Path, scratch: Path) -> None:
        self.program, self.scratch = program, scratch
        self.passed = self.failed = 0
        for name, text in FILES.items():
            path = scratch / "t" / "files" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.template(MANIFEST)
        self.rows = {name: [name, f"Who {n}", "blue" if n % 3 else "red"] for n, name in enumerate(STUDENTS)}
        self.roster()
        (scratch / "key").write_text("a course secret of some length\n")
        (scratch / "key").chmod(0o600)

    def template(self, manifest: dict) -> None:
        (self.scratch / "t" / "template.json").write_text(json.dumps(manifest))

    def roster(self) -> None:
        lines = ["id,who,team", *(",".join(row) for row in self.rows.values())]
        (self.scratch / "r.csv").write_text("\n".join(lines) + "\n")

    def check(self, what: str, ok: bool, said: object = "") -> None:
        self.passed += ok
        self.failed += not ok
        if not ok:
            print(f"FAIL {what} {said}")

    def command(self, folder: str, *options: str) -> list[str]:
        return [str(self.program), "kit", "./t", "--roster", "r.csv", "--secret", "key", "-o", folder, "-q", *options]

    def run(self, folder: str, *options: str, **environment: str) -> None:
        done = subprocess.run(self.command(folder, *options), cwd=self.scratch, capture_output=True, text=True,
                              env={**os.environ, **environment}, check=False)
        self.check(f"kit {folder}", done.returncode == 0, done.stderr)

    def bytes(self, folder: str) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.scratch / folder).iterdir()
                if path.suffix != ".html" and not path.name.startswith((".", "report"))}

    def times(self, folder: str) -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in (self.scratch / folder).iterdir()}

    def report(self, folder: str) -> dict[str, dict]:
        report = json.loads((self.scratch / folder / "report.json").read_text())
        return {kit["student"]: kit for kit in report["kits"]}


def ways(kits: Kits) -> None:
    kits.run("all", "--jobs", "2")
    first = kits.bytes("all")
    kits.check("a kit a student", len(first) == len(STUDENTS))
    kits.run("one", "--jobs", "1", LC_ALL="C", TZ="Asia/Tokyo")
    kits.check("one process, another locale and time zone", kits.bytes("one") == first)
    before = os.umask(0o077)
    kits.run("umask", LC_ALL="C.UTF-8", TZ="America/Lima", LANG="tr_TR.UTF-8")
    os.umask(before)
    kits.check("another umask", kits.bytes("umask") == first)
    for n in range(16):
        kits.run("shards", "--shard", f"{n}/16")
    kits.check("shards", kits.bytes("shards") == first)
    merged = subprocess.run([kits.program, "kit", "--merge-reports", *(f"shards/report-{n}-of-16.json" for n in range(16)),
                             "-o", "shards", "-q"], cwd=kits.scratch, check=False)
    same = [(kits.scratch / folder / "report.json").read_bytes() for folder in ("all", "shards")]
    kits.check("merged reports are the report of one run", merged.returncode == 0 and same[0] == same[1])
    for name in random.Random(1).sample(STUDENTS, 4):
        kits.run("only", "--only", name)
    only = kits.bytes("only")
    kits.check("alone", len(only) == 4 and all(first[name] == data for name, data in only.items()))


def formats(kits: Kits) -> None:
    kits.run("tar", "--format", "tar")
    reports = kits.report("all"), kits.report("tar")
    for name in STUDENTS:
        one, other = (report[name] for report in reports)
        data = gzip.decompress((kits.scratch / "all" / one["archive"]).read_bytes())
        plain = (kits.scratch / "tar" / other["archive"]).read_bytes()
        kits.check(f"libarchive's tar of {name}", data == plain)
        kits.check(f"the tar's digest of {name}", one["tar_digest"] == "sha256:" + hashlib.sha256(data).hexdigest())


def unpacked(kits: Kits) -> None:
    kits.run("zip", "--format", "zip", "--only", "s01", "--only", "李雷")
    for name in ("s01", "李雷"):
        archive = kits.scratch / "all" / kits.report("all")[name]["archive"]
        zipped = kits.scratch / "zip" / kits.report("zip")[name]["archive"]
        for way in ("tar", "bsdtar", "tarfile", "unzip"):
            here = kits.scratch / "unpacked"
            shutil.rmtree(here, ignore_errors=True)
            here.mkdir()
            if way == "tarfile":
                with tarfile.open(archive) as opened:
                    opened.extractall(here)
            elif way == "unzip":
                subprocess.run(["unzip", "-q", zipped, "-d", here], check=False)
            else:
                subprocess.run([way, "-xf", archive, "-C", here], check=False)
            look(kits, here / "tiny", kits.report("all")[name], way)


def look(kits: Kits, project: Path, kit: dict, way: str) -> None:
    def git(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(["git", "-C", project, *words], capture_output=True, text=True, check=False)
    fsck = git("fsck", "--strict")
    kits.check(f"fsck after {way}", fsck.returncode == 0 and not fsck.stderr, fsck.stderr)
    status = git("status", "--porcelain", "--ignored")
    kits.check(f"status after {way}", status.returncode == 0 and not status.stdout, status.stdout)
    kits.check(f"commit after {way}", git("rev-parse", "HEAD").stdout.strip() == kit["commit"])
    kits.check(f"branch after {way}", git("branch", "--show-current").stdout.strip() == "main")
    record = json.loads((project / ".aiscaffold.json").read_text())
    kits.check(f"record after {way}", record["kit"] == kit["id"])
    listed = set(git("ls-files", "-z").stdout.split("\0")) - {"", ".aiscaffold.json"}
    kits.check(f"all files listed after {way}", listed == set(record["files"]))
    for path, facts in record["files"].items():
        kits.check(f"{path} after {way}", facts["sha256"] == hashlib.sha256((project / path).read_bytes()).hexdigest())


def changes(kits: Kits) -> None:
    before, times = kits.bytes("all"), kits.times("all")
    kits.run("all")
    kits.check("a second run touches nothing", kits.times("all") == times)
    kits.rows["s03"][1] = "Somebody"
    kits.roster()
    kits.run("all")
    after = kits.bytes("all")
    kits.check("one row, one kit", [name for name in after if after[name] != before[name]] == ["s03.tar.gz"])
    stayed = {name: at for name, at in kits.times("all").items() if not name.startswith("report")}
    kits.check("and no other is touched", [n for n, at in stayed.items() if at != times[n]] == ["s03.tar.gz"])
    kits.check("the report says why", kits.report("all")["s03"]["reason"] == "the roster's row changed")
    kits.template({**MANIFEST, "version": "1.1.0"})
    kits.run("all")
    reasons = {kit["reason"] for kit in kits.report("all").values()}
    kits.check("a new version is told", reasons == {"the template changed from 1.0.0 to 1.1.0"}, reasons)


def secrets(kits: Kits) -> None:
    """The course secret, as it is and in the codings that programs give to bytes, nowhere in what is handed out."""
    secret = (kits.scratch / "key").read_bytes().strip()
    forms = {secret, secret.hex().encode(), secret.hex().upper().encode(), base64.b64encode(secret).rstrip(b"=")[:-2],
             secret[:16], secret[-16:]}
    kits.run("secret", "--bundle")
    bare = kits.scratch / "bare"
    for path in (kits.scratch / "secret").iterdir():
        texts = [path.read_bytes()]
        if path.name.endswith(".tar.gz"):
            with tarfile.open(path) as archive:
                texts += [archive.extractfile(member).read() for member in archive if member.isfile()]
        if path.name.endswith((".tar.gz", ".bundle")):
            shutil.rmtree(bare, ignore_errors=True)
            bare.mkdir()
            if path.name.endswith(".tar.gz"):
                subprocess.run(["tar", "xf", path, "-C", bare, "--strip-components=1"], check=True)
            else:
                subprocess.run(["git", "clone", "-q", "--bare", path, bare / ".git"], check=True)
            texts.append(subprocess.run(["git", f"--git-dir={bare}/.git", "cat-file", "--batch", "--batch-all-objects"],
                                        stdin=subprocess.DEVNULL, capture_output=True, check=True).stdout)
            kits.check(f"there are objects in {path.name}", len(texts[-1]) > 3_000)
        kits.check(f"the secret stays out of {path.name}",
                   not any(form in text or form[::-1] in text for form in forms for text in texts))
    done = subprocess.run(kits.command("secret", "--json", "--only", "s01")[:-1], cwd=kits.scratch, capture_output=True,
                          check=False)
    kits.check("the secret is not said", not any(form in done.stdout + done.stderr for form in forms))


def reports(kits: Kits) -> None:
    page = (kits.scratch / "all/report.html").read_text()
    kits.check("the page's card of the date",
               "<dt>Date of the commits</dt><dd>2020-12-01T00:00:00Z</dd>" in page, page[:4000])
    kits.run("dated", "--date", "2021-03-04T05:06:07Z", "--only", "s01")
    page = (kits.scratch / "dated/report.html").read_text()
    kits.check("the card follows --date", "<dt>Date of the commits</dt><dd>2021-03-04T05:06:07Z</dd>" in page)
    kits.run("two", "--shard", "0/2")
    (kits.scratch / "other").write_text("the secret of another course\n")
    (kits.scratch / "other").chmod(0o600)
    kits.run("two", "--shard", "1/2", "--secret", "other")
    merged = subprocess.run([kits.program, "kit", "--merge-reports", "two/report-0-of-2.json", "two/report-1-of-2.json",
                             "-o", "merged"], cwd=kits.scratch, capture_output=True, text=True, check=False)
    kits.check("shards of two secrets don't merge", merged.returncode == 2 and "secret differ" in merged.stderr,
               merged.stderr)
    kits.check("and write no report", not (kits.scratch / "merged").exists())


def killed(kits: Kits) -> None:
    chance = random.Random(7)
    kits.run("whole", "--bundle")
    whole = kits.bytes("whole")
    for round_ in range(12):
        started = subprocess.Popen(kits.command("killed", "--bundle"), cwd=kits.scratch, start_new_session=True,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0, 0.12))
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()
        there = kits.bytes("killed") if (kits.scratch / "killed").exists() else {}
        kits.check(f"whole or absent, round {round_}", all(whole.get(name) == data for name, data in there.items()))
        if round_ % 3 == 2:
            shutil.rmtree(kits.scratch / "killed", ignore_errors=True)
    kits.run("killed", "--bundle")
    kits.check("resumed", kits.bytes("killed") == whole)
    kits.check("nothing is left behind", not list((kits.scratch / "killed").glob(".aiscaffold-*.tmp")))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    given = parser.parse_args()
    given.scratch.mkdir(parents=True)
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    kits = Kits(given.program.resolve(), given.scratch)
    for part in (ways, formats, unpacked, reports, secrets, changes, killed):
        part(kits)
    print(f"{kits.passed} passed, {kits.failed} failed")
    return 1 if kits.failed else 0


if __name__ == "__main__":
    sys.exit(main())
