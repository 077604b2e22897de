"""`update` and `adopt` on a terminal ask what they need to know as `new` does."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from picker import ENTER, ESCAPE, INTERRUPT, World, step, text, world

Check = Callable[[str, bool, str], None]


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def next_version(w: World) -> None:
    """The template asks two questions more."""
    top = w.home / "data/aiscaffold/templates/ideas/tiny"
    manifest = json.loads((top / "template.json").read_text())
    manifest["version"] = "1.1.0"
    manifest["variables"] |= {"motto": {"type": "string", "prompt": "Motto", "default": "None"},
                              "shape": {"type": "choice", "prompt": "Shape", "choices": ["round", "square"],
                                        "default": "round"}}
    (top / "template.json").write_text(json.dumps(manifest))
    (top / "files/a.txt.jinja").write_text("{{ title }}|{{ motto }}|{{ shape }}\n")


def update(w: World, check: Check) -> None:
    made = w.here / "mine"
    w.start("new", "tiny", "mine", "-y", "-s", "title=Kept").finish()
    before = git(made, "rev-parse", "HEAD")
    next_version(w)
    w.here = made
    t = w.start("update")
    check("a secret, which is not recorded", t.wait("Key"), text(t))
    check("a new question", step(t, ENTER, "Motto") and t.wait("> None"), text(t))
    check("no old one", "Title" not in text(t), text(t))
    check("the second", step(t, "\x15Onward" + ENTER, "Shape"), text(t))
    check("back", step(t, ESCAPE, "> Onward"), text(t))
    t.type(INTERRUPT)
    check("an interrupt ends it", t.finish() != 0, text(t))
    check("and nothing happened", git(made, "rev-parse", "HEAD") == before and not git(made, "status", "-s"), "")
    t = w.start("update")
    check("the secret again", t.wait("Key") and step(t, ENTER, "Motto"), text(t))
    check("again", step(t, "\x15Onward" + ENTER, "Shape"), text(t))
    t.type("\x1b[B" + ENTER)
    check("the update ends well", t.finish() == 0, text(t))
    check("with the answers", (made / "a.txt").read_text() == "Kept|Onward|square\n", text(t))


def adopt(w: World, check: Check) -> None:
    own = w.here / "own"
    own.mkdir()
    (own / "a.txt").write_text("mine\n")
    git(own, "init", "-q", "-b", "main")
    git(own, "add", "-A")
    git(own, "-c", "user.name=n", "-c", "user.email=n@example.invalid", "commit", "-qm", "Mine")
    t = w.start("adopt", "wide", "own")
    check("adopt asks", t.wait("Title"), text(t))
    check("from the first question on", step(t, "\x15Old" + ENTER, "> Ada Löve"), text(t))
    for wanted in ("Colour", "Parts", "Slug", "Key"):
        check(f"then {wanted}", step(t, ENTER, wanted), text(t))
    t.type(ENTER)
    check("adopted", t.finish() == 0, text(t))
    record = json.loads((own / ".aiscaffold.json").read_text())
    check("as answered", record["answers"]["title"] == "Old", str(record["answers"]))
    check("the file stays", (own / "a.txt").read_text() == "mine\n", "")


def run(program: Path, check: Check) -> None:
    for part in (update, adopt):
        with world(program) as w:
            part(w, lambda what, ok, said, name=part.__name__: check(f"{name}: {what}", ok, said))
