"""The command line: build, evaluate, demo, read, serve."""

from collections.abc import Sequence
from pathlib import Path

from .building import build
from .config import Settings, get_settings
from .dataset import DataError
from .extractor import Reading
from .model import Model, ModelNotBuilt, load_extractor, load_model, model_path
from .publish import publish, render_more
from .publishing import summary
from .reader import ReadError, read
from .service import SERVE
from .verbs import Options, Verb, run_verb, timed


def _build(settings: Settings, _: Options) -> None:
    seconds = timed(build, settings)[1]
    print(f"Model learned in {seconds:.1f} s: {model_path(settings)}")


def _evaluate(settings: Settings, _: Options) -> None:
    _publish(settings, load_model(settings), {})


def _demo(settings: Settings, _: Options) -> None:
    model, seconds = timed(build, settings)
    print(f"Documents drawn and model learned in {seconds:.1f} s")
    _publish(settings, model, {"build_s": seconds})
    print("\nNext: make serve")


def _read(settings: Settings, options: Options) -> None:
    extractor, threshold = load_extractor(settings)
    print(render_reading(extractor.read(read(options.pdf.read_bytes())), threshold))


def _publish(settings: Settings, model: Model, timings: dict[str, float]) -> None:
    metrics = publish(settings, model, timings)
    print(summary(settings, metrics, render_more(metrics)))


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


VERBS = (
    Verb("build", _build, "draw the documents and learn from the development part"),
    Verb("evaluate", _evaluate, "measure on the held-out layouts, write reports/"),
    Verb("demo", _demo, "build, then evaluate"),
    Verb("read", _read, "read one PDF", {"pdf": {"type": Path}}),
    SERVE,
)
EXPECTED = (ModelNotBuilt, DataError, ReadError, OSError)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; return the exit status."""
    return run_verb(argv, VERBS, get_settings, EXPECTED, __doc__)
