"""Git repositories and configurations that lead elsewhere, run programs or are broken."""

import os
import shutil
import struct
import subprocess
import tarfile
from hashlib import sha1
from pathlib import Path
from random import Random

from scene import SECRET, Scene, attack, expect

QUIET = {"PATH": "/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.invalid",
         "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b.invalid"}


def git(scene: Scene, *words: str, folder: str = "p") -> str:
    done = subprocess.run(["git", "-c", "protocol.file.allow=always", *words], cwd=scene.work / folder,
                          env={**QUIET, "HOME": str(scene.home)}, capture_output=True, text=True, check=False)
    expect(done.returncode == 0, f"git {words}: {done.stderr}")
    return done.stdout


def repository(scene: Scene, folder: str = "p") -> Path:
    place = scene.work / folder
    place.mkdir(parents=True)
    (place / "d").mkdir()
    (place / "a.txt").write_text("a\n")
    (place / "d/b.txt").write_text("b\n")
    git(scene, "init", "-q", folder=folder)
    git(scene, "add", "-A", folder=folder)
    git(scene, "commit", "-q", "-m", "one", folder=folder)
    return place


def members(scene: Scene, name: str = "p.tar") -> list[str]:
    with tarfile.open(scene.work / name) as archive:
        found = archive.getmembers()
    for member in found:
        expect(member.isfile() or member.isdir(), f"{member.name} is no file")
        expect((member.uid, member.gid, member.uname, member.gname) == (0, 0, "", ""), "the archive names an owner")
        expect(not member.name.startswith("/") and ".." not in member.name.split("/"), member.name)
        expect(".git" not in member.name.split("/"), member.name)
    return [member.name for member in found if member.isfile()]


def pack(scene: Scene, wanted: list[str] | None = None) -> None:
    scene.accept("package", "p", "-o", "p.tar", "-q")
    found = members(scene)
    expect(found == (wanted or ["p/a.txt", "p/d/b.txt"]), f"the archive holds {found}")
    expect(SECRET.encode() not in (scene.work / "p.tar").read_bytes(), "the sentinel was packed")
    (scene.work / "p.tar").unlink()


@attack("file", "folder", "chain")
def a_tracked_link(scene: Scene, kind: str) -> None:
    place = repository(scene)
    pack(scene)
    link = place / "link"
    link.symlink_to({"file": scene.sentinel, "folder": scene.outside, "chain": "second"}[kind])
    if kind == "chain":
        (place / "second").symlink_to(scene.outside)
    git(scene, "add", "-A")
    git(scene, "commit", "-q", "-m", "link")
    scene.refuse("package", "p", "-o", "p.tar", status=1, says="symbolic link")


@attack("file", "folder")
def a_tracked_file_becomes_a_link(scene: Scene, kind: str) -> None:
    place = repository(scene)
    if kind == "file":
        (place / "a.txt").unlink()
        (place / "a.txt").symlink_to(scene.sentinel)
    else:
        (scene.outside / "b.txt").write_text(SECRET)
        scene.before = scene.state()
        (place / "d/b.txt").unlink()
        (place / "d").rmdir()
        (place / "d").symlink_to(scene.outside)
    scene.refuse("package", "p", "-o", "p.tar", status=1)
    git(scene, "checkout", "-q", "-f", ".")
    pack(scene)


@attack()
def a_git_file_that_leads_elsewhere(scene: Scene) -> None:
    """Only names are taken from the other repository; what is packed lies in the folder."""
    repository(scene, "other")
    (scene.work / "other/sentinel").write_text(SECRET)
    git(scene, "add", "-A", folder="other")
    place = repository(scene)
    (place / ".git").rename(scene.work / "kept")
    (place / ".git").write_text(f"gitdir: {scene.work}/other/.git\n")
    pack(scene)
    (place / ".git").write_text("gitdir: /proc/self/root/etc\n")
    scene.refuse("package", "p", "-o", "p.tar", status=1)
    (place / ".git").unlink()
    (place / ".git").symlink_to(scene.outside)
    scene.refuse("package", "p", "-o", "p.tar", status=1)
    (place / ".git").unlink()
    (scene.work / "kept").rename(place / ".git")
    pack(scene)


@attack("/", "../..", "../../outside", "/nothing", "\x1b[2J")
def a_work_tree_elsewhere(scene: Scene, where: str) -> None:
    place = repository(scene)
    pack(scene)
    git(scene, "config", "core.worktree", where)
    result = scene.run("package", "p", "-o", "p.tar", "-q", timeout=30)
    expect(result.status in (0, 1), str(result))
    if result.status == 0:
        members(scene)
        expect(SECRET.encode() not in (scene.work / "p.tar").read_bytes(), "the sentinel was packed")
    del place


