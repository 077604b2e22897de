"""`aiscaffold` alone, and `new`, on a terminal: what stands on the screen, and what is left behind."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from terminal import Terminal

Check = Callable[[str, bool, str], None]
ENTER, ESCAPE, UP, DOWN, LEFT, END_OF_INPUT, INTERRUPT, CLEAR = (
    "\r", "\x1b", "\x1b[A", "\x1b[B", "\x1b[D", "\x04", "\x03", "\x15")
MANIFEST = """{
  "name": "NAME", "version": "1.0.0", "released": "2026-12-01T00:00:00Z", "summary": "SUMMARY",
  "about": { "proves": "PROVES", "level": "beginner", "hours": 2 },
  "variables": {
    "title": { "type": "string", "prompt": "Title", "default": "Plain", "pattern": "^[^!]+$" },
    "author": { "type": "string", "prompt": "Author", "default": "" },
    "colour": { "type": "choice", "prompt": "Colour", "choices": ["red", "green", "blue"], "default": "green" },
    "parts": { "type": "choices", "prompt": "Parts", "choices": ["one", "two", "three"], "default": ["one"] },
    "deep": { "type": "boolean", "prompt": "Deep?", "default": false, "when": "'two' in parts" },
    "level": { "type": "integer", "prompt": "Level", "default": 1, "min": 1, "max": 9, "when": "deep" },
    "slug": { "type": "string", "prompt": "Slug", "default": "{{ title | lower }}" },
    "key": { "type": "string", "prompt": "Key", "default": "", "secret": true }
  },
  "tree": [{ "from": "a.txt.jinja", "to": "a.txt" }, { "from": "Makefile", "to": "Makefile" }]
}
"""
FILE = "{{ title }}|{{ author }}|{{ colour }}|{{ parts | join(',') }}|{{ deep }}|{{ level }}|{{ slug }}\n"


class World:
    """A user with two templates, an identity of git's, and an empty folder."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.program, self.home, self.here = program, folder / "home", folder / "here"
        self.here.mkdir()
        for name, summary, proves in (("tiny", "A tiny project", "That it works"),
                                      ("wide", "日本語のプロジェクト", "Ünïcode too")):
            top = self.home / f"data/aiscaffold/templates/ideas/{name}"
            (top / "files").mkdir(parents=True)
            (top / "template.json").write_text(MANIFEST.replace("NAME", name).replace("SUMMARY", summary)
                                               .replace("PROVES", proves))
            (top / "files/a.txt.jinja").write_text(FILE)
            (top / "files/Makefile").write_text("setup demo:\n\t@echo $@\n")
        (self.home / ".gitconfig").write_text("[user]\n\tname = Ada Löve\n\temail = ada@example.invalid\n")
        (folder / "bin").mkdir()
        (folder / "bin/aiscaffold").symlink_to(program)
        self.environment = {"HOME": str(self.home), "XDG_DATA_HOME": str(self.home / "data"),
                            "PATH": f"{folder / 'bin'}:/usr/bin:/bin", "TERM": "xterm",
                            "SOURCE_DATE_EPOCH": "1764547200"}

    def start(self, *words: str, rows: int = 24, columns: int = 80, **more: str) -> Terminal:
        return Terminal([str(self.program), *words], self.here, {**self.environment, **more}, rows, columns)

    def made(self, name: str) -> str:
        path = self.here / name / "a.txt"
        return path.read_text() if path.exists() else "nothing"


@contextmanager
def world(program: Path) -> Iterator[World]:
    with tempfile.TemporaryDirectory() as name:
        yield World(program, Path(name))


def text(terminal: Terminal) -> str:
    return "\n".join(terminal.screen.text())


def step(terminal: Terminal, keys: str, wanted: str) -> bool:
    terminal.type(keys)
    return terminal.wait(wanted)


