"""What went wrong in other scaffolding programs, one attack for each entry of their public security records.

Where another part plays the attack already, the entry is named there: rendered paths (paths), links (links, races),
host objects (language), git (repositories)."""

import io
import json
import os
import tarfile

from bombs import SOLVED
from scene import NOBODY, SECRET, Scene, attack, expect

TOOLS = ("git", "hg", "sh", "bash", "pip", "python3", "npm", "tar", "zip", "gzip", "ssh", "make", "vi", "less", "touch")


def lay_traps(scene: Scene) -> None:
    """The only programs that can be found are traps, which leave a mark outside."""
    traps = scene.root / "traps"
    traps.mkdir()
    for name in TOOLS:
        (traps / name).write_text(f"#!/bin/sh\necho {name} >>'{scene.outside}/taken'\n")
        (traps / name).chmod(0o755)
    scene.env["PATH"] = str(traps)
    for name in ("EDITOR", "PAGER", "SHELL", "GIT_SSH", "GIT_EDITOR", "GIT_PAGER", "BROWSER"):
        scene.env[name] = str(traps / "touch")


@attack("CVE-2022-24065", "CVE-2026-89066")
def a_value_becomes_an_option_or_a_command(scene: Scene, _entry: str) -> None:
    lay_traps(scene)
    words = ("--config=alias.x=!touch y", "-x", "$(touch y)", "`touch y`", "; touch y", "& touch y", "a\u00a0&& touch y",
             "${IFS}", "%PATH%", "!touch y", "~", "{a,b}", "'; touch y; '")
    scene.template({"a.txt.jinja": "{{ v }}"}, variables={"v": {"type": "string"}},
                   tree=[{"from": "a.txt.jinja", "to": "{{ v }}.txt"}], test_command=["touch", "y"])
    for number, word in enumerate(words):
        scene.new("-s", f"v={word}", "--package", target=f"out{number}")
        expect((scene.work / f"out{number}" / f"{word}.txt").read_text() == word, f"{word} was changed")
        scene.accept("package", f"out{number}", "-o", f"p{number}.zip", "-q")
    expect(not (scene.work / "y").exists(), "a command was run")


@attack("CVE-2026-53951", "copier 9.17.1", "CVE-2026-42089", "CVE-2024-12215")
def a_template_that_wants_to_run_something(scene: Scene, _entry: str) -> None:
    """There are no tasks, hooks or packages to install; what tests need is run by check --run alone."""
    touch = ["/usr/bin/touch", str(scene.outside / "taken")]
    for key in ("tasks", "_tasks", "hooks", "post_gen", "migrations", "scripts", "extensions", "_jinja_extensions", "packages"):
        scene.template(**{key: [touch]})
        scene.refuse_new(says="unknown key")
    scene.template({"a.txt": "a\n", "hooks/post_gen_project.sh": f"#!/bin/sh\n{' '.join(touch)}\n",
                    ".yo-rc.json": "{}", "package.json": json.dumps({"scripts": {"install": " ".join(touch)}})},
                   setup_command=touch, test_command=touch, starter_command=touch)
    scene.new("--package")
    scene.accept("check", "./t")
    scene.accept("show", "./t")
    expect(not (scene.outside / "taken").exists(), "something was run")
    scene.run("check", "./t", "--run", "--work", "w") if (scene.work / "w").mkdir() is None else None
    expect((scene.outside / "taken").exists(), "the control: check --run does not run it either")
    (scene.outside / "taken").unlink()


@attack("CVE-2026-89065")
def a_record_in_the_project_that_names_files(scene: Scene, _entry: str) -> None:
    """Nothing is done with the paths that a project's record names."""
    scene.template()
    scene.new()
    record = scene.work / "out/.aiscaffold.json"
    whole = json.loads(record.read_text())
    paths = ["../../outside/sentinel", str(scene.sentinel), "../t/template.json"]
    record.write_text(json.dumps({**whole, "files": paths, "managed": paths, "remove": paths, "template": "../../outside"}))
    scene.accept("package", "out", "-o", "out.tar", "-q")
    with tarfile.open(scene.work / "out.tar") as archive:
        expect(sorted(archive.getnames()) == ["out", "out/.aiscaffold.json", "out/a.txt"], "something else was packed")
    scene.accept("new", "./t", "again", "-q")


