"""The command line's frame: find the verb, run it, tell in one line what went wrong."""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, ParamSpec, TypeVar

from .digest import DigestMismatchError
from .settings import ConfigurationError, ProjectSettings

Options = argparse.Namespace
Kinds = tuple[type[Exception], ...]
AnySettings = TypeVar("AnySettings", bound=ProjectSettings)
Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Verb(Generic[AnySettings]):
    """A word for `run`; `arguments` holds, by name, what `add_argument` is told of each."""

    name: str
    run: Callable[[AnySettings, Options], None]
    text: str
    arguments: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def run_verb(
    argv: Sequence[str] | None,
    verbs: Sequence[Verb[AnySettings]],
    get_settings: Callable[[], AnySettings],
    expected: Kinds = (),
    about: str | None = None,
) -> int:
    """Run the verb that `argv` names; return the exit status.

    Errors of the `expected` kinds, and the layer's own, end in one line instead of a traceback.
    """
    options = _parser(verbs, about).parse_args(argv)
    foreseen: Kinds = (ConfigurationError, DigestMismatchError, *expected)
    try:
        options.run(get_settings(), options)
    except foreseen as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


def timed(
    work: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs
) -> tuple[Result, float]:
    """Return what `work` returns, and how many seconds it took."""
    start = time.perf_counter()
    result = work(*args, **kwargs)
    return result, time.perf_counter() - start


def _parser(verbs: Sequence[Verb[AnySettings]], about: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m {__package__}", description=about)
    choices = parser.add_subparsers(required=True, metavar="VERB")
    for verb in verbs:
        its = choices.add_parser(verb.name, help=verb.text, description=verb.text)
        its.set_defaults(run=verb.run)
        for name, told in verb.arguments.items():
            its.add_argument(name, **told)
    return parser