def first_session(w: World, check: Check) -> None:
    t = w.start()
    check("the picker", t.wait("What do you want to build?"), text(t))
    check("it lists all ideas", t.wait("> chatbot") or "tiny" in text(t), text(t))
    check("typing narrows", step(t, "WORK", "nothing matches"), text(t))
    check("a name that begins so comes first", step(t, CLEAR + "rec", "> recommender") and
          "  dashboard" in text(t), text(t))
    check("words in any order", step(t, CLEAR + "project tin", "> tiny") and t.wait("That it works"), text(t))
    check("only what matches", "wide" not in text(t) and "chatbot" not in text(t), text(t))
    check("the first question", step(t, ENTER, "> Plain"), text(t))
    check("a reason", step(t, "!" + ENTER, "! must match ^[^!]+$"), text(t))
    check("git's name is suggested", step(t, CLEAR + "Fine Title" + ENTER, "> Ada Löve"), text(t))
    check("a choice begins with its default", step(t, ENTER, "> green"), text(t))
    check("an arrow moves", step(t, DOWN, "> blue"), text(t))
    check("choices", step(t, ENTER, "> [x] one"), text(t))
    check("an item is turned off", step(t, " ", "> [ ] one"), text(t))
    check("an item is turned on", step(t, DOWN + " ", "> [x] two"), text(t))
    check("what an answer brings up", step(t, ENTER, "Deep?") and t.wait("> no"), text(t))
    check("the next", step(t, UP + ENTER, "Level"), text(t))
    check("a bound", step(t, CLEAR + "12" + ENTER, "! must be at most 9"), text(t))
    check("a default made of an answer", step(t, CLEAR + "7" + ENTER, "> fine title"), text(t))
    check("back one question", step(t, ESCAPE, "> 7"), text(t))
    check("and one more", step(t, ESCAPE, "Deep?") and t.wait("> yes"), text(t))
    check("an answer is changed", step(t, DOWN + ENTER, "Slug"), text(t))
    check("a secret", step(t, ENTER, "Key"), text(t))
    check("is not shown", step(t, "hunter2", "> *******") and b"hunter2" not in t.said, text(t))
    check("the folder", step(t, ENTER, "Folder to make it in") and t.wait("> tiny"), text(t))
    check("the tree", step(t, CLEAR + "mine" + ENTER, "mine/") and t.wait("├── Makefile"), text(t))
    check("nothing is written yet", not list(w.here.iterdir()), "")
    check("made", step(t, ENTER, "made mine: 3 files") and t.wait("make demo"), text(t))
    check("its end", t.finish() == 0, text(t))
    check("its files", w.made("mine") == "Fine Title|Ada Löve|blue|two|False|1|fine title\n", w.made("mine"))
    line = re.search(r"\$ (aiscaffold .*?) \(and -s for what is secret\)", t.said.decode().replace("\r\n", "\n"))
    check("the line is printed", line is not None and "hunter2" not in text(t), text(t))
    check("three commands", "  cd mine\n  make setup\n  make demo" in text(t), text(t))
    if line:
        again(w, line[1], check)


def again(w: World, line: str, check: Check) -> None:
    """The line that was printed makes the same project."""
    before = (w.here / "mine/.git/refs/heads/main").read_text()
    shutil.rmtree(w.here / "mine")
    done = subprocess.run(["sh", "-c", line], cwd=w.here, env=w.environment, capture_output=True, text=True, check=False)
    after = w.here / "mine/.git/refs/heads/main"
    check("the line makes the same", after.exists() and after.read_text() == before, f"{line}\n{done.stderr}")


def all_defaults(w: World, check: Check) -> None:
    (w.here / "tiny").mkdir()
    (w.here / "tiny/in-the-way").write_text("")
    t = w.start()
    t.wait("What do you want")
    check("a folder in the way is gone round", step(t, "tiny" + END_OF_INPUT, "tiny-2/"), text(t))
    check("made with defaults", step(t, ENTER, "made tiny-2") and t.finish() == 0, text(t))
    check("the defaults", w.made("tiny-2") == "Plain|Ada Löve|green|one|False|1|plain\n", w.made("tiny-2"))


def back_to_the_picker(w: World, check: Check) -> None:
    t = w.start()
    t.wait("What do you want")
    check("a question", step(t, "wide" + ENTER, "Title"), text(t))
    check("back to the ideas", step(t, ESCAPE, "What do you want"), text(t))
    check("wide characters", "日本語のプロジェクト" in text(t), text(t))
    t.type(ESCAPE)
    check("left", t.finish() == 0 and not list(w.here.iterdir()), text(t))


