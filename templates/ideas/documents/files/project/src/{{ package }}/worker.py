"""A process of its own that reads files: a hostile one can end it, and never the service.

The parent sends a PDF and gets back JSON: a length in four bytes, then that many bytes. Memory is
bounded by the operating system, time by the parent, which kills a reader that is late.
"""

import base64
import json
import os
import select
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from dataclasses import astuple
from threading import Lock
from typing import IO, Any

from .pages import Box, Document, Line, Page, Segment, Word
from .reader import MAX_BYTES, Picture, ReadError, read, render

LENGTH = 4
MAX_REPLY = 64 * 1024 * 1024
START_SECONDS = 20.0
BUSY = "Many files are being read at the moment. Please try again."


class Worker:
    """Starts the process when it is needed, and again when it was lost."""

    def __init__(self, timeout_s: float, memory_mb: int, ocr: bool = False) -> None:
        self._timeout_s = timeout_s
        self._arguments = [str(memory_mb), *(["ocr"] if ocr else [])]
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, data: bytes) -> tuple[Document, list[Picture]]:
        """Return words and pictures of a PDF, or raise `ReadError`."""
        if len(data) > MAX_BYTES:
            raise ReadError("too_large", f"The file is larger than {MAX_BYTES // 2**20} MiB.")
        if not self._lock.acquire(timeout=2 * START_SECONDS):
            raise ReadError("busy", BUSY)
        try:
            reply = self._ask(data)
        finally:
            self._lock.release()
        if "error" in reply:
            raise ReadError(reply["error"]["code"], reply["error"]["message"])
        return unpack(reply)

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()

    def _ask(self, data: bytes) -> dict[str, Any]:
        process = self._process or self._start()
        assert process.stdin and process.stdout  # noqa: S101 - both are pipes
        try:
            process.stdin.write(len(data).to_bytes(LENGTH, "big") + data)
            process.stdin.flush()
            end = time.monotonic() + self._timeout_s
            size = int.from_bytes(_take(process.stdout, LENGTH, end), "big")
            if size > MAX_REPLY:
                raise EOFError
            reply: dict[str, Any] = json.loads(_take(process.stdout, size, end))
        except TimeoutError as error:
            self.close()
            raise ReadError("too_slow", "Reading the file took too long.") from error
        except (EOFError, OSError, ValueError) as error:
            self.close()
            message = "The file can't be read within the limits of memory."
            raise ReadError("too_complex", message) from error
        return reply

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", __name__, *self._arguments]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        assert process.stdout  # noqa: S101
        self._process = process
        weakref.finalize(self, process.kill)  # whoever forgets to close it leaves none behind
        try:
            _take(process.stdout, LENGTH, time.monotonic() + START_SECONDS)
        except (EOFError, OSError) as error:
            self.close()
            raise ReadError("busy", BUSY) from error
        return process


def _take(pipe: IO[bytes], size: int, end: float) -> bytes:
    """Read `size` bytes from a pipe, until `end` on the monotonic clock."""
    parts = bytearray()
    while len(parts) < size:
        ready, _, _ = select.select([pipe], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(pipe.fileno(), min(size - len(parts), 1 << 16))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def answer(data: bytes, ocr: bool = False) -> bytes:
    """Return the JSON for one file."""
    try:
        document, pictures = read(data), render(data)
        if not any(page.lines for page in document.pages):
            document = _recognised(pictures, ocr)
        reply = pack(document, pictures)
    except ReadError as error:
        reply = {"error": {"code": error.code, "message": str(error)}}
    except MemoryError:
        message = "The file can't be read within the limits of memory."
        reply = {"error": {"code": "too_complex", "message": message}}
    return json.dumps(reply).encode()


def _recognised(pictures: list[Picture], ocr: bool) -> Document:
    if not ocr:
        message = "The file holds no text, only pictures; text recognition is switched off here."
        raise ReadError("no_text", message)
    from .ocr import recognise

    return recognise(pictures)


def pack(document: Document, pictures: list[Picture]) -> dict[str, Any]:
    """Return words and pictures as plain data."""
    pages = [
        {
            "width": page.width,
            "height": page.height,
            "raw": page.raw,
            "lines": [
                [
                    [[word.text, *(round(v, 2) for v in astuple(word.box))] for word in part.words]
                    for part in line.segments
                ]
                for line in page.lines
            ],
            "png": base64.b64encode(picture.png).decode(),
        }
        for page, picture in zip(document.pages, pictures, strict=True)
    ]
    return {"pages": pages}


def unpack(reply: dict[str, Any]) -> tuple[Document, list[Picture]]:
    """Return what `pack` packed."""
    pages = []
    pictures = []
    for page in reply["pages"]:
        width, height = page["width"], page["height"]
        lines = tuple(
            Line(tuple(Segment(tuple(_words(part))) for part in line)) for line in page["lines"]
        )
        pages.append(Page(width, height, lines, page["raw"]))
        pictures.append(Picture(base64.b64decode(page["png"]), width, height))
    return Document(tuple(pages)), pictures


def _words(part: list[list[Any]]) -> Iterator[Word]:
    for text, *box in part:
        yield Word(text, Box(*box))


def limit_memory(megabytes: int) -> None:
    """Let this process have so much address space and no more, where the system can do that."""
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))


def main() -> None:  # pragma: no cover - runs in the process of its own
    """Answer files until the parent is gone."""
    limit_memory(int(sys.argv[1]))
    ocr = "ocr" in sys.argv[2:]
    source, target = sys.stdin.buffer, sys.stdout.buffer
    target.write(bytes(LENGTH))
    target.flush()
    while len(head := source.read(LENGTH)) == LENGTH:
        reply = answer(source.read(int.from_bytes(head, "big")), ocr)
        target.write(len(reply).to_bytes(LENGTH, "big") + reply)
        target.flush()


if __name__ == "__main__":  # pragma: no cover
    main()
