"""The error analysis: which fields failed, how, and what stood there. For reports/errors.md."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from .evaluation import Outcome, Run
from .fields import FIELDS
from .markdown import one_line, table

PER_KIND = 8
SHOWN = 60

KINDS = {
    "missed": "The page shows it, nothing was read.",
    "invented": "The page doesn't show it, something was read.",
    "another field's value": "What was read belongs to another field of the same document.",
    "something else": "What was read is no field at all: an order number, a deposit, a price.",
}


def kind_of(outcome: Outcome, field: str) -> str:
    """Return which kind of failure a wrong field is."""
    value, truth = outcome.values[field], outcome.case.truth
    if value is None:
        return "missed"
    if truth[field] is None:
        return "invented"
    others = {truth[name] for name in FIELDS if name != field}
    return "another field's value" if value in others else "something else"


def render_errors(run: Run) -> str:
    """Return the analysis as Markdown."""
    failed: dict[str, list[tuple[Outcome, str]]] = defaultdict(list)
    for outcome in run.outcomes:
        for field in outcome.wrong:
            failed[kind_of(outcome, field)].append((outcome, field))
    total = sum(map(len, failed.values()))
    documents = sum(bool(outcome.wrong) for outcome in run.outcomes)
    lines = [
        "# Error analysis",
        "",
        f"{total} fields in {documents} of {len(run.outcomes)} test documents are wrong. The "
        "evaluation writes this file. Read it to decide what to try next, and try it on the "
        "development layouts.",
        "",
        *table(
            ("Failure", "Meaning", "Fields"),
            [(kind, meaning, len(failed[kind])) for kind, meaning in KINDS.items()],
            numbers=1,
        ),
        *_by_layout(run),
    ]
    for kind in KINDS:
        if failed[kind]:
            lines += ["", f"## {kind.capitalize()}", *_examples(failed[kind])]
    return "\n".join(lines) + "\n"


def _by_layout(run: Run) -> list[str]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in run.outcomes:
        counts[outcome.case.layout].update(outcome.wrong)
    rows = [(layout, *(its[field] for field in FIELDS)) for layout, its in sorted(counts.items())]
    return ["", "Wrong fields by layout:", "", *table(("Layout", *FIELDS), rows, len(FIELDS))]


def _examples(failed: Sequence[tuple[Outcome, str]]) -> list[str]:
    """Return a few, fields and layouts taking turns."""
    turns: Counter[tuple[str, str]] = Counter()
    order = []
    for number, (outcome, field) in enumerate(failed):
        key = (field, outcome.case.layout)
        order.append((turns[key], number))
        turns[key] += 1
    rows = []
    for _, number in sorted(order)[:PER_KIND]:
        outcome, field = failed[number]
        wanted, read = outcome.case.truth[field], outcome.values[field]
        cells = (outcome.case.id, field, wanted or "nothing", read or "nothing")
        rows.append([one_line(cell, SHOWN) for cell in (*cells, _beside(outcome, field))])
    return ["", *table(("Document", "Field", "Wanted", "Read", "Beside what was read"), rows)]


def _beside(outcome: Outcome, field: str) -> str:
    its = outcome.reading.fields if outcome.reading else ()
    chosen = next((one.chosen for one in its if one.field == field), None)
    return (chosen.left or chosen.above) if chosen else ""