@attack("google/agents-cli #89")
def a_link_is_refused_loudly(scene: Scene, _entry: str) -> None:
    """A link is neither followed nor left out in silence: the template's author is told which one."""
    scene.template({"docs/a.txt": "a\n"})
    (scene.work / "t/files/docs/latest").symlink_to("a.txt")
    scene.refuse_new(says="./t/files/docs/latest: a symbolic link")


@attack("CVE-2026-23745", "CVE-2026-31802")
def an_archive_in_a_template(scene: Scene, _entry: str) -> None:
    """It is read for the leak search, in memory, and never unpacked."""
    evil = io.BytesIO()
    with tarfile.open(fileobj=evil, mode="w:gz") as archive:
        for name, kind, target in (("../outside/new", tarfile.REGTYPE, ""), (f"{scene.outside}/new", tarfile.REGTYPE, ""),
                                   ("l", tarfile.SYMTYPE, str(scene.outside)), ("l/new", tarfile.REGTYPE, ""),
                                   ("h", tarfile.LNKTYPE, "../outside/sentinel"), ("d", tarfile.CHRTYPE, ""),
                                   ("f", tarfile.FIFOTYPE, ""), ("x\x1b[2J", tarfile.REGTYPE, "")):
            member = tarfile.TarInfo(name)
            member.type, member.linkname, member.size = kind, target, 4 if kind == tarfile.REGTYPE else 0
            archive.addfile(member, io.BytesIO(b"evil"))
    scene.template({"a.py": SOLVED, "evil.bin": evil.getvalue(), "cut.bin": evil.getvalue()[:200]})
    scene.new("--edition", "starter", "--package")
    expect((scene.work / "out/evil.bin").read_bytes() == evil.getvalue(), "the archive was changed")
    leak = io.BytesIO()
    with tarfile.open(fileobj=leak, mode="w:gz") as archive:
        text = b"solution = very_secret_answer\n"
        member = tarfile.TarInfo("../../leak.py")
        member.size = len(text)
        archive.addfile(member, io.BytesIO(text))
    scene.template({"a.py": SOLVED, "leak.bin": leak.getvalue()})
    scene.refuse("new", "./t", "out2", "-q", "--edition", "starter", status=3, says="leak.bin")


@attack("kickstart: clones into /tmp/NAME", "CVE-2026-88937")
def names_that_can_be_guessed(scene: Scene, _entry: str) -> None:
    """What is half made lies beside its target under a random name, which nobody can have waiting."""
    scene.template({f"{n}.txt": "x" * 10_000 for n in range(50)})
    for name in (".aiscaffold.tmp", ".aiscaffold-.tmp", ".aiscaffold-0000000000000000.tmp.x", "out.tmp", "out~"):
        (scene.work / name).symlink_to(scene.outside)
    scene.new("--package")
    left = sorted(name for name in os.listdir(scene.work) if name.startswith(".aiscaffold"))
    expect(len(left) == 3, f"what is not ours was removed: {left}")


@attack("copier: credentials in the answers file")
def what_the_record_holds(scene: Scene, _entry: str) -> None:
    """No path, no user and no machine: only names, versions and the answers that the template shows."""
    scene.template(variables={"v": {"type": "string", "default": "x"}})
    scene.new()
    text = (scene.work / "out/.aiscaffold.json").read_text()
    expect(str(scene.root) not in text and SECRET not in text, text)
    expect(set(json.loads(text)) == {"schema", "template", "version", "edition", "layers", "answers"}, text)


@attack("all entries")
def an_ordinary_user_is_enough(scene: Scene, _entry: str) -> None:
    """With nothing to start and nothing to write but beside the target, all of it works."""
    lay_traps(scene)
    scene.template()
    os.chmod(scene.root, 0o755)
    os.chmod(scene.work, 0o777)
    user = NOBODY if os.getuid() == 0 else None
    scene.new("--package=zip", "--with-git", user=user)
    scene.accept("package", "out", "-o", "p.tar.xz", "-q", user=user)
