"""Completion in the real shells: a line is typed, a tab is pressed, and the shell itself prints the words that then
stand on its line."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from terminal import Terminal

Check = Callable[[str, bool, str], None]

# What is typed before the tab, and the words that stand there afterwards.
LINES = {
    "aiscaffold pack": ["aiscaffold", "package"],
    "aiscaffold new chatb": ["aiscaffold", "new", "chatbot"],
    "aiscaffold new chatbot --solv": ["aiscaffold", "new", "chatbot", "--solved"],
    "aiscaffold new ./own-template --solved fi": ["aiscaffold", "new", "./own-template", "--solved", "first"],
    "aiscaffold new --edition st": ["aiscaffold", "new", "--edition", "starter"],
    "aiscaffold new --edition=st": ["aiscaffold", "new", "--edition=starter"],
    "aiscaffold new chatbot -s project_n": ["aiscaffold", "new", "chatbot", "-s", "project_name="],
    "aiscaffold new ./own-template -s parts=o": ["aiscaffold", "new", "./own-template", "-s", "parts=one"],
    "aiscaffold new ./own-template -s parts=one,": ["aiscaffold", "new", "./own-template", "-s", "parts=one,two"],
    "aiscaffold show ./own-te": ["aiscaffold", "show", "./own-template"],
    "aiscaffold show ./own-template -s colour=bl": ["aiscaffold", "show", "./own-template", "-s", "colour=blue"],
    "aiscaffold new mi --templates ./mor": ["aiscaffold", "new", "mi", "--templates", "./more"],
    "aiscaffold new --templates more min": ["aiscaffold", "new", "--templates", "more", "mine"],
    "aiscaffold completion ba": ["aiscaffold", "completion", "bash"],
    "aiscaffold render te": ["aiscaffold", "render", "text.jinja"],
    "aiscaffold update --on-conflict k": ["aiscaffold", "update", "--on-conflict", "keep"],
    "aiscaffold kit chatbot --format tar.z": ["aiscaffold", "kit", "chatbot", "--format", "tar.zst"],
    "aiscaffold add dock": ["aiscaffold", "add", "docker"],
    "aiscaffold help tut": ["aiscaffold", "help", "tutorial"],
    "aiscaffold config set colours nev": ["aiscaffold", "config", "set", "colours", "never"],
}
# The same in a project, which has docker and has no kubernetes.
IN_PROJECT = {
    "aiscaffold add kub": ["aiscaffold", "add", "kubernetes"],
    "aiscaffold add dock": ["aiscaffold", "add", "dock"],
    "aiscaffold add --remove dock": ["aiscaffold", "add", "--remove", "docker"],
    "aiscaffold add --remove kub": ["aiscaffold", "add", "--remove", "kub"],
}
MANIFEST = """{"name": "mine", "version": "1.0.0", "released": "2026-12-01T00:00:00Z", "summary": "Mine: a test",
"variables": {"colour": {"type": "choice", "choices": ["red", "blue"], "prompt": "Colour", "default": "red"},
"parts": {"type": "choices", "choices": ["one", "two"], "prompt": "Parts", "default": []}},
"milestones": [{"id": "first", "title": "First"}]}
"""
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "PS1='ready> '; source <(aiscaffold completion bash)"),
    "zsh": (["zsh", "-f", "-i"], "PS1='ready> '; autoload -U compinit && compinit -u -D; "
                                 "source <(aiscaffold completion zsh); bindkey -e"),
    "fish": (["fish", "--no-config", "-i"], "function fish_prompt; echo 'ready> '; end; "
                                            "aiscaffold completion fish | source"),
}


def complete(shell: str, folder: Path, place: str, lines: dict[str, list[str]]) -> dict[str, str]:
    """What the shell prints of each line after a tab, in the folder `place`."""
    environment = {"PATH": f"{folder / 'bin'}:/usr/bin:/bin", "HOME": str(folder / "home"), "TERM": "xterm",
                   "LC_ALL": "C.UTF-8"}
    command, setup = SHELLS[shell]
    terminal = Terminal(command, folder / place, environment, rows=50, columns=200)
    terminal.settle(0.5)
    terminal.type(f"{setup}; echo go''on\r")
    said, ready = {}, terminal.wait("goon")
    for number, line in enumerate(lines):
        terminal.type(line + "\t")
        terminal.settle(0.4)
        terminal.type(f"\x01printf '<%s>' \x05;echo '<'end-{number}\r")
        done = ready and terminal.wait(f"<end-{number}")
        said[line] = "\n".join(terminal.screen.text()) if done else "no answer: " + repr(terminal.said)
    terminal.type("exit\r")
    terminal.finish()
    return said


def folder_for(program: Path, folder: Path) -> None:
    for part in ("bin", "home", "here/own-template/files", "here/more/ideas/mine/files"):
        (folder / part).mkdir(parents=True)
    (folder / "bin/aiscaffold").symlink_to(program)
    for place in ("own-template", "more/ideas/mine"):
        (folder / "here" / place / "template.json").write_text(MANIFEST)
    (folder / "here/text.jinja").write_text("x\n")
    subprocess.run([program, "new", "chatbot", "made", "-y", "-q"], cwd=folder / "here", check=True)


def run(program: Path, check: Check) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder_for(program, Path(name))
        for shell in SHELLS:
            check(f"{shell} is there", shutil.which(shell) is not None, "see .ci/deps")
            for place, lines in (("here", LINES), ("here/made", IN_PROJECT)):
                said = complete(shell, Path(name), place, lines) if shutil.which(shell) else {}
                for number, (line, words) in enumerate(lines.items()):
                    wanted = "".join(f"<{word}>" for word in words)
                    found = [text.replace("/><end", "><end") for text in said.get(line, "").splitlines()]
                    check(f"{shell} in {place}: {line}", f"{wanted}<end-{number}" in found, said.get(line, ""))
