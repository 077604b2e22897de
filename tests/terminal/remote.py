"""The program over ssh: a server on loopback, with keys of its own, that ends with the test."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from picker import ENTER, INTERRUPT, World, step, text
from terminal import Terminal

SSHD = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
WAIT = 20.0  # seconds


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def answers(port: int) -> bool:
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


@contextmanager
def server(folder: Path) -> Iterator[list[str]]:
    """Lays keys, starts a server, and gives the command that logs in."""
    for key in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True)
    port = free_port()
    is_root = os.getuid() == 0
    if is_root:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # it wants an empty folder of this name
    (folder / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\nStrictModes no\n"
        f"AuthorizedKeysFile {folder}/user.pub\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
        f"PermitRootLogin prohibit-password\nUsePAM {'no' if is_root else 'yes'}\n")
    with (folder / "log").open("wb") as log, \
            subprocess.Popen([SSHD, "-D", "-e", "-f", folder / "sshd_config"], stdin=subprocess.DEVNULL,
                             stderr=log) as daemon:
        try:
            if not answers(port):
                raise TimeoutError((folder / "log").read_text())
            yield ["ssh", "-tt", "-q", "-p", str(port), "-i", str(folder / "user"), "-o", "StrictHostKeyChecking=no",
                   "-o", "UserKnownHostsFile=/dev/null", "-o", "IdentitiesOnly=yes", "-F", "none",
                   f"{pwd.getpwuid(os.getuid()).pw_name}@127.0.0.1"]
        finally:
            daemon.terminate()


def start(login: list[str], w: World, words: str) -> Terminal:
    there = " ".join(f"{name}='{value}'" for name, value in w.environment.items() if name != "TERM")
    return Terminal([*login, f"cd {w.here} && env {there} aiscaffold {words}"], w.here,
                    {"PATH": os.environ["PATH"], "TERM": "xterm", "HOME": str(w.home)}, columns=70)


def run(program: Path, check: Callable[[str, bool, str], None]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "world").mkdir()
        (folder / "ssh").mkdir()
        w = World(program, folder / "world")
        with server(folder / "ssh") as login:
            t = start(login, w, "new tiny far")
            asked = t.wait("Title") and step(t, "Far" + ENTER, "Author") and step(t, ENTER, "Colour")
            check("ssh: the questions", asked, text(t))
            t.resize(24, 40)
            check("ssh: a narrower window", step(t, "", "Colour") and not t.screen.unknown, text(t))
            t.type(INTERRUPT)
            check("ssh: Ctrl-C", t.finish() == 130 and not (w.here / "far").exists(), text(t))
            t = start(login, w, "new tiny far -y")
            check("ssh: made", t.finish() == 0 and w.made("far").startswith("Plain|"), text(t))
