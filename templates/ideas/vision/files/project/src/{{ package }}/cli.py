"""The command line: build, evaluate, demo, inspect, serve."""

from collections.abc import Sequence
from pathlib import Path

from .config import Settings, get_settings
from .inspector import Inspection, load_inspector
from .model import Model, ModelNotBuilt, load_model
from .pictures import PictureError, read_picture
from .publishing import summary
from .service import SERVE
from .surfaces import SURFACES, DataError
from .verbs import Options, Verb, run_verb, timed


def _build(settings: Settings, _: Options) -> None:
    seconds = _timed_build(settings)[1]
    print(f"Model learned in {seconds:.1f} s: {settings.models_dir}")


def _evaluate(settings: Settings, _: Options) -> None:
    _publish(settings, load_model(settings), {})


def _demo(settings: Settings, _: Options) -> None:
    model, seconds = _timed_build(settings)
    print(f"Pictures drawn and model learned in {seconds:.1f} s")
    _publish(settings, model, {"build_s": seconds})
    print("\nNext: make serve")


def _inspect(settings: Settings, options: Options) -> None:
    picture = read_picture(options.picture.read_bytes())
    print(render(load_inspector(settings).inspect(options.surface, picture)))


def _timed_build(settings: Settings) -> tuple[Model, float]:
    from .building import build  # late: serving and inspecting need nothing that learns

    return timed(build, settings)


def _publish(settings: Settings, model: Model, timings: dict[str, float]) -> None:
    from .publish import publish, render_more

    metrics = publish(settings, model, timings)
    print(summary(settings, metrics, render_more(metrics)))


def render(found: Inspection) -> str:
    """Return an inspection as text: a line for each tile, then the verdict."""
    lines = [
        f"{one.left:4d} {one.top:4d}  {one.score:.3f}  "
        f"{'defect' if one.score >= found.threshold else 'good'}"
        for one in found.tiles
    ]
    verdict = "to be rejected" if found.score >= found.threshold else "good"
    return "\n".join(["left  top  score", *lines, f"threshold {found.threshold:.2f}: {verdict}"])


VERBS = (
    Verb("build", _build, "draw the pictures and learn from the training strips"),
    Verb("evaluate", _evaluate, "measure on the test strips, write reports/"),
    Verb("demo", _demo, "build, then evaluate"),
    Verb(
        "inspect",
        _inspect,
        "inspect one PNG or JPEG",
        {"picture": {"type": Path}, "--surface": {"choices": SURFACES, "default": SURFACES[0]}},
    ),
    SERVE,
)
EXPECTED = (ModelNotBuilt, DataError, PictureError, OSError)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; return the exit status."""
    return run_verb(argv, VERBS, get_settings, EXPECTED, __doc__)
