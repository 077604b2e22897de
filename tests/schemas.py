"""Every JSON object that the program prints is what its schema says: all that the cases expect, and what a few more
commands print here. The schemas of template.json and of the settings accept what the program does, and refuse what it
does."""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema

TOP = Path(__file__).resolve().parent.parent
SCHEMAS = TOP / "include" / "schemas"
ELSEWHERE = {"aiscaffold.project/1"}  # the record in a project: aiscaffold-template(5)
failures: list[str] = []
count = 0


def check(what: str, ok: bool, said: object = "") -> None:
    global count
    count += 1
    if not ok:
        failures.append(what)
        print(f"FAIL {what}\n{said}")


def schema(name: str) -> dict[str, Any]:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text())


def fault(value: Any, wanted: dict[str, Any]) -> str:
    errors = list(jsonschema.Draft202012Validator(wanted).iter_errors(value))
    return "\n".join(f"{'/'.join(map(str, error.path))}: {error.message[:300]}" for error in errors)


def envelopes(text: str) -> Iterator[dict[str, Any]]:
    """All objects in a text that are in the envelope and whole."""
    at = text.find('{\n  "schema": "')
    while at >= 0:
        try:
            value, end = json.JSONDecoder().raw_decode(text, at)
            yield value
        except ValueError:  # a case shows a part of it
            end = at + 1
        at = text.find('{\n  "schema": "', end)


def check_envelope(where: str, value: dict[str, Any], seen: set[str]) -> None:
    files = value.get("files")
    if value["schema"] in ELSEWHERE or (isinstance(files, list) and {} in files):
        return  # a case may show a part only
    name = value["schema"].removeprefix("aiscaffold.").removesuffix("/1")
    seen.add(name)
    wrong = fault(value, schema(name)) if (SCHEMAS / f"{name}.schema.json").exists() else "there is no schema"
    check(f"{where}: {value['schema']}", not wrong, wrong)


def live(program: Path, scratch: Path) -> Iterator[tuple[str, str]]:
    """What more commands print."""
    (scratch / "t/files").mkdir(parents=True)
    (scratch / "t/template.json").write_text(json.dumps({
        "name": "t", "version": "1.0.0", "released": "2026-12-01T00:00:00Z", "summary": "T",
        "tree": [{"from": "a.txt", "to": "a.txt"}]}))
    (scratch / "t/files/a.txt").write_text("a\n")
    (scratch / "roster.csv").write_text("id,name\nada,Ada\n")
    commands = ["list --json", "show chatbot --json", "new ./t out -y --json", "new ./t out2 -y --no-git --json -n",
                "template copy ./t copied --json", "template copy chatbot bot --json",
                "template new fresh --json", "template test ./fresh --json",
                "check ./t --json", "status out --json", "diff -C out --json", "package out -o out.zip --json",
                "kit ./t --roster roster.csv -o kits --edition complete --json", "config list --json", "config set author Ada --json",
                "config get author --json", "completion zsh --json", "render t/files/a.txt --json", "help --json",
                "help kit --json", "help tutorial --json"]
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(scratch)}
    for command in commands:
        done = subprocess.run([program, *command.split()], cwd=scratch, env=environment, text=True, capture_output=True,
                              check=False)
        check(command, done.returncode == 0, done.stderr)
        yield command, done.stdout
    for path in (scratch / "fresh/template.json", scratch / "bot/template.json", *(scratch / "bot/layers").glob("*/template.json")):
        value = json.loads(path.read_text())
        beside = json.loads((path.parent / value["$schema"]).read_text())
        check(f"{path.relative_to(scratch)} names its schema", not (wrong := fault(value, beside)), wrong)
    yield "the report of a cohort", (scratch / "kits/report.json").read_text()


def check_manifests(program: Path) -> None:
    """Templates that the program takes, and variants of one that neither takes."""
    wanted = json.loads((TOP / "templates/template.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(wanted)
    for path in sorted((TOP / "templates").glob("*/*/template.json")):
        check(str(path.relative_to(TOP)), not (wrong := fault(json.loads(path.read_text()), wanted)), wrong)
    for folder in sorted((TOP / "tests/cases").glob("manifest-*/in/*/template.json")):
        case = folder.parents[2]
        said = (case / "stderr").read_text() if (case / "stderr").exists() else ""
        try:
            value = json.loads(folder.read_text())
        except (ValueError, RecursionError):
            continue
        if not said:
            check(f"{case.name}: taken", not (wrong := fault(value, wanted)), wrong)
        elif "unknown key" in said:
            check(f"{case.name}: refused", bool(fault(value, wanted)), said)


def check_settings() -> None:
    wanted = schema("settings")
    for value, ok in (({}, True), ({"author": "x", "defaults": {"a": True, "b": ["c"]}}, True), ({"autor": "x"}, False),
                      ({"author": 1}, False), ({"templates": ["x"]}, False), ({"colours": "pink"}, False),
                      ({"defaults": {"x": {}}}, False)):
        check(f"settings {value}", bool(fault(value, wanted)) != ok)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    options = parser.parse_args()
    options.scratch.mkdir()
    seen: set[str] = set()
    for path in sorted(SCHEMAS.glob("*.json")):
        jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text()))
    for path in sorted((TOP / "tests/cases").glob("*/stdout")):
        for value in envelopes(path.read_text(errors="replace")):
            check_envelope(path.parent.name, value, seen)
    for command, text in live(options.program.resolve(), options.scratch):
        for value in envelopes(text):
            check_envelope(command, value, seen)
    names = {path.name.removesuffix(".schema.json") for path in SCHEMAS.glob("*.json")} - {"settings"}
    check("every schema was used", names == seen, names ^ seen)
    check_manifests(options.program)
    check_settings()
    print(f"{count - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
