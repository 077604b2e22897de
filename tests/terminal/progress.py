"""What a long run shows: a bar on a terminal, plain lines in a pipe, nothing with -q or where it is short."""

import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from terminal import Terminal

SLOW_TEMPLATE = """{"name": "t", "version": "1.0.0", "released": "2026-12-01T00:00:00Z", "summary": "T",
"tree": [{"from": "a.txt", "to": "a.txt"}], "setup_command": ["sleep", "1.5"], "test_command": ["sleep", "1.5"]}
"""


def run(program: Path, check: Callable[[str, bool, str], None]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "many").mkdir()
        for i in range(150):  # what xz is slow at
            (folder / f"many/{i}").write_bytes(os.urandom(20_000))
        (folder / "few").mkdir()
        (folder / "few/a").write_text("a\n")
        environment = {"PATH": "/usr/bin:/bin", "HOME": name, "TERM": "xterm"}
        pack = [str(program), "package"]

        terminal = Terminal([*pack, "many", "-o", "many.tar.xz"], folder, environment)
        bar = terminal.wait("[#") and terminal.wait("of 150 files")
        said = terminal.screen.text()[0]
        check("a bar", bar and re.fullmatch(r"\[#*\.*\] \d+ of 150 files, [\d.]+/s, \d+ s left", said) is not None, said)
        status = terminal.finish(150)
        check("it goes away", status == 0 and terminal.screen.text()[0] == "made many.tar.xz: 150 files",
              "\n".join(terminal.screen.text()))

        terminal = Terminal([*pack, "many", "-o", "quiet.tar.xz", "-q"], folder, environment)
        check("nothing with -q", terminal.finish(150) == 0 and terminal.said == b"", repr(terminal.said))
        terminal = Terminal([*pack, "few", "-o", "few.tar"], folder, environment)
        check("nothing where it is short", terminal.finish(150) == 0 and terminal.said == b"made few.tar: 1 file\r\n",
              repr(terminal.said))

        done = subprocess.run([*pack, "many", "-o", "piped.tar.xz"], cwd=folder, env=environment, capture_output=True,
                              check=False)
        lines = done.stderr.decode().splitlines()
        check("plain lines in a pipe", done.returncode == 0 and lines[-1] == "made piped.tar.xz: 150 files"
              and all(re.fullmatch(r"\d+ of 150 files, [\d.]+/s, \d+ s left", line) for line in lines[:-1])
              and b"\x1b" not in done.stderr and b"\r" not in done.stderr, done.stderr.decode())

        (folder / "t/files").mkdir(parents=True)
        (folder / "t/files/a.txt").write_text("a\n")
        (folder / "t/template.json").write_text(SLOW_TEMPLATE)
        prove = [str(program), "check", "--run", "./t"]
        terminal = Terminal(prove, folder, environment)
        check("check --run tells the seconds", terminal.wait("[....................] 0 of 2 commands, 1 s"),
              "\n".join(terminal.screen.text()))
        check("and then how much is left", terminal.wait("[##########..........] 1 of 2 commands, 0."),
              "\n".join(terminal.screen.text()))
        status = terminal.finish(150)
        check("and takes it away", status == 0 and " of 2" not in "\n".join(terminal.screen.text()),
              "\n".join(terminal.screen.text()))
        terminal = Terminal([*prove, "-q"], folder, environment)
        check("check --run -q", terminal.finish(150) == 0 and terminal.said == b"", repr(terminal.said))

        project = [str(program), "new", "./t"]
        names = [f"p{i}" for i in range(40)]
        for project_name in names:
            subprocess.run([*project, project_name, "-y", "-q"], cwd=folder, env=environment, check=True)
        terminal = Terminal(["sh", "-c", f"{program} update --all --json --from ./t {' '.join(names)} >out"], folder,
                            environment)
        status = terminal.finish(150)
        text = "\n".join(terminal.screen.text())
        check("update --all ends with an empty line", status == 0 and not text.strip(), text)

        subprocess.run([str(program), "new", "chatbot", "-y", "-q", "--package"], cwd=folder, env=environment, check=True)
        verify = ["sh", "-c", f"{program} verify --json {'chatbot.tar.gz ' * 200} >out"]  # some seconds' work
        terminal = Terminal(verify, folder, environment)
        terminal.finish(150)
        check("verify shows a bar", re.search(rb"\[#+\.*\] \d+ of 200 submissions, ", terminal.said) is not None,
              repr(terminal.said[-300:]))
        text = "\n".join(terminal.screen.text())
        check("and takes it away", "submissions, " not in text and "]" not in text, text)
        terminal = Terminal(["sh", "-c", verify[2].replace("--json", "-q")], folder, environment)
        terminal.finish(150)
        check("nothing with verify -q", b"submissions, " not in terminal.said, repr(terminal.said))
