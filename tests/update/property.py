"""Random versions of a template, and random edits of a student, updated.

After each update: no line that the student wrote is gone from the work tree; protected files are the template's; a
student's own files are as they were; git's fsck --strict is content; a second update changes nothing; and git's own
merge of the same trees, after the roles were applied to them, gives the same files. Where the two may differ, a
reason is counted for it. Conflicts are taken back by --abort, or merged by the student and updated once more.
"""

import argparse
import collections
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ["a.py", "b.py", "c.txt", "été.md", "漢字.txt", "x y.txt", "Makefile", "data.bin", "run.sh"]
FOLDERS = ["", "src/", "src/deep/", "docs/", "tests/", "notes/"]
PROTECTED, STUDENT = "tests/", "notes/"
RECORD = ".aiscaffold.json"
Tree = dict[str, tuple[bytes, bool]]


def lines(chance: random.Random, word: str, count: int) -> bytes:
    return "".join(f"{word} {chance.randint(0, 10**9)}\n" for _ in range(count)).encode()


def content(chance: random.Random) -> bytes:
    kind = chance.random()
    if kind < 0.06:
        return b""
    if kind < 0.14:
        return b"\0" + chance.randbytes(50)
    text = lines(chance, "template", chance.randint(3, 40))
    return text.replace(b"\n", b"\r\n") if kind < 0.2 else text[:-1] if kind < 0.26 else text


def edit(chance: random.Random, data: bytes, word: str) -> bytes:
    """A few lines changed, added or taken away."""
    if b"\0" in data:
        return b"\0" + f"{word} {chance.randint(0, 10**9)}".encode()
    rows = data.splitlines(keepends=True)
    for _ in range(chance.randint(1, 3)):
        at = chance.randint(0, len(rows))
        kind = chance.random()
        if kind < 0.5:
            rows.insert(at, lines(chance, word, 1))
        elif at < len(rows) and word not in ("mine",):
            rows[at:at + 1] = [] if kind < 0.7 else [lines(chance, word, 1)]
        elif at < len(rows) and not rows[at].startswith(b"mine"):
            rows[at:at + 1] = [lines(chance, word, 1)]
    for i, row in enumerate(rows[:-1]):
        if not row.endswith(b"\n"):
            rows[i] = row + b"\n"
    return b"".join(rows)


def free(tree: Tree, path: str) -> bool:
    return not any(path == other or path.startswith(other + "/") or other.startswith(path + "/") for other in tree)


def change(chance: random.Random, tree: Tree, word: str) -> set[str]:
    """Changes a tree in a few places; says how."""
    done = set()
    for _ in range(chance.randint(1, 6)):
        paths = sorted(path for path in tree if path != ".gitattributes")
        if not paths:
            break
        path, kind = chance.choice(paths), chance.random()
        new = chance.choice(FOLDERS) + chance.choice(NAMES)
        if kind < 0.45:
            tree[path] = (edit(chance, tree[path][0], word), tree[path][1])
            done.add("edit")
        elif kind < 0.55 and free(tree, new):
            tree[new] = (lines(chance, word, 5), False)
            done.add("add")
        elif kind < 0.65 and not (word == "mine" and b"mine" in tree[path][0]):
            del tree[path]
            done.add("delete")
        elif kind < 0.77 and free(tree, new):
            tree[new] = tree.pop(path)
            done.add("rename")
        elif kind < 0.82:
            tree[path] = (tree[path][0], not tree[path][1])
            done.add("mode")
        elif kind < 0.87 and "/" in path:
            folder = path.split("/")[0]
            for old in [other for other in tree if other.startswith(folder + "/")]:
                moved = "moved-" + word + "/" + old.split("/", 1)[1]
                if free(tree, moved):
                    tree[moved] = tree.pop(old)
            done.add("folder")
        elif kind < 0.92 and b"\0" not in tree[path][0]:
            plain = tree[path][0].replace(b"\r\n", b"\n")
            tree[path] = (plain if plain != tree[path][0] else plain.replace(b"\n", b"\r\n"), tree[path][1])
            done.add("ends")
        elif kind < 0.95 and word == "mine" and b"mine" not in tree[path][0]:
            del tree[path]
            tree[path + "/inside.txt"] = (lines(chance, word, 3), False)
            done.add("folder for file")
    return done


