"""What every attack is played in: a fresh folder, the program, and a sentinel that must stay as it is."""

import json
import os
import resource
import shutil
import stat
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path

SECRET = "SENTINEL-4711"
# Address space is what a sanitizer takes most of: memory in use is bounded in its stead. It finds in several times
# the time, and ends with a status that is nobody else's.
UNFREED = "leak:libgit2.so"  # libgit2 1.5 frees not all that it read of a repository that it refuses
SANITIZED = {"ASAN_OPTIONS": "exitcode=99:hard_rss_limit_mb=6144:detect_stack_use_after_return=0",
             "UBSAN_OPTIONS": "halt_on_error=1:exitcode=99:print_stacktrace=1"}
SLOWER = 8
NOBODY = 65534
ATTACKS: list[tuple[str, Callable[["Scene"], None]]] = []


def attack(*rows: object) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Registers a function as one attack, or as one for each row of arguments."""
    def register(function: Callable[..., None]) -> Callable[..., None]:
        for row in rows or ((),):
            values = row if isinstance(row, tuple) else (row,)
            name = function.__name__ + "".join(f" {ascii(value)[:60]}" for value in values)
            ATTACKS.append((name, lambda scene, f=function, v=values: f(scene, *v)))
        return function
    return register


class Wrong(Exception):
    """The program did what it must not do."""


def expect(condition: object, message: str) -> None:
    if not condition:
        raise Wrong(message)


def is_harmless(text: str) -> bool:
    """Whether a terminal shows the text and does nothing else."""
    return all(c == "\n" or (unicodedata.category(c) not in ("Cc", "Zl", "Zp") and
                             c not in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
                                      "\u2066\u2067\u2068\u2069") for c in text)


class Result:
    """How a run of the program ended."""

    def __init__(self, command: list[str], status: int, out: bytes, err: bytes) -> None:
        self.command, self.status, self.out, self.err = command, status, out, err

    def __str__(self) -> str:
        return f"{[word[:100] for word in self.command[:6]]} ended with {self.status}: {self.out[:200]!r} {self.err[:400]!r}"


class Scene:
    """One attack's folder: `work` is where the program runs, `outside` what it must not touch."""

    def __init__(self, program: Path) -> None:
        self.program = program
        self.sanitized = b"__asan_init" in program.read_bytes()
        self.root = Path(tempfile.mkdtemp(prefix="attack-"))
        self.work, self.outside, self.home = (self.root / name for name in ("work", "outside", "home"))
        for folder in (self.work, self.outside, self.home):
            folder.mkdir()
        self.sentinel = self.outside / "sentinel"
        self.sentinel.write_text(SECRET + "\n")
        self.sentinel.chmod(0o640)
        os.utime(self.sentinel, (1_000_000_000, 1_000_000_000))
        self.before = self.state()
        self.env: dict[str, str] = {}

    def state(self) -> list[tuple[str, int, int, bytes]]:
        """What lies outside: names, modes, times and bytes."""
        found = []
        for path in sorted(self.outside.rglob("*")):
            st = path.lstat()
            data = path.read_bytes() if stat.S_ISREG(st.st_mode) else b""
            found.append((str(path), st.st_mode, st.st_mtime_ns, data))
        return found

    def close(self) -> None:
        for folder, _, _ in os.walk(self.root):
            os.chmod(folder, 0o700)
        shutil.rmtree(self.root, ignore_errors=True)

    def template(self, files: dict[str, str | bytes] | None = None, folder: str = "t",
                 **manifest: object) -> Path:
        """Lays a template whose files (below files/) all go into the project, or as `tree` says."""
        place = self.work / folder
        shutil.rmtree(place, ignore_errors=True)
        for name, text in (files if files is not None else {"a.txt": "a\n"}).items():
            path = place / "files" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        place.mkdir(parents=True, exist_ok=True)
        whole = {"name": place.name, "version": "1.0.0", "released": "2026-12-01T00:00:00Z",
                 "summary": "s", "tree": [{"from": "", "to": ""}], **manifest}
        (place / "template.json").write_text(json.dumps(whole))
        return place

    def run(self, *command: str | bytes | Path, stdin: bytes = b"", timeout: float = 60,
            user: int | None = None) -> Result:
        """Runs the program within 3 GiB; what it says must be harmless for a terminal."""
        def limit() -> None:
            if not self.sanitized:
                resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if user is not None:
                os.setgid(user)
                os.setuid(user)
        env = {"PATH": "/usr/bin:/bin", "HOME": str(self.home), "SOURCE_DATE_EPOCH": "1764547200", **self.env}
        if self.sanitized:
            (self.root / "unfreed").write_text(UNFREED + "\n")
            env, timeout = {**SANITIZED, **env}, timeout * SLOWER
            env["LSAN_OPTIONS"] = f"suppressions={self.root / 'unfreed'}:print_suppressions=0"
        words = [os.fspath(word) for word in command]
        try:
            done = subprocess.run([self.program, *words], cwd=self.work, env=env, input=stdin,
                                  capture_output=True, timeout=timeout, check=False, preexec_fn=limit)
        except subprocess.TimeoutExpired as late:
            raise Wrong(f"{words[:6]} did not end within {timeout} s") from late
        result = Result([str(word) for word in words], done.returncode, done.stdout, done.stderr)
        expect(not self.sanitized or result.status not in (99, -9), f"a sanitizer ended it: {result} {done.stderr[:3000]!r}")
        expect(is_harmless(done.stderr.decode()), f"not harmless: {result}")
        shown = done.stdout.decode()
        if "--csv" in words:
            shown = shown.replace("\r\n", "\n")  # the line ends of RFC 4180
        expect(words[0] == "render" or is_harmless(shown), f"not harmless: {result}")
        return result

    def listing(self) -> list[str]:
        return sorted(str(path) for path in self.work.rglob("*"))

    def refuse(self, *command: str | bytes | Path, status: int | tuple[int, ...], says: str = "",
               **how: object) -> Result:
        """Runs what must be refused: the status, one line, and nothing made."""
        before = self.listing()
        result = self.run(*command, **how)  # type: ignore[arg-type]
        wanted = status if isinstance(status, tuple) else (status,)
        expect(result.status in wanted, f"status {wanted} expected: {result}")
        expect(result.err.startswith(b"aiscaffold: ") and result.err.count(b"\n") == 1,
               f"one line expected: {result}")
        expect(says.encode() in result.err, f"{says!r} expected: {result}")
        expect(SECRET.encode() not in result.out + result.err, f"the sentinel was read: {result}")
        expect(self.listing() == before, f"something was left behind: {result}")
        return result

    def accept(self, *command: str | bytes | Path, **how: object) -> Result:
        """Runs what must work: the positive control."""
        result = self.run(*command, **how)  # type: ignore[arg-type]
        expect(result.status == 0, f"status 0 expected: {result}")
        return result

    def new(self, *more: str | bytes, target: str = "out", **how: object) -> Result:
        result = self.accept("new", "./t", target, "-q", *more, **how)
        return result

    def refuse_new(self, *more: str | bytes, status: int | tuple[int, ...] = 3, says: str = "",
                   **how: object) -> Result:
        return self.refuse("new", "./t", "out", "-q", *more, status=status, says=says, **how)

    def play(self, function: Callable[["Scene"], None]) -> str:
        """What went wrong in the attack, or ""."""
        try:
            function(self)
            expect(self.state() == self.before, "what lies outside was changed")
        except Wrong as wrong:
            return str(wrong)
        finally:
            self.close()
        return ""
