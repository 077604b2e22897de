"""The error analysis: what was bought and not foreseen, by kind, with actual cases."""

from collections.abc import Sequence

from .baselines import NEIGHBOURS
from .building import BLEND
from .catalogue import Book
from .evaluation import Measured, Outcome
from .markdown import one_line, table
from .scoring import CUT, DEPTH, METRIC

PER_KIND = 4
KINDS = {
    "foreseen": f"at least one of the books bought stands in the first {CUT} places",
    "nearly": f"one stands in the places up to {DEPTH}",
    "unknown reader": "no purchase before: there is nothing to go by",
    "unknown book": "all that was bought is too new to have been bought by others",
    "far from the history": "known books that nothing in the reader's history points to",
}


def kind_of(outcome: Outcome) -> str:
    """Return the kind of failure, or that there was none."""
    if outcome.hit:
        return "foreseen"
    if outcome.recall > 0:
        return "nearly"
    if outcome.setting.history == 0:
        return "unknown reader"
    if len(outcome.setting.new_books) == len(outcome.setting.case.bought):
        return "unknown book"
    return "far from the history"


def render_errors(measured: Measured) -> str:
    """Return the analysis as Markdown."""
    runs = {run.name: run for run in measured.runs}
    model, rival = runs[BLEND].outcomes, runs[NEIGHBOURS].outcomes
    by_kind: dict[str, list[Outcome]] = {kind: [] for kind in KINDS}
    for outcome in model:
        by_kind[kind_of(outcome)].append(outcome)
    lost = [
        (mine, other) for mine, other in zip(model, rival, strict=True) if other.ndcg > mine.ndcg
    ]
    lost.sort(key=lambda pair: pair[0].ndcg - pair[1].ndcg)
    lines = [
        "# Error analysis",
        "",
        f"{len(model)} cases: a reader and a test week in which they bought something. The "
        "evaluation writes this file. What it shows may be tried on the validation weeks.",
        "",
        *table(
            ("Kind", "Meaning", "Cases", "Share"),
            [
                (kind, meaning, len(by_kind[kind]), f"{len(by_kind[kind]) / len(model):.0%}")
                for kind, meaning in KINDS.items()
            ],
            numbers=2,
        ),
    ]
    books = measured.ledger.books
    for kind in list(KINDS)[1:]:
        if by_kind[kind]:
            lines += ["", f"## {kind.capitalize()}"]
            lines += [line for o in by_kind[kind][:PER_KIND] for line in _example(o, measured)]
    lines += [
        "",
        f"## Where {NEIGHBOURS} was better",
        "",
        f"{len(lost)} cases; the largest differences:",
    ]
    for mine, other in lost[:PER_KIND]:
        lines += _example(mine, measured)
        lines += [
            f"- {METRIC} {mine.ndcg:.2f}; {NEIGHBOURS} reached {other.ndcg:.2f} with "
            f"{_names(books, other.ranked[:3])}"
        ]
    return "\n".join(lines) + "\n"


def _example(outcome: Outcome, measured: Measured) -> list[str]:
    ledger, case = measured.ledger, outcome.setting.case
    known = ledger.before(case.morning)
    history = ledger.book[known][ledger.reader[known] == case.reader][-4:]
    return [
        "",
        f"**Reader {ledger.readers[case.reader]}**, {outcome.setting.history} purchases before",
        "",
        f"- bought last: {_names(ledger.books, history.tolist()) or 'nothing'}",
        f"- bought now: {_names(ledger.books, case.bought)}",
        f"- first on the list: {_names(ledger.books, outcome.ranked[:3])}",
    ]


def _names(books: Sequence[Book], numbers: Sequence[int]) -> str:
    return "; ".join(
        one_line(f"{books[number].title} ({books[number].genre})") for number in numbers
    )
