"""Makes each idea with a pairwise covering set of its options, and checks every file of each project.

    options.py --program build/aiscaffold --scratch DIR [--tools DIR] [IDEA...]

Without the linters (--tools), what they would look at is left out, and said so.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import files
import linters
from covering import Choice, Options, covering_set

FEATURES = "feature "
# Names that are hard on quoting, and as long as they may be.
NAMES = {"project_name": ("Plain", "A b_c-9", "Long name of a project with 40 character")}
AUTHORS = {"author": ("", "O'Brien \"Bo\" \\ Co")}
# Words that nothing may say where the option is off.
TRACES = {
    "docker": ("docker",),
    "ci": ("gitlab-ci", ".github/workflows", "dependabot"),
    "notebook": ("ipynb", "jupyterlab", "make notebook"),
    "kubernetes": ("kubernetes", "kubectl", "kustom"),
    "monitoring": ("grafana", "prometheus.yml", "make drift"),
    "tracking": ("mlflow", "runs.jsonl"),
    "devcontainer": ("devcontainer",),
    "precommit": ("pre-commit", "pre_commit"),
    "digits": ("load_digits", "handwritten digit"),
}
CLOUDS = {
    "aws": ("cloudformation", "ecs express"),
    "gcp": ("gcloud", "cloud run"),
    "azure": ("az acr", "container apps"),
}
# These bring docker along.
NEED_DOCKER = ("kubernetes", "monitoring")
# The record of the answers names every option, chosen or not.
RECORD = ".aiscaffold.json"


@dataclass(frozen=True)
class Bench:
    program: Path
    scratch: Path
    tools: Path | None


def ask(program: Path, *words: str) -> dict[str, Any]:
    """What a command says with --json."""
    done = subprocess.run([program, *words, "--json"], check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def options_of(bench: Bench, idea: str) -> Options:
    """Every option of an idea with its values: a feature is on or off."""
    found: dict[str, Sequence[str]] = {"edition": ("complete", "starter"), **NAMES, **AUTHORS}
    for variable in ask(bench.program, "show", idea)["variables"]:
        if variable["type"] == "choices" and variable["name"] == "features":
            found |= {FEATURES + name: ("on", "off") for name in variable["choices"]}
        elif variable["type"] == "choice":
            found[variable["name"]] = tuple(variable["choices"])
        elif variable["type"] == "boolean":
            found[variable["name"]] = ("true", "false")
    return found


def make(bench: Bench, idea: str, choice: Choice, where: Path) -> str | None:
    """Make a project; what the program says if it can't."""
    on = [name for name, value in choice.items() if value == "on" and name.startswith(FEATURES)]
    features = [name.removeprefix(FEATURES) for name in on]
    words = [f"--edition={choice['edition']}", "--set", f"features={','.join(features)}"]
    for name, value in choice.items():
        asked = name != "edition" and not name.startswith(FEATURES)
        if asked and not (name == "ci_service" and "ci" not in features):
            words += ["--set", f"{name}={value}"]
    command = [bench.program, "new", idea, where, "-y", "-q", "--no-git", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr if done.returncode else None


def problems(
    bench: Bench, choice: Choice, where: Path, own: set[tuple[str, str]]
) -> Iterator[str]:
    """Whatever is wrong with a project."""
    for check in files.CHECKS:
        yield from check(where)
    if bench.tools is not None:
        for lint in linters.CHECKS:
            yield from lint(where, bench.tools)
    for name, option, word in traces(choice, where):
        if (Path(name).name, word) not in own:
            yield f"{name}: says {word!r}, although {option} is off"


def off(choice: Choice) -> dict[str, tuple[str, ...]]:
    """The words of each option that is off."""
    on = {name for name in TRACES if choice.get(FEATURES + name, choice.get(name)) in ("on", "true")}
    if choice.get("cloud", "none") != "none" or on & {*NEED_DOCKER}:
        on.add("docker")
    words = {name: told for name, told in TRACES.items() if name not in on}
    return words | {name: told for name, told in CLOUDS.items() if choice.get("cloud") != name}


Said = tuple[str, str, str]  # a file, an option, and a word of the option's that the file says


def traces(choice: Choice, where: Path) -> Iterator[Said]:
    """An option that is off leaves no file and no word."""
    words = off(choice)
    for path in files.walk(where):
        name = path.relative_to(where).as_posix()
        # What people wrote for the data is about other things, and licences are not ours.
        if name == RECORD or name == "LICENSE" or name.startswith("data/"):
            continue
        text = f"{name}\n{path.read_text(encoding='utf-8', errors='replace')}".lower()
        for option, told in words.items():
            yield from ((name, option, word) for word in told if word in text)


def own_words(bench: Bench, idea: str, options: Options) -> set[tuple[str, str]]:
    """The words that an idea's own subject says without any option, by the names of its files.

    Only below folders: what lies at the root is laid out by layers.
    """
    bare = {name: "off" for name in options if name.startswith(FEATURES)}
    bare |= {"edition": "complete", "cloud": "none"} if "cloud" in options else {"edition": "complete"}
    where = bench.scratch / f"{idea}-bare"
    refused = make(bench, idea, bare, where)
    if refused:
        raise SystemExit(refused)
    return {(Path(name).name, word) for name, _, word in traces(bare, where) if "/" in name}


def try_idea(bench: Bench, idea: str) -> tuple[int, int]:
    """Make and check every project of the set, some at once; how many passed and failed."""
    options = options_of(bench, idea)
    own = own_words(bench, idea, options)

    def told_of(number: int, choice: Choice) -> list[str]:
        where = bench.scratch / f"{idea}-{number:02}"
        refused = make(bench, idea, choice, where)
        return [refused] if refused else list(problems(bench, choice, where, own))

    choices = covering_set(options)
    failed = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for choice, told in zip(choices, pool.map(told_of, range(len(choices)), choices), strict=True):
            failed += bool(told)
            if told:
                print(f"FAIL {idea} {' '.join(f'{name}={value}' for name, value in choice.items())}")
                print("\n".join(f"  {line}" for line in told))
    return len(choices) - failed, failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--tools", type=Path)
    parser.add_argument("ideas", nargs="*")
    chosen = parser.parse_args()
    bench = Bench(chosen.program.resolve(), chosen.scratch.resolve(), chosen.tools)
    bench.scratch.mkdir(parents=True, exist_ok=True)
    ideas = chosen.ideas or [idea["name"] for idea in ask(bench.program, "list")["ideas"]]
    counts = [try_idea(bench, idea) for idea in ideas]
    passed, failed = (sum(column) for column in zip(*counts, strict=True))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