class Checker:
    def __init__(self, program: Path, scratch: Path) -> None:
        self.program, self.scratch = program, scratch
        self.passed = self.failed = 0
        self.seen: collections.Counter[str] = collections.Counter()
        self.seed = 0
        self.pristine = ""

    def check(self, good: bool, what: str) -> bool:
        self.passed += bool(good)
        self.failed += not good
        if not good:
            print(f"FAIL seed {self.seed}: {what}", flush=True)
        return bool(good)

    def run(self, *command: str, cwd: Path | None = None, given: bytes = b"",
            **more: str) -> "subprocess.CompletedProcess[bytes]":
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.scratch / "home"), "LC_ALL": "C.UTF-8",
                       "SOURCE_DATE_EPOCH": "1764547200", **more}
        return subprocess.run([str(part) for part in command], cwd=cwd or self.scratch / "p", env=environment,
                              input=given, capture_output=True, check=False)

    def git(self, *arguments: str, **more: str) -> str:
        done = self.run("git", *arguments, **more)
        return done.stdout.decode().rstrip("\n") if done.returncode == 0 else f"status {done.returncode}: {done.stderr}"

    def write_template(self, number: int, tree: Tree) -> Path:
        folder = self.scratch / f"v{number}"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "files").mkdir(parents=True)
        entries = []
        for i, (path, (data, executable)) in enumerate(sorted(tree.items())):
            (folder / "files" / str(i)).write_bytes(data)
            entries.append({"from": str(i), "to": path, "executable": executable, "render": False})
        (folder / "template.json").write_text(json.dumps({
            "name": "random", "version": f"1.{number}.0", "released": f"2026-12-0{number}T00:00:00Z", "summary": "s",
            "tree": entries, "roles": {"protected": [PROTECTED + "**"], "student": [STUDENT + "**"]}}))
        return folder

    def read_project(self) -> Tree:
        root = self.scratch / "p"
        return {str(path.relative_to(root)): (path.read_bytes(), bool(path.stat().st_mode & 0o100))
                for path in root.rglob("*") if path.is_file() and ".git" not in path.relative_to(root).parts}

    def write_project(self, tree: Tree) -> None:
        root = self.scratch / "p"
        for child in root.iterdir():
            if child.name != ".git":
                shutil.rmtree(child) if child.is_dir() else child.unlink()
        for path, (data, executable) in tree.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
            (root / path).chmod(0o755 if executable else 0o644)

    def commit(self, message: str) -> None:
        self.git("add", "-A", "-f")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def tree_of(self, commit: str) -> dict[str, str]:
        listed = self.git("ls-tree", "-r", "-z", "--full-tree", commit)
        return {line.split("\t", 1)[1]: line.split("\t")[0] for line in listed.split("\0") if "\t" in line}

    def commit_tree(self, tree: dict[str, str], *parents: str) -> str:
        index = {"GIT_INDEX_FILE": str(self.scratch / "index")}
        for name in ("index", "index.lock"):
            (self.scratch / name).unlink(missing_ok=True)
        said = self.run("git", "update-index", "-z", "--index-info", **index,
                        given="".join(f"{entry}\t{path}\0" for path, entry in tree.items()).encode())
        self.check(said.returncode == 0, f"update-index: {said.stderr!r}")
        made = self.git("write-tree", **index)
        return self.git("commit-tree", made, "-m", "x", *(part for parent in parents for part in ("-p", parent)))

    def merge_by_git(self, base: str, ours: str, theirs: str) -> tuple[bool, dict[str, str], str, str]:
        """Whether git merges the trees without conflicts, once the roles are applied, what comes out, and the
        commits of both sides."""
        b, o, t = self.tree_of(base), self.tree_of(ours), self.tree_of(theirs)
        for path in set(b) | set(o) | set(t):
            if path.startswith(PROTECTED) or path == RECORD:
                if path in b or path in t:
                    for tree in (b, o):
                        tree.pop(path, None)
                        if path in t:
                            tree[path] = t[path]
            elif path.startswith(STUDENT) and (path in o or path in b):
                for tree in (b, t):
                    tree.pop(path, None)
                    if path in o:
                        tree[path] = o[path]
        root = self.commit_tree(b)
        mine, new = self.commit_tree(o, root), self.commit_tree(t, root)
        done = self.run("git", "-c", "merge.directoryRenames=false", "merge-tree", "--write-tree", "-z",
                        "--no-messages", mine, new)
        self.check(done.returncode in (0, 1), f"git merge-tree: {done.stderr!r}")
        return done.returncode == 0, self.tree_of(done.stdout.split(b"\0")[0].decode()), mine, new

    def merge_at(self, likeness: int, ours: str, theirs: str) -> tuple[bool, dict[str, str]]:
        """The same by a merge that takes files for renamed from another likeness on."""
        folder = str(self.scratch / "at")
        self.git("worktree", "add", "-q", "--detach", folder, ours)
        merge = ("git", "-C", folder, "-c", "merge.directoryRenames=false", "merge", "-q", "--no-edit")
        clean = self.run(*merge, f"-Xfind-renames={likeness}%", theirs).returncode == 0
        made = self.tree_of(self.git("-C", folder, "rev-parse", "HEAD")) if clean else {}
        self.git("worktree", "remove", "--force", folder)
        return clean, made

    def compare(self, clean: bool, before: str, after: str, how: set[str]) -> None:
        if "folder for file" in how:
            self.seen["git gives way to the template's file, not to the student's folder"] += 1
            return
        here = clean, self.tree_of("HEAD") if clean else {}
        git_clean, tree, ours, theirs = self.merge_by_git(self.git("rev-parse", f"{after}^"), before, after)
        if here == (git_clean, tree if git_clean else {}):
            self.seen[f"compared, {'clean' if clean else 'conflict'}"] += 1
        elif "ends" in how:
            self.seen["git does not merge line ends apart"] += 1
        elif any(here == self.merge_at(likeness, ours, theirs) for likeness in (40, 45, 55, 60)):
            self.seen["git finds a renamed file a little more or less alike"] += 1
        else:
            self.check(False, f"{clean=} here, {git_clean=} for git, or other files ({sorted(how)})")

    def check_student(self, before: Tree, after: Tree, template: Tree, old: Tree) -> None:
        text = b"\n".join(data for data, _ in after.values())
        for path, (data, _) in before.items():
            for line in data.splitlines():
                if line.startswith((b"mine", b"\0mine")) and not (path.startswith(PROTECTED) and path in {**template, **old}):
                    self.check(line in text, f"{line!r} of {path} is lost")
            if path.startswith(STUDENT):
                self.check(after.get(path) == before[path], f"{path} is the student's")
        for path, file in template.items():
            if path.startswith(PROTECTED):
                self.check(after.get(path) == file, f"{path} is protected")

    def update(self, number: int, template: Tree, old: Tree, how: set[str], chance: random.Random) -> bool:
        """Updates to a version; whether it could be compared to the end."""
        before, head = self.read_project(), self.git("rev-parse", "HEAD")
        keep = ["--on-conflict=keep"] if chance.random() < 0.25 else []
        self.write_template(number, template)
        self.check(self.run(self.program, "update", "../v%d" % number, "-n", "-q").returncode in (0, 5), "dry run")
        self.check(self.read_project() == before and self.git("status", "--porcelain") == "", "a dry run changes nothing")
        done = self.run(self.program, "update", "../v%d" % number, "-q", *keep)
        if not self.check(done.returncode in (0, 5), f"update: {done.stderr.decode()}"):
            return False
        self.seen[f"status {done.returncode}{' kept' if keep else ''}"] += 1
        clean = done.returncode == 0
        if b"\nnothing" in done.stderr or self.git("rev-parse", "HEAD") == head and clean:
            self.check(False, "nothing was updated")
        after = self.read_project()
        self.check_student(before, after, template, old)
        self.check(json.loads(after[RECORD][0])["version"] == f"1.{number}.0", "the record's version")
        self.check("dangling" in (said := self.git("fsck", "--strict", "--no-progress") + "dangling")
                   and "error" not in said and "warning" not in said, f"fsck: {said}")
        if clean or keep:
            self.check(self.git("status", "--porcelain") == "", "status is clean")
            pristine = self.git("rev-parse", "HEAD^2")
            self.check(self.git("rev-parse", "HEAD^1", f"{pristine}^") == f"{head}\n{self.pristine}", "parents")
            self.pristine = pristine
            if not keep:
                self.compare(True, head, pristine, how)
        else:
            self.compare(False, head, (self.scratch / "p/.git/MERGE_HEAD").read_text().strip(), how)
            if chance.random() < 0.4:
                self.check(self.run(self.program, "update", "--abort", "-q").returncode == 0, "abort")
                self.check(self.read_project() == before, "abort brings all files back")
                self.check(self.git("status", "--porcelain") == "" and self.git("rev-parse", "HEAD") == head, "abort")
                return False
            self.pristine = self.git("rev-parse", "MERGE_HEAD")
            self.commit("settled")
            self.check(not (self.scratch / "p/.git/MERGE_HEAD").exists(), "git commits the merge")
        at = self.git("rev-parse", "HEAD")
        again = self.run(self.program, "update", "../v%d" % number, "-q")
        self.check(again.returncode == 0 and self.git("rev-parse", "HEAD") == at, f"a second update: {again.stderr!r}")
        return True

    def round(self, seed: int) -> None:
        self.seed = seed
        chance = random.Random(seed)
        shutil.rmtree(self.scratch / "p", ignore_errors=True)
        tree: Tree = {".gitattributes": (b"* -text\n" if seed % 2 else b"", False)}
        for _ in range(chance.randint(2, 14)):
            path = chance.choice(FOLDERS) + chance.choice(NAMES)
            if free(tree, path):
                tree[path] = (content(chance), chance.random() < 0.2)
        self.write_template(1, tree)
        made = self.run(self.program, "new", "./v1", "p", "-y", "-q", cwd=self.scratch)
        if not self.check(made.returncode == 0, f"new: {made.stderr!r}"):
            return
        self.pristine = self.git("rev-parse", "HEAD")
        before: set[str] = set()
        for number in (2, 3):
            mine = self.read_project()
            record = mine.pop(RECORD)
            how = change(chance, mine, "mine") | before
            before = how & {"folder for file", "ends"}  # they stay in the files
            mine[RECORD] = record
            self.write_project(mine)
            self.commit("mine")
            old = dict(tree)
            how |= change(chance, tree, f"version{number}")
            if not self.update(number, tree, old, how, chance):
                break


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=150)
    options = parser.parse_args()
    scratch = options.scratch.resolve()
    (scratch / "home").mkdir(parents=True, exist_ok=True)
    (scratch / "home/.gitconfig").write_text("[user]\n\tname = Ada\n\temail = ada@example.invalid\n"
                                             "[init]\n\tdefaultBranch = main\n[core]\n\tquotePath = false\n")
    checker = Checker(options.program.resolve(), scratch)
    for seed in range(options.seed, options.seed + options.rounds):
        checker.round(seed)
    for what, count in sorted(checker.seen.items()):
        print(f"{count:6} {what}")
    print(f"{checker.passed} passed, {checker.failed} failed")
    return 1 if checker.failed else 0


if __name__ == "__main__":
    sys.exit(main())
