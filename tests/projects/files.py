"""What must hold for the files of any generated project, whatever was chosen."""

import ast
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import yaml

TEMPLATE_WORDS = "provided|template|package|distribution|project_name|author|license|features|cloud|python_version"
LEFT = re.compile(
    rf"\{{\{{-?\s*(?:{TEMPLATE_WORDS})\b|\{{%-?\s*(?:if|elif|else|endif|for|endfor|set|include|raw|endraw|macro)\b"
    r"|^\W*(?:(?:BEGIN|END) (?:SOLUTION|HIDDEN)\b|(?:SOLUTION|HIDDEN) FILE\b|STUB:)",
    re.MULTILINE,
)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
# Python starts these itself, or the Makefile and the packaging name them.
ENTRIES = {"__init__", "__main__", "cli", "load", "conftest"}


class Loader(yaml.SafeLoader):
    """YAML as CloudFormation extends it: !Ref and the like stand for their argument."""


Loader.add_multi_constructor("!", lambda loader, tag, node: [tag, getattr(node, "value", None)])


def walk(project: Path) -> list[Path]:
    """The project's files, without git's own."""
    return sorted(p for p in project.rglob("*") if p.is_file() and ".git" not in p.relative_to(project).parts)


def read_yaml(path: Path) -> None:
    list(yaml.load_all(path.read_text(encoding="utf-8"), Loader))  # noqa: S506 - a safe loader


PARSERS: dict[str, Callable[[Path], object]] = {
    ".py": lambda path: ast.parse(path.read_text(encoding="utf-8"), str(path)),
    ".json": lambda path: json.loads(path.read_text(encoding="utf-8")),
    ".ipynb": lambda path: json.loads(path.read_text(encoding="utf-8")),
    ".jsonl": lambda path: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()],
    ".toml": lambda path: tomllib.loads(path.read_text(encoding="utf-8")),
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".svg": ElementTree.parse,
}


def check_syntax(project: Path) -> Iterator[str]:
    """Every file parses as what its name says."""
    for path in walk(project):
        parser = PARSERS.get(path.suffix)
        if parser is None:
            continue
        try:
            parser(path)
        except (SyntaxError, ValueError, yaml.YAMLError, ElementTree.ParseError) as problem:
            yield f"{path.relative_to(project)}: {problem}"


def check_nothing_left(project: Path) -> Iterator[str]:
    """No delimiter of the template language is left, and no marker."""
    for path in walk(project):
        found = LEFT.search(path.read_text(encoding="utf-8", errors="replace"))
        if found and path.suffix != ".npz":
            yield f"{path.relative_to(project)}: {found[0].strip()!r} is left"


def slug(heading: str) -> str:
    """The anchor that a heading of Markdown gets."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def check_links(project: Path) -> Iterator[str]:
    """Links between the project's documents lead somewhere, to a heading that exists if they name one."""
    for path in walk(project):
        if path.suffix != ".md":
            continue
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in LINK.findall(text):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, anchor = target.partition("#")
            there = (path.parent / file).resolve() if file else path
            if not there.exists():
                yield f"{path.relative_to(project)}: the link {target} leads nowhere"
            elif anchor and anchor not in map(slug, re.findall(r"^#+ (.*)$", there.read_text("utf-8"), re.M)):
                yield f"{path.relative_to(project)}: no heading is called #{anchor}"


def check_nothing_unused(project: Path) -> Iterator[str]:
    """Every module is imported or started by something, every file of settings is read by something."""
    files = walk(project)
    texts = {p: p.read_text(encoding="utf-8", errors="replace") for p in files if p.suffix != ".npz"}
    code = {p: text for p, text in texts.items() if p.suffix in (".py", ".ipynb") or p.name == "Makefile"}
    words = {p: set(re.findall(r"\w+", text)) for p, text in code.items()}
    for path in files:
        name = path.relative_to(project)
        if name.parts[0] == "src" and path.suffix == ".py" and path.stem not in ENTRIES:
            stem = path.stem
            named = rf"\bimport\b[^\n]*\b{stem}\b|[.\s]{stem} import|-m \S*\.{stem}\b|^\s+{stem},?$"
            word = re.compile(named, re.MULTILINE)
            others = (text for other, text in code.items() if other != path and stem in words[other])
            if not any(map(word.search, others)):
                yield f"{name}: nothing uses this module"
        elif name.parts[0] == "configs" and not any(path.name in text for text in code.values()):
            yield f"{name}: nothing reads this file"


CHECKS = (check_syntax, check_nothing_left, check_links, check_nothing_unused)
