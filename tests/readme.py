"""Fill the README's session and list of ideas from real runs, or check that they are up to date.

Commit ids and sizes change with the templates; so nobody types them.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SESSION = [
    "aiscaffold list",
    "aiscaffold new chatbot -y --date 2026-12-01T00:00:00Z --package",
    "git -C chatbot log --format='%h %an: %s'",
    "git -C chatbot status --short",
    "aiscaffold new chatbot",
    "aiscaffold new chatbot other -y -s featurs=ci",
    r"printf 'id,name\ns001,Student One\ns002,Student Two\n' > students.csv",
    "aiscaffold kit chatbot --roster students.csv -o kits",
    "aiscaffold verify -r kits/report.json kits/s002.tar.gz",
    "aiscaffold status chatbot",
]


def session(program: Path) -> str:
    """The commands with what they print, standard error included."""
    lines = ["```console"]
    with tempfile.TemporaryDirectory() as folder:
        for command in SESSION:
            done = subprocess.run(["sh", "-c", f"exec 2>&1; {command}"], cwd=folder, text=True, capture_output=True,
                                  env={"PATH": f"{program.parent}:/usr/bin:/bin", "HOME": folder}, check=False)
            lines += [f"$ {command}", *done.stdout.rstrip("\n").splitlines()]
    return "\n".join([*lines, "```"])


def ideas(program: Path) -> str:
    listed = json.loads(subprocess.run([program, "list", "--json"], check=True, capture_output=True, text=True).stdout)
    rows = ["| idea | what you build | what it proves |", "|---|---|---|"]
    for idea in listed["ideas"]:
        about = idea.get("about") or {}
        rows.append(f"| `{idea['name']}` | {about.get('builds', idea['summary'])} | {about.get('proves', '')} |")
    return "\n".join(rows)


def filled(text: str, name: str, body: str) -> str:
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
    return pattern.sub(lambda match: f"{match[1]}{body}\n{match[2]}", text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    readme = Path(__file__).resolve().parent.parent / "README.md"
    before = readme.read_text()
    program = options.program.resolve()
    after = filled(filled(before, "session", session(program)), "ideas", ideas(program))
    if options.write:
        readme.write_text(after)
    good = options.write or after == before
    if not good:
        print("FAIL the README's session differs from a real one (tests/readme.py --write mends it)")
    print(f"{int(good)} passed, {int(not good)} failed")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
