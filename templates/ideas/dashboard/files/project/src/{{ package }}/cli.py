"""The command line: build, evaluate, demo, report, forecast, serve."""

from collections.abc import Sequence

from .building import NotBuiltError, build
from .config import Settings, get_settings
from .insight import ALL, Insight, UnknownShopError
from .publish import publish, render_more
from .report import render_results
from .service import SERVE
from .verbs import Options, Verb, run_verb, timed
from .warehouse import WarehouseError
from .weekly import write_weekly


def _build(settings: Settings, _: Options) -> None:
    print(f"Built in {timed(build, settings)[1]:.1f} s: {settings.models_dir}")


def _evaluate(settings: Settings, _: Options) -> None:
    _publish(settings, {})


def _demo(settings: Settings, _: Options) -> None:
    seconds = timed(build, settings)[1]
    print(f"Built in {seconds:.1f} s")
    _publish(settings, {"build_s": seconds})
    print(f"\nWritten: {settings.reports_dir}/metrics.json, errors.md, weekly.html, figures/")
    print("Next: make serve")


def _report(settings: Settings, _: Options) -> None:
    path = settings.reports_dir / "weekly.html"
    write_weekly(Insight.load(settings), path)
    print(f"Written: {path}")


def _forecast(settings: Settings, options: Options) -> None:
    insight = Insight.load(settings)
    ahead = insight.outlook(options.shop)
    for place, value in enumerate(ahead.forecast):
        day = insight.panel.day(insight.panel.days + place)
        low, high = ahead.low[0, place], ahead.high[0, place]
        print(f"{day:%a %d %b %Y}  {value:6.0f}  (80%: {low:.0f} to {high:.0f})")


def _publish(settings: Settings, timings: dict[str, float]) -> None:
    metrics = publish(settings, timings)
    print(render_results(metrics, {}, render_more(metrics)))


VERBS = (
    Verb("build", _build, "load the tables, make the marts, learn"),
    Verb("evaluate", _evaluate, "measure on the test year, write reports/"),
    Verb("demo", _demo, "build, then evaluate"),
    Verb("report", _report, "write the weekly report, reports/weekly.html"),
    Verb(
        "forecast",
        _forecast,
        "print the days ahead of a shop",
        {"shop": {"nargs": "?", "default": ALL}},
    ),
    SERVE,
)
EXPECTED = (NotBuiltError, UnknownShopError, WarehouseError)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; return the exit status."""
    return run_verb(argv, VERBS, get_settings, EXPECTED, __doc__)
