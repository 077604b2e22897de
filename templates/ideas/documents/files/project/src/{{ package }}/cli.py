"""The command line: build, evaluate, demo, read, serve."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from .building import build
from .config import Settings, get_settings
from .dataset import DataError
from .digest import DigestMismatchError
from .extractor import Reading
from .model import Model, ModelNotBuilt, load_extractor, load_model, model_path
from .publish import publish, render_more
from .reader import ReadError, read
from .report import render_results
from .settings import ConfigurationError

EXPECTED = (ModelNotBuilt, DataError, DigestMismatchError, ConfigurationError, ReadError, OSError)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; return the exit status."""
    options = _parser().parse_args(argv)
    try:
        return int(options.run(get_settings(), options))
    except EXPECTED as problem:
        print(problem, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m {__package__}", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for name, run, text in (
        ("build", _build, "draw the documents and learn from the development part"),
        ("evaluate", _evaluate, "measure on the held-out layouts, write reports/"),
        ("demo", _demo, "build, then evaluate"),
        ("read", _read, "read one PDF"),
        ("serve", _serve, "start the service"),
    ):
        verb = verbs.add_parser(name, help=text, description=text)
        verb.set_defaults(run=run)
        if name == "read":
            verb.add_argument("pdf", type=Path)
    return parser


def _build(settings: Settings, _: argparse.Namespace) -> int:
    seconds = _timed_build(settings)[1]
    print(f"Model learned in {seconds:.1f} s: {model_path(settings)}")
    return 0


def _evaluate(settings: Settings, _: argparse.Namespace) -> int:
    _publish(settings, load_model(settings), {})
    return 0


def _demo(settings: Settings, _: argparse.Namespace) -> int:
    model, seconds = _timed_build(settings)
    print(f"Documents drawn and model learned in {seconds:.1f} s")
    _publish(settings, model, {"build_s": seconds})
    print("\nNext: make serve")
    return 0


def _read(settings: Settings, options: argparse.Namespace) -> int:
    extractor, threshold = load_extractor(settings)
    print(render_reading(extractor.read(read(options.pdf.read_bytes())), threshold))
    return 0


def _serve(settings: Settings, _: argparse.Namespace) -> int:
    from .api import serve

    serve(settings)
    return 0


def _timed_build(settings: Settings) -> tuple[Model, float]:
    start = time.perf_counter()
    model = build(settings)
    return model, time.perf_counter() - start


def _publish(settings: Settings, model: Model, timings: dict[str, float]) -> None:
    metrics = publish(settings, model, timings)
    print(render_results(metrics, {}))
    print(f"\n{render_more(metrics)}")
    print(f"\nWritten: {settings.reports_dir}/metrics.json, timing.json, errors.md, figures/")


def render_reading(reading: Reading, threshold: float) -> str:
    """Return a reading as text for a terminal."""
    lines = [
        f"{one.field:>9}  {one.value or '-':<40} {one.confidence:.2f}" for one in reading.fields
    ]
    for item in reading.items:
        row = f"{item.quantity or '':>9} x {item.unit_price or '':>10} = {item.amount:>12}"
        lines.append(f"{row}  {item.description}")
    lines += [f"{check.state:>9}  {check.name}: {check.text}" for check in reading.checks]
    sure = reading.lowest >= threshold
    lines.append("straight through" if sure else "to be reviewed")
    return "\n".join(lines)
