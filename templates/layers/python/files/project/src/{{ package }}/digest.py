"""SHA-256 of files and folders: what a result was measured on, and whether it changed since."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


class DigestMismatchError(RuntimeError):
    """A frozen file is not the file that was recorded."""


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a text file, the same for LF and CRLF line ends."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def tree_digest(files: Iterable[Path], root: Path) -> str:
    """Return one SHA-256 over the names (relative to `root`) and contents of `files`."""
    total = hashlib.sha256()
    for path in sorted(files):
        line = f"{path.relative_to(root).as_posix()}\0{file_digest(path)}\n"
        total.update(line.encode())
    return total.hexdigest()


def require_digest(path: Path, expected: str) -> str:
    """Return the digest of `path`, or raise when it is not the recorded one."""
    found = file_digest(path)
    if found != expected:
        raise DigestMismatchError(
            f"{path.name} is frozen and has changed: its SHA-256 is {found}, not {expected}. "
            "Restore the file; a result on edited held-out data proves nothing."
        )
    return found
