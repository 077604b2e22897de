"""A terminal of our own: a program runs on one side of it, and the tests type and look on the other. What the
program writes is shown on a screen of rows and columns, as any terminal would show it."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
import unicodedata
from pathlib import Path

WAIT = 20.0  # seconds; machines are slow
CONTROL = re.compile(r"\x1b\[([?>]?)([0-9;]*)([A-Za-z])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][A-Z0-9]|\x1b[=>78cM]")


def width(c: str) -> int:
    if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


class Cell(str):
    """A character with the way in which it is shown: the numbers of the sequence that was in force."""

    style = ""


class Screen:
    """Rows of characters; a wide one is followed by an empty one."""

    def __init__(self, rows: int, columns: int) -> None:
        self.rows, self.columns = rows, columns
        self.row = self.column = 0
        self.lines = [[" "] * columns for _ in range(rows)]
        self.saved: "tuple[list[list[str]], int, int] | None" = None
        self.style = ""
        self.cursor_shown, self.colours, self.unknown, self.rest = True, set(), [], ""

    def text(self) -> list[str]:
        return ["".join(line).rstrip() for line in self.lines]

    def resize(self, rows: int, columns: int) -> None:
        for line in self.lines:
            line[:] = (line + [" "] * columns)[:columns]
        self.lines = (self.lines + [[" "] * columns for _ in range(rows)])[:rows]
        self.rows, self.columns = rows, columns
        self.row, self.column = min(self.row, rows - 1), min(self.column, columns - 1)

    def feed(self, text: str) -> None:
        text, self.rest = self.rest + text, ""
        at = 0
        while at < len(text):
            if text[at] == "\x1b":
                found = CONTROL.match(text, at)
                if not found:
                    if len(text) - at < 32:
                        self.rest = text[at:]
                        return
                    self.unknown.append(text[at:at + 8])
                    at += 1
                    continue
                if found[3]:
                    self.control(found[1] + found[3], found[2])
                at = found.end()
            else:
                self.put(text[at])
                at += 1

    def put(self, c: str) -> None:
        if c == "\n":
            self.down()
        elif c == "\r":
            self.column = 0
        elif c == "\b":
            self.column = max(0, self.column - 1)
        elif ord(c) >= 32 and ord(c) != 127:
            wide = width(c)
            if self.column + wide > self.columns:
                self.column = 0
                self.down()
            if wide:
                cell = Cell(c)
                cell.style = self.style
                self.lines[self.row][self.column] = cell
                if wide == 2:
                    self.lines[self.row][self.column + 1] = ""
            elif self.column:
                at = self.column - 1
                self.lines[self.row][at - (not self.lines[self.row][at])] += c
            self.column += wide

    def down(self) -> None:
        if self.row + 1 == self.rows:
            self.lines = self.lines[1:] + [[" "] * self.columns]
        else:
            self.row += 1

    def control(self, name: str, text: str) -> None:
        numbers = [int(part or 0) for part in text.split(";")]
        first = numbers[0] or 1
        if name == "H":
            self.row = min(self.rows, first) - 1
            self.column = min(self.columns, (numbers[1] if len(numbers) > 1 else 1) or 1) - 1
        elif name in "AB":
            self.row = max(0, min(self.rows - 1, self.row + (first if name == "B" else -first)))
        elif name in "CD":
            self.column = max(0, min(self.columns - 1, self.column + (first if name == "C" else -first)))
        elif name == "K":
            self.lines[self.row][self.column:] = [" "] * (self.columns - self.column)
        elif name == "J":
            start = 0 if numbers[0] == 2 else self.row
            if numbers[0] == 0:
                self.lines[self.row][self.column:] = [" "] * (self.columns - self.column)
                start = self.row + 1
            for line in self.lines[start:]:
                line[:] = [" "] * self.columns
        elif name == "m":
            self.style = "" if text in ("", "0") else text
            self.colours |= {number for number in numbers if 30 <= number <= 49 or 90 <= number <= 107}
        elif name in ("?h", "?l"):
            self.mode(numbers[0], name == "?h")

    def mode(self, number: int, on: bool) -> None:
        if number == 25:
            self.cursor_shown = on
        elif number == 1049 and on:
            self.saved = (self.lines, self.row, self.column)
            self.lines = [[" "] * self.columns for _ in range(self.rows)]
        elif number == 1049 and self.saved:
            self.lines, self.row, self.column = self.saved
            self.saved = None


class Terminal:
    """A command on a terminal."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str], rows: int = 24,
                 columns: int = 80) -> None:
        self.screen = Screen(rows, columns)
        self.said = b""
        self.partial = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            for number in (signal.SIGINT, signal.SIGQUIT):  # ignored where the tests run in the background
                signal.signal(number, signal.SIG_DFL)
            os.chdir(folder)
            self.size(0, rows, columns)
            os.execvpe(command[0], command, environment)
        self.status: "int | None" = None

    @staticmethod
    def size(fd: int, rows: int, columns: int) -> None:
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, rows: int, columns: int) -> None:
        self.screen.resize(rows, columns)
        self.size(self.fd, rows, columns)

    def modes(self) -> list[object]:
        return termios.tcgetattr(self.fd)

    def type(self, text: str) -> None:
        os.write(self.fd, text.encode())

    def read(self, seconds: float) -> bool:
        """Whether there was more; the end of the program is its status."""
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return False
        try:
            block = os.read(self.fd, 65536)
        except OSError:
            block = b""
        if not block:
            self.end()
            return False
        self.said += block
        block = self.partial + block
        text = block.decode(errors="ignore")
        kept = len(block)
        for size in (1, 2, 3):  # a character that is not whole yet
            if len(block) >= size and block[-size] >= 0xC0 and size < (2 if block[-size] < 0xE0 else 3 if block[-size] < 0xF0 else 4):
                kept = len(block) - size
                text = block[:kept].decode(errors="ignore")
        self.partial = block[kept:]
        self.screen.feed(text)
        return True

    def end(self) -> int:
        if self.status is None:
            _, status = os.waitpid(self.pid, 0)
            self.status = os.waitstatus_to_exitcode(status)
        return self.status

    def wait(self, text: str) -> bool:
        """Until the text stands on the screen."""
        until = time.monotonic() + WAIT
        while not any(text in line + " " for line in self.screen.text()):
            if self.status is not None or time.monotonic() > until:
                return False
            self.read(0.2)
        self.settle()
        return True

    def settle(self, seconds: float = 0.1) -> None:
        while self.status is None and self.read(seconds):
            pass

    def finish(self, seconds: float = WAIT) -> int:
        """Until the program ends, or is ended."""
        until = time.monotonic() + seconds
        while self.status is None and time.monotonic() < until:
            self.read(0.2)
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            self.end()
        os.close(self.fd)
        return self.status
