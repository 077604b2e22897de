"""The checks of options.py find what they are there for: one fault a file, and each must be told."""

import sys
import tempfile
from pathlib import Path

import files
import linters
import options
from covering import covering_set, held, pairs_of

# What is written where, and a part of what must be said of it. Empty: nothing is wrong with it.
FAULTS = {
    "src/app/broken.py": ("def f(:\n", "src/app/broken.py: invalid syntax"),
    "bad.json": ('{"a": }', "bad.json: Expecting value"),
    "bad.toml": ("a = \n", "bad.toml: Invalid value"),
    "bad.yaml": ("a: [1\n", "bad.yaml: while parsing"),
    "good.yaml": ("a: !Ref b\n", ""),
    "bad.svg": ("<svg>", "bad.svg: no element found"),
    "left.txt": ("Hello {{ project_name }}\n", "left.txt: '{{ project_name' is left"),
    "kept.txt": ("${{ matrix.python }} {{route}}\n", ""),
    "marker.py": ("# BEGIN SOLUTION x\n", "marker.py: '# BEGIN SOLUTION' is left"),
    "a.md": ("# A b\n[x](b.md) [y](#a-b) [z](c.md)\n", "a.md: the link c.md leads nowhere"),
    "b.md": ("[x](a.md#no)\n", "b.md: no heading is called #no"),
    "src/app/lonely.py": ("x = 1\n", "src/app/lonely.py: nothing uses this module"),
    "configs/lonely.toml": ("", "configs/lonely.toml: nothing reads this file"),
    "deploy/kubernetes/base/kustomization.yaml": (
        "resources: [gone.yaml]\n",
        "deploy/kubernetes/base/kustomization.yaml: gone.yaml is not there",
    ),
    "deploy/kubernetes/base/extra.yaml": ("", "base/extra.yaml: no kustomization names it"),
    "README.md": ("make docker\n", "README.md: says docker"),
}


def told_of(project: Path) -> list[str]:
    """All that the checks without tools say."""
    said = [line for check in files.CHECKS for line in check(project)]
    said += linters.check_kustomize(project, project)
    off = {"cloud": "none", **{options.FEATURES + name: "off" for name in options.TRACES}}
    return said + [f"{name}: says {word}" for name, _, word in options.traces(off, project)]


def main() -> int:
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for name, (text, _) in FAULTS.items():
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            (project / name).write_text(text, encoding="utf-8")
        said = told_of(project)
        for name, (_, wanted) in FAULTS.items():
            found = [line for line in said if wanted in line] if wanted else []
            if bool(wanted) != bool(found):
                problems.append(f"FAIL {name}: {wanted!r} is not said")
            if not wanted and any(line.startswith(f"{name}:") for line in said):
                problems.append(f"FAIL {name}: it is sound, but something is said of it")
    some = {"a": "12", "b": "123", "c": "12", "d": "1234"}
    chosen = covering_set(some)
    if pairs_of(some) - set().union(*map(held, chosen)) or len(chosen) > 16:
        problems.append("FAIL covering_set: pairs are missing, or there are too many choices")
    print("\n".join([*problems, f"{len(FAULTS) + 1 - len(problems)} passed, {len(problems)} failed"]))
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
