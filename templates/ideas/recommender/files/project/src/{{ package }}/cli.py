"""The command line: data, build, evaluate, demo, tune, recommend, serve."""

from argparse import ArgumentTypeError
from collections.abc import Sequence

from .building import build
from .catalogue import DataError
from .config import Settings, get_settings, load_schedule
from .model import Model, ModelNotBuilt, load_model, model_paths
from .publish import publish
from .publishing import summary
from .recommender import Recommender, Shelf, UnknownBook
from .service import SERVE
from .simulator import load_town, simulate, write_shop
from .tuning import tune
from .verbs import Options, Verb, run_verb, timed


def _data(settings: Settings, _: Options) -> None:
    town, vocabulary = load_town(settings.configs_dir / "shop.toml")
    shop = simulate(town, vocabulary)
    test_from = load_schedule(settings).test_from.toordinal()
    write_shop(shop, settings.data_dir / "raw", settings.held_out_path, test_from)
    print(f"Simulated {len(shop.books)} books and {len(shop.purchases)} purchases")


def _build(settings: Settings, _: Options) -> None:
    _timed_build(settings)
    print(f"Written: {model_paths(settings)[0]}")


def _evaluate(settings: Settings, _: Options) -> None:
    _publish(settings, load_model(settings), {})


def _demo(settings: Settings, options: Options) -> None:
    timings = {}
    if not settings.books_path.exists():
        timings["simulate_s"] = timed(_data, settings, options)[1]
    model, timings["build_s"] = _timed_build(settings)
    _publish(settings, model, timings)
    print(f"\nNext: make serve, or: python -m {__package__} recommend b0001 b0002")


def _tune(settings: Settings, _: Options) -> None:
    for name, value in tune(settings):
        print(f"{value:.4f}  {name}", flush=True)


def _recommend(settings: Settings, options: Options) -> None:
    recommender = Recommender.load(settings)
    print(render_shelf(recommender.recommend(options.books, diversity=options.diversity)))


def _timed_build(settings: Settings) -> tuple[Model, float]:
    model, seconds = timed(build, settings)
    print(f"Weights learned and evidence gathered in {seconds:.1f} s")
    return model, seconds


def _publish(settings: Settings, model: Model, timings: dict[str, float]) -> None:
    print(summary(settings, publish(settings, model, timings)))


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise ArgumentTypeError("must lie between 0 and 1")
    return value


def render_shelf(shelf: Shelf) -> str:
    """Return recommendations as text for a terminal."""
    lines = ["Nothing picked yet: what the shop sells"] if shelf.cold else []
    for number, item in enumerate(shelf.recommendations, start=1):
        lines += [
            f"{number:2}. {item.book.title}, {item.book.author} [{item.book.id}]",
            f"    {item.because.text}",
        ]
    return "\n".join(lines)


VERBS = (
    Verb("data", _data, "simulate the bookshop again, over the files in data/"),
    Verb("build", _build, "learn from the purchases before the test weeks"),
    Verb("evaluate", _evaluate, "measure on the frozen test weeks, write reports/"),
    Verb("demo", _demo, "simulate if there is no data yet, build, then evaluate"),
    Verb("tune", _tune, "try the knobs on the validation weeks"),
    Verb(
        "recommend",
        _recommend,
        "recommend books to somebody who liked these",
        {
            "books": {"nargs": "*", "help": "ids, as in data/raw/books.csv"},
            "--diversity": {"type": _share, "default": 0.0, "help": "0 to 1 (default: 0)"},
        },
    ),
    SERVE,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; return the exit status."""
    return run_verb(argv, VERBS, get_settings, (ModelNotBuilt, DataError, UnknownBook), __doc__)
