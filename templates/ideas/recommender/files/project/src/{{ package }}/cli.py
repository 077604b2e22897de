"""The command line: simulate, build, evaluate, demo, tune, recommend, serve."""

import argparse
import sys
import time
from collections.abc import Sequence

from .building import build
from .catalogue import DataError
from .config import Settings, get_settings, load_schedule
from .digest import DigestMismatchError
from .model import Model, ModelNotBuilt, load_model, model_paths
from .publish import publish
from .recommender import Recommender, Shelf, UnknownBook
from .report import render_results
from .settings import ConfigurationError
from .simulator import load_town, simulate, write_shop
from .tuning import tune

EXPECTED = (ModelNotBuilt, DataError, DigestMismatchError, ConfigurationError, UnknownBook)


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
        ("data", _data, "simulate the bookshop again, over the files in data/"),
        ("build", _build, "learn from the purchases before the test weeks"),
        ("evaluate", _evaluate, "measure on the frozen test weeks, write reports/"),
        ("demo", _demo, "simulate if there is no data yet, build, then evaluate"),
        ("tune", _tune, "try the knobs on the validation weeks"),
        ("recommend", _recommend, "recommend books to somebody who liked these"),
        ("serve", _serve, "start the service"),
    ):
        verb = verbs.add_parser(name, help=text, description=text)
        verb.set_defaults(run=run)
        if name == "recommend":
            verb.add_argument("books", nargs="*", help="ids, as in data/raw/books.csv")
            verb.add_argument("--diversity", type=_share, default=0.0, help="0 to 1 (default: 0)")
    return parser


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError("must lie between 0 and 1")
    return value


def _data(settings: Settings, _: argparse.Namespace) -> int:
    town, vocabulary = load_town(settings.configs_dir / "shop.toml")
    shop = simulate(town, vocabulary)
    test_from = load_schedule(settings).test_from.toordinal()
    write_shop(shop, settings.data_dir / "raw", settings.held_out_path, test_from)
    print(f"Simulated {len(shop.books)} books and {len(shop.purchases)} purchases")
    return 0


def _build(settings: Settings, _: argparse.Namespace) -> int:
    _timed_build(settings)
    print(f"Written: {model_paths(settings)[0]}")
    return 0


def _evaluate(settings: Settings, _: argparse.Namespace) -> int:
    _publish(settings, load_model(settings), {})
    return 0


def _demo(settings: Settings, options: argparse.Namespace) -> int:
    start = time.perf_counter()
    timings = {}
    if not settings.books_path.exists():
        _data(settings, options)
        timings["simulate_s"] = time.perf_counter() - start
    model, seconds = _timed_build(settings)
    _publish(settings, model, {**timings, "build_s": seconds})
    print(f"\nNext: make serve, or: python -m {__package__} recommend b0001 b0002")
    return 0


def _tune(settings: Settings, _: argparse.Namespace) -> int:
    for name, value in tune(settings):
        print(f"{value:.4f}  {name}", flush=True)
    return 0


def _recommend(settings: Settings, options: argparse.Namespace) -> int:
    recommender = Recommender.load(settings)
    print(render_shelf(recommender.recommend(options.books, diversity=options.diversity)))
    return 0


def _serve(settings: Settings, _: argparse.Namespace) -> int:
    from .api import serve

    serve(settings)
    return 0


def _timed_build(settings: Settings) -> tuple[Model, float]:
    start = time.perf_counter()
    model = build(settings)
    seconds = time.perf_counter() - start
    print(f"Weights learned and evidence gathered in {seconds:.1f} s")
    return model, seconds


def _publish(settings: Settings, model: Model, timings: dict[str, float]) -> None:
    metrics = publish(settings, model, timings)
    print(render_results(metrics, {}))
    print(f"\nWritten: {settings.reports_dir}/metrics.json, timing.json, errors.md, figures/")


def render_shelf(shelf: Shelf) -> str:
    """Return recommendations as text for a terminal."""
    lines = ["Nothing picked yet: what the shop sells"] if shelf.cold else []
    for number, item in enumerate(shelf.recommendations, start=1):
        lines += [
            f"{number:2}. {item.book.title}, {item.book.author} [{item.book.id}]",
            f"    {item.because.text}",
        ]
    return "\n".join(lines)
