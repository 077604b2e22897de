"""Plays the attacks, each in a fresh folder with a sentinel outside, and counts them."""

import argparse
import importlib
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from scene import ATTACKS, Scene

PARTS = ("paths", "links", "races", "bombs", "language", "terminal", "repositories", "answers", "peers", "submissions",
         "machine")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, default=Path("build/aiscaffold"))
    parser.add_argument("--list", action="store_true", help="only list the attacks")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    for part in PARTS:
        first = len(ATTACKS)
        importlib.import_module(part)
        ATTACKS[first:] = [(f"{part}: {name}", function) for name, function in ATTACKS[first:]]
    wanted = [(name, function) for name, function in ATTACKS
              if not options.names or any(word in name for word in options.names)]
    if options.list:
        print("\n".join(name for name, _ in wanted))
        return 0
    with tempfile.TemporaryDirectory(prefix="attack-") as folder:
        Path(folder).chmod(0o755)  # the program's own folder may be closed to others
        return play(Path(shutil.copy(options.program, folder)), wanted)


def play(program: Path, wanted: list[tuple[str, Callable[[Scene], None]]]) -> int:
    passed = failed = 0
    for name, function in wanted:
        wrong = Scene(program).play(function)
        if wrong:
            failed += 1
            print(f"FAIL {name}\n  {wrong}")
        else:
            passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
