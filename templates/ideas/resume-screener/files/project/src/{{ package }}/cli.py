"""The command line: simulate, train, evaluate, demo, rank, serve."""

from collections.abc import Sequence
from pathlib import Path

from .config import Settings, get_settings
from .data import DataError, Job, load_pools, simulate
from .model import ModelNotReady
from .ontology import OntologyError
from .pdf import MARK, UnreadablePdf, read_pdf_apart
from .publish import publish
from .publishing import summary
from .reasons import doubts, findings, reasons
from .screener import Screener
from .service import SERVE
from .training import train
from .verbs import Options, Verb, run_verb, timed


def _simulate(settings: Settings, _: Options) -> None:
    simulate(settings)
    jobs = sum(len(load_pools(settings, part)) for part in ("dev", "test", "demo"))
    print(f"{jobs} simulated jobs with their applications: {settings.generated_dir}")


def _train(settings: Settings, _: Options) -> None:
    train(settings)
    print(f"Trained: {settings.models_dir}")


def _evaluate(settings: Settings, _: Options) -> None:
    _publish(settings, {})


def _demo(settings: Settings, _: Options) -> None:
    spent = {"simulate_s": timed(simulate, settings)[1], "train_s": timed(train, settings)[1]}
    print(f"Simulated in {spent['simulate_s']:.1f} s, trained in {spent['train_s']:.1f} s")
    _publish(settings, spent)
    print("\nNext: make serve")


def _rank(settings: Settings, options: Options) -> None:
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


def _read(path: Path) -> str:
    content = path.read_bytes()
    return read_pdf_apart(content) if MARK in content[:1024] else content.decode(errors="replace")


def _publish(settings: Settings, timings: dict[str, float]) -> None:
    print(summary(settings, publish(settings, Screener.load(settings), timings)))


VERBS = (
    Verb("simulate", _simulate, "write the simulated jobs and applications into data/generated"),
    Verb("train", _train, "learn the ranker from the development jobs"),
    Verb("evaluate", _evaluate, "measure on the frozen test jobs, write reports/"),
    Verb("demo", _demo, "simulate, train, then evaluate"),
    Verb(
        "rank",
        _rank,
        "rank the résumés in a folder for a job",
        {
            "posting": {"type": Path, "help": "text file; its first line is the title"},
            "folder": {"type": Path, "help": "holds .txt and .pdf files"},
            "--no-redaction": {"action": "store_true", "help": "let names be seen"},
        },
    ),
    SERVE,
)
EXPECTED = (ModelNotReady, DataError, OntologyError, UnreadablePdf, OSError)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; return the exit status."""
    return run_verb(argv, VERBS, get_settings, EXPECTED, __doc__)
