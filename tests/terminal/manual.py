"""`help` opens the page with the real man, and leaves the terminal alone where there is none."""

import difflib
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from terminal import Terminal

MAN = Path(__file__).resolve().parent.parent.parent / "man"
TITLES = {"help": "AISCAFFOLD-HELP(1)", "new": "AISCAFFOLD-NEW(1)", "list": "AISCAFFOLD-LIST(1)", "status": "AISCAFFOLD-STATUS(1)", "update": "AISCAFFOLD-UPDATE(1)",
          "kit": "AISCAFFOLD-KIT(1)", "template": "AISCAFFOLD-TEMPLATE(1)", "tutorial": "AISCAFFOLD-TUTORIAL(7)",
          "roster": "AISCAFFOLD-ROSTER(5)", "manifest": "AISCAFFOLD-TEMPLATE(5)", "template.5": "AISCAFFOLD-TEMPLATE(5)",
          "aiscaffold": "AISCAFFOLD(1)"}
BOLD = re.compile(".\b|\x1b\\[[0-9]*m")  # struck twice, or since groff 1.23 by sequences


def run(program: Path, check: Callable[[str, bool, str], None]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for page in MAN.glob("*.[157]"):
            section = folder / f"man{page.suffix[1:]}"
            section.mkdir(exist_ok=True)
            (section / page.name).write_text(page.read_text())
        environment = {"PATH": "/usr/bin:/bin", "MANPATH": name, "TERM": "xterm", "MANPAGER": "cat", "HOME": name}
        for topic, title in TITLES.items():
            terminal = Terminal([str(program), "help", topic], folder, environment, columns=120)
            status = terminal.finish()
            said = BOLD.sub("", terminal.said.decode())
            check(f"help {topic}", status == 0 and said.startswith(title), said)
        shown = {page.name: said_by_man(page, environment) for page in sorted(MAN.glob("*.[157]"))}
        environment["MANPATH"] = str(folder / "man1/nothing")
        for name, wanted in shown.items():
            done = subprocess.run([program, "help", name], env=environment, capture_output=True, text=True, check=False)
            lines = done.stdout.splitlines()
            check(f"help {name} without pages", done.returncode == 0 and words(lines[1:]) == wanted,
                  "\n".join(difflib.unified_diff(wanted, words(lines[1:]), lineterm="")))
            check(f"help {name} fits", not [line for line in lines if len(line) > 78 and not line.startswith(" " * 8)])


def said_by_man(page: Path, environment: dict[str, str]) -> list[str]:
    """The words of the page, as man shows it, between its head and its foot."""
    done = subprocess.run(["man", "-l", str(page)], env={**environment, "MANWIDTH": "2000", "LC_ALL": "C.UTF-8"},
                          capture_output=True, text=True, check=True)
    return words(BOLD.sub("", done.stdout).strip().splitlines()[1:-1])


def words(lines: list[str]) -> list[str]:
    """Without quotes and the marks of lists, which are drawn in other ways."""
    text = "\n".join(lines).translate(str.maketrans("‐−—", "---", "\"'‘’“”`•"))
    return re.sub(r"^ *[·o*] ", "", text.replace("{computed: TEXT }", "{computed: TEXT}"), flags=re.M).split()
