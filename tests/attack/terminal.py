"""Escapes in all that the program repeats: nothing of them reaches the terminal."""

import json
import os
import pty
import select
import time

from scene import Scene, attack, expect, is_harmless

EVIL = "\x1b]0;owned\x07\x1b[2J\r\b\x7f\u009b31m\u202egnp.exe\u2066\u2028\u200f"
NAME = "x\u009b2J\u202etxt"  # what a file's name may hold


def all_commands(scene: Scene, *more: str) -> None:
    """Runs everything that shows something of a template; `run` looks at what comes out."""
    for command in (("new", "./t", "out", "-n"), ("new", "./t", "out", "-n", "--json"), ("show", "./t"),
                    ("show", "./t", "--tree"), ("show", "./t", "--json"), ("check", "./t"),
                    ("check", "./t", "--json"), ("new", "./t", "out", "-y"), ("new", "./t", "out"),
                    ("list", "--templates", "c"), ("list", "--json", "--templates", "c"),
                    ("new", "./t", "out2", "-y", "--json", "--package"), ("new", "./t", "out3", "--edition", "starter")):
        scene.run(*command, *(more if command[0] in ("new", "show") else ()))


PLACES = {
    "summary": {"summary": "s" + EVIL.replace("\r", "")},
    "about": {"about": {"builds": EVIL, "proves": EVIL, "skills": [EVIL], "level": EVIL}},
    "name": {"name": EVIL}, "version": {"version": EVIL}, "released": {"released": EVIL}, "key": {EVIL: 1},
    "variable": {"variables": {EVIL: {"type": "string"}}},
    "type": {"variables": {"v": {"type": EVIL}}},
    "prompt": {"variables": {"v": {"type": "string", "prompt": EVIL, "help": EVIL}}},
    "default": {"variables": {"v": {"type": "string", "prompt": "p", "default": EVIL, "pattern": "^x$"}}},
    "choices": {"variables": {"v": {"type": "choice", "prompt": "p", "choices": [EVIL, "a"]}}},
    "choices default": {"variables": {"v": {"type": "choices", "choices": ["a" + EVIL], "default": [EVIL]}}},
    "pattern": {"variables": {"v": {"type": "string", "pattern": "(" + EVIL}}},
    "milestone": {"milestones": [{"id": "m" + EVIL, "title": EVIL, "tests": [EVIL]}]},
    "title": {"milestones": [{"id": "m", "title": EVIL}]},
    "layer": {"layers": [EVIL]}, "from": {"tree": [{"from": EVIL, "to": EVIL}]},
    "to": {"tree": [{"from": "a.txt", "to": NAME}]}, "when": {"tree": [{"from": "a.txt", "to": "a", "when": EVIL}]},
    "each": {"tree": [{"from": "a.txt", "to": "a", "each": EVIL}]}, "provides": {"provides": {EVIL: EVIL}},
    "roles": {"roles": {EVIL: []}}, "command": {"test_command": [EVIL]}, "leaks": {"leak_allow": [EVIL]},
}


@attack(*PLACES)
def in_the_manifest(scene: Scene, place: str) -> None:
    scene.template(**PLACES[place])
    scene.template(folder="c/ideas/t", **PLACES[place])
    all_commands(scene)
    text = (scene.work / "t/template.json").read_text()
    (scene.work / "t/template.json").write_bytes(text.encode().replace(b"\\u001b", b"\x1b").replace(b"\\u009b", b"\x9b"))
    all_commands(scene)


@attack("answer", "key", "set", "edition", "solved", "date", "package", "target", "source", "option", "command",
        "archive", "folder", "templates", "answers file", "data", "file")