def editing(w: World, check: Check) -> None:
    t = w.start("new", "tiny", "out")
    check("new asks in the same way", t.wait("> Plain"), text(t))
    step(t, CLEAR + "日本e\u0301x", "> 日本e\u0301x")
    check("the cursor counts columns", (t.screen.column, t.screen.cursor_shown) == (8, True), repr(t.screen.column))
    t.type(LEFT + LEFT)
    t.settle()
    check("an accent goes with its letter", t.screen.column == 6, repr(t.screen.column))
    t.type("\x7f")
    t.settle()
    check("a wide character is removed", "> 日e\u0301x" in text(t) and t.screen.column == 4, text(t))
    check("the rest by default", step(t, ENTER + END_OF_INPUT, "made out") and t.finish() == 0, text(t))
    check("what was typed", w.made("out").startswith("日e\u0301x|"), w.made("out"))


def windows(w: World, check: Check) -> None:
    for rows, columns in ((24, 80), (8, 30), (5, 20), (3, 12), (60, 200)):
        t = w.start(rows=rows, columns=columns)
        ready = t.wait("> chatbot") and step(t, "tiny", "> tiny")
        check(f"{rows} by {columns}: the picker", ready and not t.screen.unknown, text(t))
        check(f"{rows} by {columns}: a question", step(t, ENTER, "> Plain"), text(t))
        check(f"{rows} by {columns}: made", step(t, END_OF_INPUT, "tiny"), text(t))
        t.type(INTERRUPT)
        check(f"{rows} by {columns}: left", t.finish() == 130 and not list(w.here.iterdir()), text(t))


def narrow(w: World, check: Check) -> None:
    """What one has to know is broken between words, not cut."""
    t = w.start(rows=24, columns=24)
    ready = t.wait("> chatbot") and step(t, "tiny", "> tiny")
    check("the title and the keys of the picker", ready and t.screen.text()[:2] == ["What do you want to", "build?"]
          and [line for line in t.screen.text() if line][-4:-2] == ["Type to search", "Enter: choose"]
          and "Esc: leave" in t.screen.text(), text(t))
    step(t, ENTER, "> Plain")
    check("a reason", step(t, "!" + ENTER, "! must match ^[^!]+$") and t.screen.text()[-1] == "", text(t))
    step(t, CLEAR + "x" + ENTER, "> Ada")
    step(t, ENTER, "> green")
    check("the keys of choices", step(t, ENTER, "> [x] one") and [line for line in t.screen.text() if line][-5:] == [
        "Space: on or off", "Enter: take it", "Esc: back", "Ctrl-D: defaults for th", "Ctrl-C: leave"], text(t))
    t.type(INTERRUPT)
    check("left", t.finish() == 130, text(t))


def resizing(w: World, check: Check) -> None:
    t = w.start()
    t.wait("What do you want")
    t.resize(10, 40)
    t.settle(0.3)
    lines = t.screen.text()
    check("smaller", lines[0] == "What do you want to build?" and all(len(line) < 40 for line in lines), text(t))
    check("the keys stand on its last line", any(line.startswith("Type to search") for line in lines), text(t))
    t.resize(30, 100)
    t.settle(0.3)
    check("larger", any("Esc: leave" in line for line in t.screen.text()), text(t))
    check("it goes on", step(t, "tiny" + ENTER, "> Plain"), text(t))
    t.resize(6, 16)
    t.settle(0.3)
    check("a small question", "> Plain" in text(t), text(t))
    t.type(INTERRUPT)
    check("left", t.finish() == 130, text(t))


