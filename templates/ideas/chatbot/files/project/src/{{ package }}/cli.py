"""The command line: build, evaluate, demo, ask, serve."""

import argparse
import sys
import time
from collections.abc import Sequence

from .assistant import Answer, Assistant
from .building import build
from .cases import CaseError
from .config import Settings, get_settings
from .corpus import CorpusError
from .digest import DigestMismatchError
from .index import Index, IndexNotBuilt, index_path, load_index
from .publish import publish
from .report import render_results
from .settings import ConfigurationError

EXPECTED = (IndexNotBuilt, CaseError, CorpusError, DigestMismatchError, ConfigurationError)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; return the exit status."""
    parser = _parser()
    options = parser.parse_args(argv)
    settings = get_settings()
    try:
        return int(options.run(settings, options))
    except EXPECTED as problem:
        print(problem, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m {__package__}", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for name, run, text in (
        ("build", _build, "read the pages and learn from the development questions"),
        ("evaluate", _evaluate, "measure on the frozen test questions, write reports/"),
        ("demo", _demo, "build, then evaluate"),
        ("ask", _ask, "answer one question"),
        ("serve", _serve, "start the service"),
    ):
        verb = verbs.add_parser(name, help=text, description=text)
        verb.set_defaults(run=run)
        if name == "ask":
            verb.add_argument("question")
    return parser


def _build(settings: Settings, _: argparse.Namespace) -> int:
    index, seconds = _timed_build(settings)
    place = index_path(settings)
    print(f"{len(index.passages)} passages indexed in {seconds:.1f} s: {place}")
    return 0


def _evaluate(settings: Settings, _: argparse.Namespace) -> int:
    _publish(settings, load_index(settings), {})
    return 0


def _demo(settings: Settings, _: argparse.Namespace) -> int:
    index, seconds = _timed_build(settings)
    print(f"{len(index.passages)} passages indexed in {seconds:.1f} s")
    _publish(settings, index, {"build_s": seconds})
    print(f'\nNext: make serve, or: python -m {__package__} ask "How long can I return a tent?"')
    return 0


def _ask(settings: Settings, options: argparse.Namespace) -> int:
    print(render_answer(Assistant.load(settings).ask(options.question)))
    return 0


def _serve(settings: Settings, _: argparse.Namespace) -> int:
    from .api import serve

    serve(settings)
    return 0


def _timed_build(settings: Settings) -> tuple[Index, float]:
    start = time.perf_counter()
    index = build(settings)
    return index, time.perf_counter() - start


def _publish(settings: Settings, index: Index, timings: dict[str, float]) -> None:
    metrics = publish(settings, index, timings)
    print(render_results(metrics, {}))
    print(f"\nWritten: {settings.reports_dir}/metrics.json, timing.json, errors.md, figures/")


def render_answer(answer: Answer) -> str:
    """Return an answer as text for a terminal."""
    lines = [answer.text]
    if answer.notice:
        lines += ["", f"Note: {answer.notice}"]
    lines += [f"[{c.page}#{c.section}] {c.title}" for c in answer.citations]
    lines.append(f"(confidence {answer.confidence:.2f}, {answer.provider})")
    return "\n".join(lines)