TRAP = '#!/bin/sh\necho taken >>"{0}"\n'
PROGRAMS = {
    "core.fsmonitor": "{trap}", "core.hooksPath": "{hooks}", "filter.x.clean": "{trap}", "filter.x.process": "{trap}",
    "diff.external": "{trap}", "core.sshCommand": "{trap}", "core.pager": "{trap}", "core.editor": "{trap}",
    "credential.helper": "{trap}", "gpg.program": "{trap}", "diff.x.textconv": "{trap}", "alias.status": "!{trap}",
    "remote.origin.uploadpack": "{trap}", "core.gitProxy": "{trap}", "init.templateDir": "{hooks}",
}


@attack(*PROGRAMS, "all together")
def a_configuration_that_names_programs(scene: Scene, key: str) -> None:
    """Neither packing nor making a project starts what a repository or the user's configuration names."""
    trap, hooks, mark = scene.root / "trap", scene.root / "hooks", scene.outside / "taken"
    place = repository(scene)
    trap.write_text(TRAP.format(mark))
    hooks.mkdir()
    for name in ("post-commit", "post-index-change", "pre-commit", "post-checkout"):
        (hooks / name).write_text(TRAP.format(mark))
        (hooks / name).chmod(0o755)
    trap.chmod(0o755)
    (place / ".gitattributes").write_text("* filter=x diff=x\n")
    (scene.home / ".gitconfig").write_text("[core]\n\tattributesFile = ~/attributes\n")
    (scene.home / "attributes").write_text("* filter=x diff=x\n")
    for name, value in PROGRAMS.items():
        if key in (name, "all together"):
            value = value.format(trap=trap, hooks=hooks)
            for config in (place / ".git/config", scene.home / ".gitconfig"):
                subprocess.run(["git", "config", "-f", str(config), name, value], check=True)
    (place / "a.txt").write_text("changed\n")
    os.utime(place / "a.txt", (1, 1))
    pack(scene, ["p/.gitattributes", "p/a.txt", "p/d/b.txt"])
    scene.accept("package", "--with-git", "p", "-o", "g.tar", "-q")
    with tarfile.open(scene.work / "g.tar") as archive:
        kept = [member.name for member in archive if member.name.startswith("p/.git/") and not member.isdir()]
        config = archive.extractfile("p/.git/config")
        expect(config and str(trap).encode() not in config.read(), "the configuration was packed")
    expect(len(kept) == 6 and not any("hooks" in name for name in kept), f".git holds {kept}")
    scene.template()
    scene.new("--package")
    scene.accept("check", "./t")
    expect(not mark.exists(), "a program was started")
    if key in ("core.fsmonitor", "filter.x.clean"):
        subprocess.run(["git", "add", "-A"], cwd=place, capture_output=True, check=False,
                       env={**QUIET, "HOME": str(scene.home)})
        expect(mark.exists(), "the control: git itself does not start it either")
        mark.unlink()


@attack(*range(4))
def attributes_that_change_files(scene: Scene, seed: int) -> None:
    """Where git would change what was committed, there is no project; where there is one, its status is clean."""
    random = Random(seed)
    names = ["a.txt", "b.md", "d/a.txt", "d/e/c.bin", "-d/a.txt"]
    contents = ["a\n", "a\r\nb\n", "$Id$\n", "$Id: 1 $\n", "a\r\n\0"]
    patterns = ["*", "*.txt", "a.*", "/a.txt", "d/*", "d/**", "**/c.bin", "[ab].txt", "d/e/c.bin", '"b.md"', "e"]
    words = ["text", "-text", "text=auto", "eol=lf", "eol=crlf", "crlf", "-crlf", "ident", "-ident", "binary", "export-ignore"]
    ended = {0: 0, 3: 0}
    for _ in range(40):
        files = {name: random.choice(contents) for name in names}
        for folder in random.sample(["", "d/", "d/e/", "-d/"], 2):
            files[folder + ".gitattributes"] = "".join(
                f"{random.choice(patterns)} {' '.join(random.sample(words, 2))}\n" for _ in range(random.randint(1, 3)))
        scene.template(files)
        result = scene.run("new", "./t", "p", "-q")
        expect(result.status in ended, str(result))
        ended[result.status] += 1
        if result.status == 0:
            for path in (scene.work / "p").rglob("*.*"):
                os.utime(path, (1, 1))
            expect(git(scene, "status", "--porcelain") == "", f"{files}: {git(scene, 'status', '--porcelain')}")
        else:
            git(scene, "init", "-q", "t/files", folder=".")
            git(scene, "-c", "core.attributesFile=/dev/null", "add", "-A", folder="t/files")
            kept = {line.split("\t")[1]: line.split()[1] for line in git(scene, "ls-files", "-s", folder="t/files").splitlines()}
            expect(any(sha1(b"blob %d\0%s" % (len(text.encode()), text.encode())).hexdigest() != kept[name]
                       for name, text in files.items()), f"{files}: {result}")
        shutil.rmtree(scene.work / "p", ignore_errors=True)
    expect(min(ended.values()) > 3, f"the control: {ended}")


