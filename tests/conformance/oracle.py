"""Holds the cases of this folder against Jinja2, which must be installed.

    oracle.py [CASES.json...]           checks what the cases expect
    oracle.py --write DRIVER [CASES...]  writes what they expect; texts of errors come from the driver

Where Jinja2 fails, a case has an "error", whose text is aiscaffold's own. A case that is marked "own" is not
Jinja2's matter: slugify, the limits, whole numbers of 64 bits."""

import json
import subprocess
import sys
from pathlib import Path

import jinja2

HERE = Path(__file__).resolve().parent


def render(case: dict) -> str | None:
    """What Jinja2 prints, None where it fails."""
    files = dict(case.get("files", {}), t=case["template"])
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=case.get("trim", False),
        lstrip_blocks=case.get("lstrip", False),
        loader=jinja2.DictLoader(files),
    )
    try:
        text = environment.get_template("t").render(**case.get("context", {}))
        text.encode()
    except Exception:  # of any kind, as templates can fail in any way
        return None
    return text


class Driver:
    """The engine under test, asked case by case."""

    def __init__(self, program: str) -> None:
        self.process = subprocess.Popen([program, "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(self, case: dict) -> dict:
        self.process.stdin.write(json.dumps(case).encode() + b"\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def check(case: dict) -> bool:
    return case.get("own", False) or render(case) == case.get("expect")


def fill(case: dict, driver: Driver) -> None:
    got = driver.run(case)
    case.pop("expect", None)
    case.pop("error", None)
    expect = got.get("text") if case.get("own") else render(case)
    if expect is not None:
        case["expect"] = expect
    elif "error" in got:
        case["error"] = got["error"]
    else:
        sys.exit(f"Jinja2 fails, the driver does not: {case}")


def write(path: Path, cases: list[dict]) -> None:
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    path.write_text(f"[\n{lines}\n]\n")


def main(arguments: list[str]) -> int:
    driver = None
    if arguments[:1] == ["--write"]:
        driver = Driver(arguments[1])
        arguments = arguments[2:]
    wrong = 0
    for path in [Path(name) for name in arguments] or sorted((HERE / "cases").glob("*.json")):
        cases = json.loads(path.read_text())
        if driver:
            for case in cases:
                fill(case, driver)
            write(path, cases)
            continue
        for case in cases:
            if not check(case):
                wrong += 1
                print(f"{path.name}: {case}\n  Jinja2: {render(case)!r}")
    print(f"{wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
