"""The error analysis: who was ranked wrongly, and what the screener saw. To reports/errors.md."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .data import Truth
from .evaluation import Outcome, Run
from .markdown import one_line, table
from .reasons import findings
from .resume import Resume
from .scoring import INVITED, QUALIFIED

PER_KIND = 5
DEEP = 10

KINDS = {
    "missed": f"Qualified, and the evidence was there, but not among the first {DEEP}.",
    "missed, skills unread": f"Qualified, not among the first {DEEP}, and a skill that is asked "
    "for and claimed was not recognised.",
    "overrated": f"Not qualified, but among the first {INVITED}.",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """One application in the wrong place."""

    kind: str
    place: int
    outcome: Outcome
    truth: Truth
    resume: Resume


def failures(run: Run) -> list[Failure]:
    """Return every application that is far from where it belongs."""
    found = []
    for outcome in run.outcomes:
        case = outcome.case
        for resume, truth, place in zip(case.redacted, case.truths, outcome.places, strict=True):
            missed = truth.grade >= QUALIFIED and place > DEEP
            if missed or (truth.grade < 1 and place <= INVITED):
                kind = _missed(case.posting.must, truth, resume) if missed else "overrated"
                found.append(Failure(kind, place, outcome, truth, resume))
    return found


def _missed(must: Sequence[str], truth: Truth, resume: Resume) -> str:
    unread = set(truth.claimed) & set(must) - resume.claimed
    return "missed, skills unread" if unread else "missed"


def render_errors(run: Run) -> str:
    """Return the analysis as Markdown."""
    failed = failures(run)
    total = sum(len(outcome.scores) for outcome in run.outcomes)
    counts = Counter(failure.kind for failure in failed)
    lines = [
        "# Error analysis",
        "",
        f"{len(failed)} of {total} simulated test applications stand far from where they belong. "
        "The evaluation writes this file. Read it to decide what to try, and try it on the "
        "development part.",
        "",
        *table(
            ("Failure", "Meaning", "Applications"),
            [(kind, meaning, counts[kind]) for kind, meaning in KINDS.items()],
            numbers=1,
        ),
        *_by_kind(failed),
        *_worst_jobs(run),
    ]
    for kind in KINDS:
        examples = [failure for failure in failed if failure.kind == kind][:PER_KIND]
        if examples:
            lines += ["", f"## {kind.capitalize()}"]
            lines += [line for example in examples for line in _example(example)]
    return "\n".join(lines) + "\n"


def _by_kind(failed: Sequence[Failure]) -> list[str]:
    counts = Counter((failure.truth.kind, failure.kind) for failure in failed)
    kinds = sorted({who for who, _ in counts})
    rows = [(who, *(counts[who, kind] for kind in KINDS)) for who in kinds]
    head = ("Applicant (known to the simulation alone)", *KINDS)
    return ["", "By kind of applicant:", "", *table(head, rows, numbers=len(KINDS))]


def _worst_jobs(run: Run) -> list[str]:
    pairs = sorted(zip(run.scores, run.outcomes, strict=True), key=lambda pair: pair[0])[:PER_KIND]
    rows = [
        (outcome.case.job.id, outcome.case.job.title, f"{score:.2f}", str(outcome.ranking[:DEEP]))
        for score, outcome in pairs
    ]
    head = ("Job", "Title", "nDCG@10", "Grades of the first ten")
    return ["", "The jobs ranked worst:", "", *table(head, rows)]


def _example(failure: Failure) -> list[str]:
    posting = failure.outcome.case.posting
    lines = [
        "",
        f"**{failure.truth.id}** for {posting.title}: place {failure.place}, true grade "
        f"{failure.truth.grade}, a {failure.truth.kind}",
        "",
    ]
    for its in findings(posting, failure.resume):
        asked = "must" if its.must else "nice"
        quote = f": \u201c{one_line(its.quote)}\u201d" if its.quote else ""
        unread = its.level == "missing" and its.skill in failure.truth.claimed
        note = " (it is in there, in words that the glossary lacks)" if unread else ""
        lines.append(f"- {its.skill} ({asked}), {its.level}{quote}{note}")
    return lines