def interrupts(w: World, check: Check) -> None:
    """A shell asks the terminal how it is before and after."""
    script = "stty -g; aiscaffold; echo status=$?; stty -g; echo e''nd"
    ways = {"in the picker": "", "in a question": "tiny" + ENTER, "before it is made": "tiny" + END_OF_INPUT}
    for where, keys in ways.items():
        for number in (0, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            t = Terminal(["sh", "-c", script], w.here, w.environment)
            t.wait("What do you want")
            t.type(keys)
            t.settle(0.3)
            if number:
                children = subprocess.run(["pgrep", "-P", str(t.pid)], capture_output=True, text=True, check=False)
                os.kill(int(children.stdout.split()[0]), number)
            else:
                t.type(INTERRUPT)
            ended = t.wait("end") if number else t.finish() is not None
            said = t.said.decode()
            what = f"{signal.Signals(number).name if number else 'Ctrl-C'} {where}"
            check(f"{what}: the disk", not list(w.here.iterdir()), str(list(w.here.iterdir())))
            check(f"{what}: the screen", t.screen.saved is None and t.screen.cursor_shown and "What do" not in text(t), text(t))
            if number:
                modes = re.findall(r"^[0-9a-f:]{40,}\r?$", said, re.M)
                check(f"{what}: the modes", ended and len(modes) == 2 and modes[0] == modes[1], said)
                check(f"{what}: the status", f"status={128 + number}" in said, text(t))
                t.finish()


def stopping(w: World, check: Check) -> None:
    """Ctrl-Z gives the terminal back to the shell, also in line mode and while a secret is typed."""
    t = Terminal(["bash", "--norc", "-i"], w.here, {**w.environment, "PS1": "$ "})
    t.settle(0.3)
    t.type("stty -g; aiscaffold\r")
    t.wait("What do you want")
    for where, keys in (("the picker", ""), ("a question", "tiny" + ENTER), ("the tree", END_OF_INPUT)):
        t.type(keys)
        t.settle(0.3)
        before = text(t)
        t.type("\x1a")
        stopped = t.wait("Stopped") and t.screen.saved is None and t.screen.cursor_shown
        check(f"{where}: stopped", stopped and "What do" not in text(t), text(t))
        t.type("stty -g\r")
        t.settle(0.3)
        t.type("fg\r")
        t.settle(0.5)
        check(f"{where}: and on", t.screen.saved is not None and text(t) == before, f"{text(t)}\n--\n{before}")
    modes = re.findall(r"[0-9a-f]+(?::[0-9a-f]+){30,}", t.said.decode())
    check("the modes", len(modes) == 4 and len(set(modes)) == 1, t.said.decode())
    t.type("\x1a")
    t.wait("Stopped")
    t.resize(16, 50)
    t.type("clear; fg\r")
    t.settle(0.5)
    check("in another window", text(t).startswith("3 files, ") and "Ctrl-C: leave" in text(t), text(t))
    check("made", step(t, ENTER, "make demo"), text(t))
    t.type("exit\r")
    t.finish()
    t = Terminal(["bash", "--norc", "-i"], w.here, {**w.environment, "PS1": "$ ", "TERM": "dumb"})
    t.settle(0.3)
    t.type("aiscaffold new tiny lines; echo status=$?\r")
    t.wait("Title")
    for wanted in ("Author", "Colour", "Parts", "Slug", "Key"):
        step(t, "\r", wanted)
    t.type("hunt\x1a")
    t.wait("Stopped")
    t.type("fg\r")
    t.settle(0.3)
    t.type("hunter2\r")
    check("a secret after Ctrl-Z", t.wait("made lines") and b"hunter2" not in t.said, t.said.decode())
    t.type("exit\r")
    t.finish()


def interrupt_modes(w: World, check: Check) -> None:
    t = Terminal(["bash", "--norc", "-i"], w.here, {**w.environment, "PS1": "$ "})
    t.settle(0.3)
    t.type("stty -g; aiscaffold\r")
    t.wait("What do you want")
    t.type(INTERRUPT)
    t.settle(0.5)
    t.type("echo status=$?; stty -g; echo e''nd\r")
    t.wait("end")
    modes = re.findall(r"[0-9a-f]+(?::[0-9a-f]+){30,}", t.said.decode())
    check("Ctrl-C: the modes", len(modes) == 2 and modes[0] == modes[1], t.said.decode())
    check("Ctrl-C: the status", "status=130" in text(t), text(t))
    t.type("exit\r")
    t.finish()


def a_slow_line(w: World, check: Check) -> None:
    """What comes in pieces is one key."""
    t = w.start()
    t.wait("What do you want")
    step(t, "", "> chatbot")
    for piece in ("\x1b", "[", "B"):
        t.type(piece)
        time.sleep(0.03)
    t.settle(0.3)
    check("an arrow in pieces", "> chatbot" not in text(t) and "[B" not in text(t), text(t))
    os.write(t.fd, "日".encode()[:1])
    time.sleep(0.03)
    os.write(t.fd, "日".encode()[1:])
    check("a character in pieces", t.wait("Search: 日"), text(t))
    t.type("\x1b[99~\x1b[1;5C")
    t.settle(0.3)
    check("keys that nobody knows", "Search: 日" in text(t) and t.status is None, text(t))
    t.type(INTERRUPT)
    t.finish()


def plain_terminals(w: World, check: Check) -> None:
    t = w.start(NO_COLOR="1")
    t.wait("What do you want")
    step(t, "tiny" + ENTER, "> Plain")
    step(t, "!" + ENTER, "must match")
    check("NO_COLOR", not t.screen.colours, repr(t.screen.colours))
    t.type(INTERRUPT)
    t.finish()
    t = w.start()
    t.wait("What do you want")
    check("colours", bool(t.screen.colours), "")
    t.type(INTERRUPT)
    t.finish()


def dumb_terminals(w: World, check: Check) -> None:
    for term in ("dumb", ""):
        t = w.start(TERM=term)
        check(f"TERM={term}: a list", t.wait("number or name") and "  tiny: A tiny project" in text(t), text(t))
        check(f"TERM={term}: a near miss", step(t, "tini\r", 'no idea is called "tini" (did you mean "tiny"?)'), text(t))
        number = re.search(r"(\d+)  tiny", text(t))[1]
        step(t, number + "\r", "Title [Plain]: ")
        for keys, wanted in (("\r", "Author [Ada Löve]: "), ("\r", "Colour (red, green, blue) [green]: "),
                             ("blue\r", "Parts (any of one, two, three) [one]: "), ("\r", "Slug [plain]: "),
                             ("\r", "Key: "), ("hunter2\r", "Folder to make it in [tiny]: "),
                             (f"d{term}\r", "Make it (yes, no) [yes]: "), ("\r", "make demo")):
            check(f"TERM={term}: {wanted}", step(t, keys, wanted), text(t))
        check(f"TERM={term}: its end", t.finish() == 0 and b"\x1b" not in t.said, repr(t.said))
        check(f"TERM={term}: a secret is not shown", b"hunter2" not in t.said, repr(t.said))
        check(f"TERM={term}: made", w.made(f"d{term}") == "Plain|Ada Löve|blue|one|False|1|plain\n", w.made(f"d{term}"))


def ends(w: World, check: Check) -> None:
    t = w.start(TERM="dumb")
    t.wait("number or name")
    t.type(END_OF_INPUT)
    check("the end of the input", t.finish() == 4 and "the input ended before all was answered" in text(t), text(t))
    t = w.start()
    t.wait("What do you want")
    os.close(t.fd)
    check("the line is cut off", t.end() in (128 + signal.SIGHUP, 1, 4), str(t.status))
    check("and nothing is made", not list(w.here.iterdir()), "")
    t = w.start(TERM="dumb")
    t.wait("number or name")
    step(t, "tiny\r", "Title")
    t.type("\r" * 6)
    t.wait("Folder")
    step(t, "\r", "Make it")
    t.type("no\r")
    check("no is no", t.finish() == 0 and not list(w.here.iterdir()), text(t))


def run(program: Path, check: Check) -> None:
    for scene in (first_session, all_defaults, back_to_the_picker, editing, windows, narrow, resizing, interrupts,
                  stopping, interrupt_modes, a_slow_line, plain_terminals, dumb_terminals, ends):
        with world(program) as w:
            scene(w, lambda what, ok, said, name=scene.__name__: check(f"{name}: {what}", ok, said))
