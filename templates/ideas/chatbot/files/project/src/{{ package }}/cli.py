"""The command line: build, evaluate, demo, ask, serve."""

from collections.abc import Sequence

from .assistant import Answer, Assistant
from .building import build
from .cases import CaseError
from .config import Settings, get_settings
from .corpus import CorpusError
from .index import Index, IndexNotBuilt, index_path, load_index
from .publish import publish
from .publishing import summary
from .service import SERVE
from .verbs import Options, Verb, run_verb, timed


def _build(settings: Settings, _: Options) -> None:
    index, seconds = timed(build, settings)
    place = index_path(settings)
    print(f"{len(index.passages)} passages indexed in {seconds:.1f} s: {place}")


def _evaluate(settings: Settings, _: Options) -> None:
    _publish(settings, load_index(settings), {})


def _demo(settings: Settings, _: Options) -> None:
    index, seconds = timed(build, settings)
    print(f"{len(index.passages)} passages indexed in {seconds:.1f} s")
    _publish(settings, index, {"build_s": seconds})
    print(f'\nNext: make serve, or: python -m {__package__} ask "How long can I return a tent?"')


def _ask(settings: Settings, options: Options) -> None:
    print(render_answer(Assistant.load(settings).ask(options.question)))


def _publish(settings: Settings, index: Index, timings: dict[str, float]) -> None:
    print(summary(settings, publish(settings, index, timings)))


def render_answer(answer: Answer) -> str:
    """Return an answer as text for a terminal."""
    lines = [answer.text]
    if answer.notice:
        lines += ["", f"Note: {answer.notice}"]
    lines += [f"[{c.page}#{c.section}] {c.title}" for c in answer.citations]
    lines.append(f"(confidence {answer.confidence:.2f}, {answer.provider})")
    return "\n".join(lines)


VERBS = (
    Verb("build", _build, "read the pages and learn from the development questions"),
    Verb("evaluate", _evaluate, "measure on the frozen test questions, write reports/"),
    Verb("demo", _demo, "build, then evaluate"),
    Verb("ask", _ask, "answer one question", {"question": {}}),
    SERVE,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; return the exit status."""
    return run_verb(argv, VERBS, get_settings, (IndexNotBuilt, CaseError, CorpusError), __doc__)
