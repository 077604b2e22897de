"""Evaluate on the frozen test jobs: the project, its ablations and its baselines, job by job."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from . import baselines
from .config import Settings
from .data import Application, Job, Truth, load_pools, load_truth
from .model import OPEN, PLAIN, REDACTED
from .pdf import read_pdf
from .posting import Posting
from .resume import Resume
from .scoring import f1, ndcg, precision, ranked, share_read
from .screener import Reader, Screener

BASELINES: tuple[tuple[str, baselines.Baseline], ...] = (
    ("skill count", baselines.skill_count),
    ("keyword count", baselines.keyword_count),
    ("TF-IDF cosine", baselines.tfidf),
    ("random order", baselines.chance),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One job, who applied, the truth about them, and their résumés as read."""

    job: Job
    posting: Posting
    applications: tuple[Application, ...]
    truths: tuple[Truth, ...]
    redacted: tuple[Resume, ...]
    plain: tuple[Resume, ...]
    read_seconds: float

    @property
    def family(self) -> str:
        return self.truths[0].family

    @property
    def grades(self) -> list[int]:
        return [truth.grade for truth in self.truths]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one system ranked one job's applications."""

    case: Case
    scores: tuple[float, ...]
    seconds: float = 0.0

    @property
    def ranking(self) -> list[int]:
        """Grades in ranked order."""
        return ranked(self.scores, self.case.grades)

    @property
    def order(self) -> list[int]:
        """Numbers of the applications in ranked order."""
        return sorted(range(len(self.scores)), key=lambda number: -self.scores[number])

    @property
    def places(self) -> list[int]:
        """The place of each application, in the order of arrival."""
        placed = {number: place for place, number in enumerate(self.order, start=1)}
        return [placed[number] for number in range(len(self.scores))]


@dataclass(frozen=True, slots=True)
class Run:
    """One system's outcomes, in the order of the jobs."""

    name: str
    outcomes: tuple[Outcome, ...]

    @property
    def scores(self) -> list[float]:
        """The primary metric of each job."""
        return [ndcg(outcome.ranking) for outcome in self.outcomes]

    @property
    def precisions(self) -> list[float]:
        return [precision(outcome.ranking) for outcome in self.outcomes]

    @property
    def shares_read(self) -> list[float]:
        return [share_read(outcome.ranking) for outcome in self.outcomes]


def load_cases(settings: Settings, reader: Reader, part: str) -> list[Case]:
    """Return the jobs of a part with the truth beside them."""
    truth = load_truth(settings, part)
    cases = []
    for job, rows in load_pools(settings, part):
        start = time.perf_counter()
        posting = reader.posting(job)
        redacted = tuple(reader.resume(row.text, True) for row in rows)
        seconds = time.perf_counter() - start
        plain = tuple(reader.resume(row.text, False) for row in rows)
        truths = tuple(truth[row.id] for row in rows)
        cases.append(Case(job, posting, tuple(rows), truths, redacted, plain, seconds))
    return cases


def evaluate_all(screener: Screener, cases: Sequence[Case]) -> tuple[list[Run], list[Run]]:
    """Return the project with its ablations, and the baselines, which see the open text."""
    runs = [_run_ranker(screener, name, cases) for name in (REDACTED, OPEN, PLAIN)]
    others = []
    for name, baseline in BASELINES:
        outcomes = [
            Outcome(case, tuple(baseline(case.posting, case.plain).tolist())) for case in cases
        ]
        others.append(Run(name, tuple(outcomes)))
    return runs, others


def _run_ranker(screener: Screener, name: str, cases: Sequence[Case]) -> Run:
    ranker = screener.model.rankers[name]
    outcomes = []
    for case in cases:
        start = time.perf_counter()
        resumes = case.redacted if ranker.redacts else case.plain
        screened = screener.screen(case.posting, resumes, ranker)
        seconds = case.read_seconds + time.perf_counter() - start
        outcomes.append(Outcome(case, tuple(one.score for one in screened), seconds))
    return Run(name, tuple(outcomes))


def extraction(cases: Sequence[Case]) -> float:
    """Return the F1 of the skills read from text, against those that were written into it."""
    return f1(
        (resume.claimed, frozenset(truth.claimed))
        for case in cases
        for resume, truth in zip(case.plain, case.truths, strict=True)
    )


def from_pdf(settings: Settings, screener: Screener, cases: Sequence[Case]) -> dict[str, float]:
    """Return what the same applications give when they arrive as PDF; only some jobs have these."""
    ranker = screener.ranker(redacts=True)
    folder = settings.generated_dir / "test" / "pdf"
    read: list[tuple[frozenset[str], frozenset[str]]] = []
    gains: list[float] = []
    for case in cases:
        files = [folder / f"{app.id}.pdf" for app in case.applications]
        if not all(path.is_file() for path in files):
            continue
        texts = [read_pdf(path.read_bytes()) for path in files]
        resumes = [screener.reader.resume(text, True) for text in texts]
        read += [
            (r.claimed, frozenset(t.claimed)) for r, t in zip(resumes, case.truths, strict=True)
        ]
        scores = [one.score for one in screener.screen(case.posting, resumes, ranker)]
        gains.append(ndcg(ranked(scores, case.grades)))
    return {"skill_f1_pdf": f1(read), "ndcg_at_10_pdf": sum(gains) / max(len(gains), 1)}