def in_what_is_given(scene: Scene, place: str) -> None:
    scene.template({"a.txt.jinja": "{{ v }}"}, variables={
        "v": {"type": "string", "default": "d", "pattern": "^[a-z]*$"}}, milestones=[{"id": "m", "title": "M"}])
    answers = json.dumps({"v": EVIL} if place == "answer" else {EVIL: 1}).encode()
    commands = {
        "answer": ("new", "./t", "out", "--answers", "-"), "key": ("new", "./t", "out", "--answers", "-"),
        "set": ("new", "./t", "out", "-s", EVIL + "=1"), "edition": ("new", "./t", "out", "--edition", EVIL),
        "solved": ("new", "./t", "out", "--solved", EVIL), "date": ("new", "./t", "out", "--date", EVIL),
        "package": ("new", "./t", "out", "--package=" + EVIL), "target": ("new", "./t", "no/" + EVIL),
        "source": ("new", EVIL, "out"), "option": ("new", "--" + EVIL), "command": (EVIL,),
        "archive": ("package", "t", "-o", EVIL), "folder": ("package", EVIL, "-o", "x.tar"),
        "templates": ("new", "idea", "--templates", EVIL), "answers file": ("new", "./t", "--answers", EVIL),
        "data": ("render", "-", "--data", EVIL), "file": ("render", EVIL),
    }
    result = scene.run(*commands[place], stdin=answers)
    expect(result.status in (1, 2, 4), str(result))
    expect(is_harmless(result.err.decode()) and is_harmless(result.out.decode()), f"not harmless: {result}")
    scene.accept("new", "./t", "out-" + NAME, "-y", "--json", "--package")


@attack("project", "package", "template file", "error in a file", "git branch", "repository around")
def in_names_of_files(scene: Scene, place: str) -> None:
    scene.template({NAME + "/" + NAME: "a\n"})
    if place == "error in a file":
        scene.template({NAME + ".jinja": "{{ '" + EVIL + "' | nothing }}{{ x" + EVIL})
    elif place == "template file":
        (scene.work / "t/files/a\x1b[2Jb").write_text("x")
    elif place == "git branch":
        (scene.home / ".gitconfig").write_text("[init]\n\tdefaultBranch = b\u009b2J\u202e\n")
    elif place == "repository around":
        outer = scene.work / NAME
        (outer / ".git").mkdir(parents=True)
        for name, text in (("HEAD", "ref: refs/heads/main\n"), ("config", "[core]\n\trepositoryformatversion = 0\n")):
            (outer / ".git" / name).write_text(text)
        (outer / ".git/objects").mkdir()
        (outer / ".git/refs").mkdir()
        scene.run("new", "./t", NAME + "/out", "-y")
    all_commands(scene)
    if place == "package":
        (scene.work / "t/files" / "b\x1b[2J").write_text("x")
        scene.refuse("package", "t", "-o", "t.tar", status=1, says="control character")


@attack()
def in_questions_on_a_terminal(scene: Scene) -> None:
    """Everything that a question shows, seen from the other end of a terminal."""
    scene.template(variables={
        "a": {"type": "string", "prompt": "p" + EVIL, "help": "h" + EVIL, "default": "d" + EVIL, "pattern": "^[^z]+$"},
        "b": {"type": "choices", "prompt": "q" + EVIL, "choices": ["c" + EVIL, "d"], "default": []}})
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(scene.work)
        os.execve(scene.program, [str(scene.program), "new", "./t", "out"], {"HOME": str(scene.home)})
    seen, answers, until = b"", [b"zzz\n", b"\n", b"nothing\n", b"d\n"], time.monotonic() + 30
    while time.monotonic() < until:
        ready, _, _ = select.select([terminal], [], [], 0.3)
        if not ready and answers:
            os.write(terminal, answers.pop(0))
        try:
            block = os.read(terminal, 65536) if ready else b"."
        except OSError:
            break
        seen += block if ready else b""
    os.close(terminal)
    _, status = os.waitpid(process, 0)
    text = seen.decode().replace("\r\n", "\n")
    expect(is_harmless(text), f"not harmless: {text!r}")
    expect("must match" in text and "must be one of" in text, f"too few questions: {text!r}")
    expect(status == 0 and (scene.work / "out").is_dir(), f"no project was made: {text!r}")