def write_index(place: Path, names: list[bytes]) -> None:
    body = b"DIRC" + struct.pack(">II", 2, len(names))
    for name in names:
        entry = b"\0" * 24 + struct.pack(">I", 0o100644) + b"\0" * 12 + b"\x11" * 20 + struct.pack(">H", len(name)) + name
        body += entry + b"\0" * (8 - len(entry) % 8)
    (place / ".git/index").write_bytes(body + sha1(body).digest())


@attack(b"../outside/sentinel", b"/etc/passwd", b".git/config", b"d/../../outside/sentinel", b"..", b"a\x1b[2Jb",
        b"d//b.txt", b"x" * 4000, b"\xff\xfe", b".GIT/config")
def an_index_that_names_what_is_not_below(scene: Scene, name: bytes) -> None:
    place = repository(scene)
    pack(scene)
    write_index(place, [b"a.txt", name])
    result = scene.run("package", "p", "-o", "p.tar", "-q")
    expect(result.status in (0, 1) and result.err.count(b"\n") == (result.status != 0), str(result))
    if result.status == 0:
        members(scene)
        expect(SECRET.encode() not in (scene.work / "p.tar").read_bytes(), "the sentinel was packed")


@attack("HEAD", "index", "config", "objects/info/alternates", "info/exclude", "packed-refs", "gitmodules", "shallow")
def a_damaged_repository(scene: Scene, part: str) -> None:
    evil = {"HEAD": "ref: ../../../outside/sentinel\n", "index": "DIRC\0\0\0\2\xff\xff\xff\xff", "config": "[core\n\x1b",
            "objects/info/alternates": f"{scene.outside}\n/dev/zero\n", "info/exclude": "[" * 100_000 + "*" * 5000 + "\n",
            "packed-refs": "\xff" * 1000, "shallow": "0" * 40 + "\n",
            "gitmodules": '[submodule "../../x"]\n\tpath = ../../outside\n\turl = ext::sh -c id\n'}
    place = repository(scene)
    pack(scene)
    where = place / (".gitmodules" if part == "gitmodules" else f".git/{part}")
    where.parent.mkdir(exist_ok=True)
    where.write_bytes(evil[part].encode("latin-1"))
    result = scene.run("package", "p", "-o", "p.tar", "-q", timeout=30)
    expect(result.status in (0, 1) and result.err.count(b"\n") == (result.status != 0), str(result))
    if result.status == 0:
        members(scene)
    result = scene.run("package", "--with-git", "p", "-o", "g.tar", "-q", timeout=30)
    expect(result.status in (0, 1) and result.err.count(b"\n") == (result.status != 0), str(result))


@attack()
def submodules_and_repositories_inside(scene: Scene) -> None:
    repository(scene, "inner")
    place = repository(scene)
    git(scene, "submodule", "add", "-q", str(scene.work / "inner"), "sub")
    git(scene, "commit", "-q", "-m", "sub")
    repository(scene, "p/untracked-repository")
    (place / "sub/secret").write_text(SECRET)
    pack(scene, ["p/.gitmodules", "p/a.txt", "p/d/b.txt"])


@attack("../../outside/x", "-x", "--upload-pack=touch x", "a..b", "HEAD", "a.lock", "a b", "x" * 300, "", "@{-1}",
        "/etc/x", ".hidden", "a/.git", "refs/../../x", "a//b")
def a_default_branch(scene: Scene, name: str) -> None:
    scene.template()
    subprocess.run(["git", "config", "-f", str(scene.home / ".gitconfig"), "init.defaultBranch", name], check=True)
    scene.new()
    head = (scene.work / "out/.git/HEAD").read_text()
    expect(head == "ref: refs/heads/main\n" or git(scene, "symbolic-ref", "HEAD", folder="out").endswith(name + "\n"),
           f"HEAD is {head!r}")
    git(scene, "fsck", "--strict", folder="out")
    expect(git(scene, "status", "--porcelain", folder="out") == "", "the work tree is not clean")


@attack()
def the_environment_of_git(scene: Scene) -> None:
    repository(scene, "other")
    repository(scene)
    scene.env = {"GIT_DIR": str(scene.work / "other/.git"), "GIT_WORK_TREE": str(scene.outside),
                 "GIT_INDEX_FILE": str(scene.sentinel), "GIT_OBJECT_DIRECTORY": str(scene.outside),
                 "GIT_CEILING_DIRECTORIES": "/", "GIT_CONFIG_GLOBAL": str(scene.sentinel)}
    pack(scene)
    scene.template()
    scene.new("--package")
