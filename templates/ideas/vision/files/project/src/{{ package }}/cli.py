"""The command line: build, evaluate, demo, inspect, serve."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from .config import Settings, get_settings
from .digest import DigestMismatchError
from .inspector import Inspection, load_inspector
from .model import Model, ModelNotBuilt, load_model
from .pictures import PictureError, read_picture
from .report import render_results
from .settings import ConfigurationError
from .surfaces import SURFACES, DataError

EXPECTED = (
    ModelNotBuilt, DataError, DigestMismatchError, ConfigurationError, PictureError, OSError,
)  # fmt: skip


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
        ("build", _build, "draw the pictures and learn from the training strips"),
        ("evaluate", _evaluate, "measure on the test strips, write reports/"),
        ("demo", _demo, "build, then evaluate"),
        ("inspect", _inspect, "inspect one PNG or JPEG"),
        ("serve", _serve, "start the service"),
    ):
        verb = verbs.add_parser(name, help=text, description=text)
        verb.set_defaults(run=run)
        if name == "inspect":
            verb.add_argument("picture", type=Path)
            verb.add_argument("--surface", choices=SURFACES, default=SURFACES[0])
    return parser


def _build(settings: Settings, _: argparse.Namespace) -> int:
    seconds = _timed_build(settings)[1]
    print(f"Model learned in {seconds:.1f} s: {settings.models_dir}")
    return 0


def _evaluate(settings: Settings, _: argparse.Namespace) -> int:
    _publish(settings, load_model(settings), {})
    return 0


def _demo(settings: Settings, _: argparse.Namespace) -> int:
    model, seconds = _timed_build(settings)
    print(f"Pictures drawn and model learned in {seconds:.1f} s")
    _publish(settings, model, {"build_s": seconds})
    print("\nNext: make serve")
    return 0


def _inspect(settings: Settings, options: argparse.Namespace) -> int:
    picture = read_picture(options.picture.read_bytes())
    print(render(load_inspector(settings).inspect(options.surface, picture)))
    return 0


def _serve(settings: Settings, _: argparse.Namespace) -> int:
    from .api import serve

    serve(settings)
    return 0


def _timed_build(settings: Settings) -> tuple[Model, float]:
    from .building import build  # late: serving and inspecting need nothing that learns

    start = time.perf_counter()
    model = build(settings)
    return model, time.perf_counter() - start


def _publish(settings: Settings, model: Model, timings: dict[str, float]) -> None:
    from .publish import publish, render_more

    metrics = publish(settings, model, timings)
    print(render_results(metrics, {}))
    print(f"\n{render_more(metrics)}")
    print(f"\nWritten: {settings.reports_dir}/metrics.json, timing.json, errors.md, figures/")


def render(found: Inspection) -> str:
    """Return an inspection as text: a line for each tile, then the verdict."""
    lines = [
        f"{one.left:4d} {one.top:4d}  {one.score:.3f}  "
        f"{'defect' if one.score >= found.threshold else 'good'}"
        for one in found.tiles
    ]
    verdict = "to be rejected" if found.score >= found.threshold else "good"
    return "\n".join(["left  top  score", *lines, f"threshold {found.threshold:.2f}: {verdict}"])
