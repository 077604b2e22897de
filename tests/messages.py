"""Every message that can go wrong for a user stands in some test, whole: each text that the sources give to an
error is looked for in what the cases expect, what the unit programs compare, the template language's conformance cases,
and the scripts that attack. tests/messages.allow lists those that no test can cause, with the reason."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
CALLS = re.compile(r"\b(?:ais_\w*fail\w*|fail\w*|wrong|refuse|ais_buf_check|problem\w*|add_problem|ais_did_you_mean)\(|"
                   r"\bsnprintf\((?=(?:reason|text|hint|nearest)\b)")
RETURN = re.compile(r"\breturn (?=\"|size ==)")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
# How the errors that name an operation of the system are put.
WRAPPED = {"ais_fail_errno(": "cannot {}: ", "fail_errno(": "cannot {}: ", "fail_beneath(": "cannot {}: ",
           "ais_buf_check(": "{} is larger than "}
CONVERSION = re.compile(r"%%|%[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?(?:hh|h|ll|l|z|j|t)?[a-zA-Z]")


def unescape(text: str) -> str:
    return re.sub(r"\\(x[0-9a-f]{2}|[0-7]{1,3}|.)", lambda m: {"n": "\n", "t": "\t", "r": "\r"}.get(m[1], m[1]), text)


def arguments(source: str, start: int) -> str:
    """What stands between a bracket that was just opened, or a `return`, and its end."""
    depth, at = 1, start
    opened = source[start - 1] == "("
    while depth:
        if source.startswith("'\"'", at):
            at += 3
            continue
        if source[at] == '"':
            at = STRING.match(source, at).end()
            continue
        depth += {"(": 1, ")": -1, ";": 0 if opened else -1}.get(source[at], 0)
        at += 1
    return source[start:at - 1]


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The line and the text of each message; literals that stand side by side are one."""
    source = re.sub(r"/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m[0]), path.read_text(), flags=re.S)
    calls = [*CALLS.finditer(source), *(RETURN.finditer(source) if path.name == "path.c" else ())]
    for call in calls:
        before = source[source.rfind("\n", 0, call.start()) + 1:call.start()]
        if re.match(r"(?:static |int |void |const )", before):
            continue  # a definition
        inside = arguments(source, call.end())
        if call[0] in WRAPPED and "errno" in call[0]:
            inside = inside[inside.rfind(",") + 1:]
        for group in re.finditer(r'"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*', inside):
            text = unescape("".join(STRING.findall(group[0])))
            if call[0] in WRAPPED:
                text = WRAPPED[call[0]].format(text)
            yield source.count("\n", 0, call.start()) + 1, text


def pattern(text: str) -> "re.Pattern[str] | None":
    """What the text looks like when it is filled in; None where it says nothing by itself."""
    pieces = CONVERSION.split(text)
    if not re.search(r"[A-Za-z]{2}", " ".join(pieces)):
        return None
    return re.compile(".*".join(re.escape(piece) for piece in pieces))


def corpus() -> str:
    cases = [path.read_text(errors="replace") for name in ("stdout", "stderr")
             for path in (TOP / "tests" / "cases").glob(f"*/{name}")]
    units = [unescape("".join(STRING.findall(path.read_text()))) + "\n" + unescape(path.read_text())
             for path in (TOP / "tests" / "unit").glob("*.c")]
    language = [case.get("error", case.get("expect")) for path in (TOP / "tests" / "conformance" / "cases").glob("*.json")
                for case in json.loads(path.read_text())]
    attacks = [path.read_text() for path in (TOP / "tests" / "attack").glob("*.py")]
    return "\n".join(cases + units + language + attacks)


def main() -> int:
    tested, allowed, used = corpus(), {}, set()
    for line in (TOP / "tests" / "messages.allow").read_text().splitlines():
        if line and not line.startswith("#"):
            text, reason = line.split("\t")
            allowed[text] = reason
    passed = failed = 0
    for path in sorted((TOP / "src").glob("**/*.c")):
        for number, text in texts(path):
            looked_for = pattern(text)
            if not looked_for:
                continue
            if text in allowed:
                used.add(text)
            elif not looked_for.search(tested):
                failed += 1
                print(f"FAIL {path.relative_to(TOP)}:{number}: no test shows: {text}")
                continue
            passed += 1
    for text in allowed.keys() - used:
        failed += 1
        print(f"FAIL tests/messages.allow: no source says: {text}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
