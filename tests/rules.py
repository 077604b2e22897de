"""The rules of the house that a program can check: who includes whom, what the library calls, what
headers promise, how long files and functions are, how the program is linked."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
BUILD = TOP / "build"

# The rooms from top to bottom; imports run downwards only.
ROOMS = [["main.c"], ["cmd"], ["ui"], ["update"], ["kit"], ["sink"], ["plan"], ["template"], ["jinja"],
         ["git", "archive"], ["base"]]
RANK = {room: rank for rank, rooms in enumerate(ROOMS) for room in rooms}
SPEAKING = {"main.c", "cmd", "ui"}  # all else is the library
OWNERS = {"git2.h": "git", "git2/": "git", "archive.h": "archive", "archive_entry.h": "archive", "pcre2.h": "base"}

PRINTING = "printf vprintf puts putchar putc fputs fputc fwrite fprintf vfprintf perror dprintf stdout stderr stdin"
LEAVING = "exit _exit _Exit quick_exit abort"
ASKING = "getenv secure_getenv setlocale chdir fchdir umask setenv putenv"
BANNED = ("strcpy stpcpy strcat strncat strncpy sprintf vsprintf strtok gets alloca mktemp tmpnam tempnam "
          "system popen atoi atol")
ALLOCATING = "malloc calloc realloc reallocarray strdup strndup asprintf vasprintf"
SPARED = {"kit/process.o": "a child between fork and exec", "kit/cohort_work.o": "a worker at its end"}
LINES_OF_FILE, LINES_OF_FUNCTION = 500, 60


def sources() -> list[Path]:
    return sorted(path for path in (TOP / "src").rglob("*.[ch]"))


def room(path: Path) -> str:
    return path.relative_to(TOP / "src").parts[0]


def check_includes(path: Path) -> Iterator[str]:
    """The room's own headers, and those of rooms below it."""
    here = room(path)
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = re.match(r'#include\s+(?:"([^"]+)"|<([^>]+)>)', line)
        if not found:
            continue
        own, foreign = found.groups()
        where = f"{path.relative_to(TOP)}:{number}"
        if own and "/" in own:
            there = own.split("/")[0]
            if there not in RANK or (there != here and RANK[there] <= RANK[here]):
                yield f'{where}: "{here}" may not include "{own}"'
            if there == "ui" and here not in ("cmd", "ui"):
                yield f'{where}: only cmd uses "{own}"'
        elif own and own != "aiscaffold.h":
            yield f'{where}: "{own}" must be included by its room'
        for name, owner in OWNERS.items():
            if foreign and foreign.startswith(name) and here != owner:
                yield f"{where}: only {owner} includes <{foreign}>"


def undefined(path: Path) -> set[str]:
    """What an object calls that it doesn't hold, without the compiler's and the C library's decorations."""
    done = subprocess.run(["nm", "-u", path], capture_output=True, text=True, check=True)
    names = (line.split()[-1].split("@")[0] for line in done.stdout.splitlines())
    return {re.sub(r"^(?:__isoc99_|__isoc23_|_IO_|__)(.*?)(?:_chk)?$", r"\1", name) for name in names}


def check_calls(path: Path) -> Iterator[str]:
    where = path.relative_to(BUILD)
    here = where.parts[0] if len(where.parts) > 1 else f"{where.stem}.c"
    calls = undefined(path)
    wrong = {"is banned": BANNED}
    if str(where) != "base/mem.o":
        wrong["belongs to base/mem.c"] = ALLOCATING
    if here not in SPEAKING and str(where) not in SPARED:
        wrong |= {"prints": PRINTING, "ends the program": LEAVING, "reads the environment": ASKING}
    for why, names in wrong.items():
        for name in sorted(calls & set(names.split())):
            yield f"{where}: calls {name}, which {why}"


def check_symbols(library: Path) -> Iterator[str]:
    """Names that other programs could meet."""
    prefixes = {"cmd": ("cmd_",), "ui": ("ui_",)}
    done = subprocess.run(["nm", "-A", "-g", "--defined-only", library], capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        name = line.split()[-1]
        if not name.startswith(("ais_", *prefixes["cmd"], *prefixes["ui"])):
            yield f"{line}: must begin with ais_"


def compile_alone(include: str, *options: str) -> str:
    """What the compiler says of a file that includes one header twice and nothing else."""
    suffix = ".cc" if "c++" in " ".join(options) else ".c"
    with tempfile.NamedTemporaryFile("w", suffix=suffix) as file:
        file.write(f'#include "{include}"\n#include "{include}"\n')
        file.flush()
        done = subprocess.run(["cc", "-I", TOP / "include", "-I", TOP / "src", "-Wall", "-Wextra", "-Werror",
                               "-fsyntax-only", *options, file.name], capture_output=True, text=True, check=False)
    return done.stderr if done.returncode else ""


def check_headers(path: Path) -> Iterator[str]:
    said = compile_alone(str(path.relative_to(TOP / "src")), "-std=c11", "-D_GNU_SOURCE", "-pedantic")
    if said:
        yield f"{path.relative_to(TOP)} does not stand alone:\n{said}"


def check_public(options: list[str]) -> Iterator[str]:
    said = compile_alone("aiscaffold.h", "-pedantic", *options)
    if said:
        yield f"aiscaffold.h under {' '.join(options)}:\n{said}"


def check_length(path: Path) -> Iterator[str]:
    lines = path.read_text().splitlines()
    where = path.relative_to(TOP)
    if len(lines) >= LINES_OF_FILE:
        yield f"{where}: {len(lines)} lines"
    start = 0
    for number, line in enumerate(lines, 1):
        if line and line[0] not in " }#/\t":
            start = number
        if line == "}" and number - start + 1 > LINES_OF_FUNCTION:
            yield f"{where}:{start}: a function of {number - start + 1} lines"


def check_hardening(program: Path) -> Iterator[str]:
    done = subprocess.run(["readelf", "-W", "-h", "-l", "-d", "-s", program], capture_output=True, text=True, check=True)
    for what, sign in {"position independence": r"Type:\s+DYN", "a read-only relocation table": "GNU_RELRO",
                       "immediate binding": r"FLAGS.*NOW", "stack protection": "__stack_chk_fail",
                       "checked library calls": r"_chk@", "a stack without code": r"GNU_STACK.*RW "}.items():
        if not re.search(sign, done.stdout):
            yield f"{program.relative_to(TOP)} lacks {what}"


def tests() -> Iterator[tuple[str, list[str]]]:
    for path in sources():
        yield f"includes of {path}", list(check_includes(path))
        yield f"length of {path}", list(check_length(path))
        if path.suffix == ".h":
            yield f"header {path}", list(check_headers(path))
    for path in sources():
        if path.suffix == ".c":
            built = BUILD / path.relative_to(TOP / "src").with_suffix(".o")
            yield f"calls of {path}", list(check_calls(built))
    for options in (["-x", "c", "-std=c99"], ["-x", "c++", "-std=c++11"]):
        yield "public header", list(check_public(options))
    yield "symbols", list(check_symbols(BUILD / "libaiscaffold.a"))
    yield "hardening", list(check_hardening(BUILD / "aiscaffold"))


def main() -> int:
    passed = failed = 0
    for _, findings in tests():
        passed += not findings
        failed += bool(findings)
        for finding in findings:
            print(f"FAIL {finding}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
