"""The command line: build, evaluate, demo, report, forecast, serve."""

import argparse
import sys
import time
from collections.abc import Callable, Sequence

from .building import NotBuiltError, build
from .config import Settings, get_settings
from .digest import DigestMismatchError
from .insight import ALL, Insight
from .publish import publish, render_all
from .settings import ConfigurationError
from .warehouse import WarehouseError
from .weekly import write_weekly

EXPECTED = (NotBuiltError, WarehouseError, DigestMismatchError, ConfigurationError)


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
        ("build", _build, "load the tables, make the marts, learn"),
        ("evaluate", _evaluate, "measure on the test year, write reports/"),
        ("demo", _demo, "build, then evaluate"),
        ("report", _report, "write the weekly report, reports/weekly.html"),
        ("forecast", _forecast, "print the days ahead of a shop"),
        ("serve", _serve, "start the service and its page"),
    ):
        verb = verbs.add_parser(name, help=text, description=text)
        verb.set_defaults(run=run)
        if name == "forecast":
            verb.add_argument("shop", nargs="?", default=ALL)
    return parser


def _build(settings: Settings, _: argparse.Namespace) -> int:
    print(f"Built in {_timed(build, settings):.1f} s: {settings.models_dir}")
    return 0


def _evaluate(settings: Settings, _: argparse.Namespace) -> int:
    print(render_all(publish(settings, {}), {}))
    return 0


def _demo(settings: Settings, _: argparse.Namespace) -> int:
    seconds = _timed(build, settings)
    print(f"Built in {seconds:.1f} s")
    print(render_all(publish(settings, {"build_s": seconds}), {}))
    print(f"\nWritten: {settings.reports_dir}/metrics.json, errors.md, weekly.html, figures/")
    print("Next: make serve")
    return 0


def _report(settings: Settings, _: argparse.Namespace) -> int:
    path = settings.reports_dir / "weekly.html"
    write_weekly(Insight.load(settings), path)
    print(f"Written: {path}")
    return 0


def _forecast(settings: Settings, options: argparse.Namespace) -> int:
    insight = Insight.load(settings)
    if options.shop not in insight.names:
        print(f"no such shop: {options.shop}; one of {', '.join(insight.names)}", file=sys.stderr)
        return 1
    ahead = insight.outlook(options.shop)
    for place, value in enumerate(ahead.forecast):
        day = insight.panel.day(insight.panel.days + place)
        low, high = ahead.low[0, place], ahead.high[0, place]
        print(f"{day:%a %d %b %Y}  {value:6.0f}  (80%: {low:.0f} to {high:.0f})")
    return 0


def _serve(settings: Settings, _: argparse.Namespace) -> int:
    from .api import serve

    serve(settings)
    return 0


def _timed(run: Callable[[Settings], None], settings: Settings) -> float:
    start = time.perf_counter()
    run(settings)
    return time.perf_counter() - start
