"""`help` opens the page with the real man, and leaves the terminal alone where there is none."""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from terminal import Terminal

MAN = Path(__file__).resolve().parent.parent.parent / "man"
TITLES = {"help": "AISCAFFOLD(1)", "new": "AISCAFFOLD-NEW(1)", "list": "AISCAFFOLD-SHOW(1)", "status": "AISCAFFOLD-UPDATE(1)", "update": "AISCAFFOLD-UPDATE(1)",
          "kit": "AISCAFFOLD-KIT(1)", "template": "AISCAFFOLD-TEMPLATE(1)", "tutorial": "AISCAFFOLD-TUTORIAL(7)",
          "roster": "AISCAFFOLD-ROSTER(5)"}
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
        environment["MANPATH"] = str(folder / "man1/nothing")
        terminal = Terminal([str(program), "help", "new"], folder, environment, columns=120)
        status = terminal.finish()
        check("help without pages", status == 0 and terminal.said.startswith(b"usage: aiscaffold new "),
              terminal.said.decode())
