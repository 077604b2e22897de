"""The command line: simulate, train, evaluate, demo, rank, serve."""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from .config import Settings, get_settings
from .data import DataError, Job, load_pools, simulate
from .digest import DigestMismatchError
from .model import ModelNotReady
from .ontology import OntologyError
from .pdf import MARK, UnreadablePdf, read_pdf_apart
from .publish import publish
from .reasons import doubts, findings, reasons
from .report import render_results
from .screener import Screener
from .settings import ConfigurationError
from .training import train

EXPECTED = (
    ModelNotReady,
    DataError,
    OntologyError,
    DigestMismatchError,
    ConfigurationError,
    UnreadablePdf,
    OSError,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; return the exit status."""
    options = _parser().parse_args(argv)
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
        ("simulate", _simulate, "write the simulated jobs and applications into data/generated"),
        ("train", _train, "learn the ranker from the development jobs"),
        ("evaluate", _evaluate, "measure on the frozen test jobs, write reports/"),
        ("demo", _demo, "simulate, train, then evaluate"),
        ("rank", _rank, "rank the résumés in a folder for a job"),
        ("serve", _serve, "start the service"),
    ):
        verb = verbs.add_parser(name, help=text, description=text)
        verb.set_defaults(run=run)
        if name == "rank":
            verb.add_argument("posting", type=Path, help="text file; its first line is the title")
            verb.add_argument("folder", type=Path, help="holds .txt and .pdf files")
            verb.add_argument("--no-redaction", action="store_true", help="let names be seen")
    return parser


def _simulate(settings: Settings, _: argparse.Namespace) -> int:
    simulate(settings)
    jobs = sum(len(load_pools(settings, part)) for part in ("dev", "test", "demo"))
    print(f"{jobs} simulated jobs with their applications: {settings.generated_dir}")
    return 0


def _train(settings: Settings, _: argparse.Namespace) -> int:
    train(settings)
    print(f"Trained: {settings.models_dir}")
    return 0


def _evaluate(settings: Settings, _: argparse.Namespace) -> int:
    _publish(settings, {})
    return 0


def _demo(settings: Settings, _: argparse.Namespace) -> int:
    spent = {
        "simulate_s": _timed(lambda: simulate(settings)),
        "train_s": _timed(lambda: train(settings)),
    }
    print(f"Simulated in {spent['simulate_s']:.1f} s, trained in {spent['train_s']:.1f} s")
    _publish(settings, spent)
    print("\nNext: make serve")
    return 0


def _rank(settings: Settings, options: argparse.Namespace) -> int:
    screener = Screener.load(settings)
    text = options.posting.read_text(encoding="utf-8")
    job = Job(id="own", title=text.strip().splitlines()[0], text=text)
    posting = screener.reader.posting(job)
    files = sorted(path for path in options.folder.iterdir() if path.suffix in (".txt", ".pdf"))
    redacts = not options.no_redaction
    resumes = [screener.reader.resume(_read(path), redacts) for path in files]
    ranker = screener.ranker(redacts)
    everyone = screener.screen(posting, resumes, ranker)
    for one, path in sorted(zip(everyone, files, strict=True), key=lambda pair: pair[0].place):
        print(f"{one.place:3}. {path.name}  {one.score:.0f} points")
        for reason in reasons(one, everyone, ranker.wording)[:3]:
            print(f"       {reason.points:+5.1f}  {reason.label}")
        for doubt in doubts(findings(posting, one.resume)):
            print(f"       ask: {doubt}")
    print("\nA suggestion for the order of reading, not a decision about anybody.")
    return 0


def _read(path: Path) -> str:
    content = path.read_bytes()
    return read_pdf_apart(content) if MARK in content[:1024] else content.decode(errors="replace")


def _serve(settings: Settings, _: argparse.Namespace) -> int:
    from .api import serve

    serve(settings)
    return 0


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _publish(settings: Settings, timings: dict[str, float]) -> None:
    metrics = publish(settings, Screener.load(settings), timings)
    print(render_results(metrics, {}))
    print(f"\nWritten: {settings.reports_dir}/metrics.json, timing.json, errors.md, figures/")
