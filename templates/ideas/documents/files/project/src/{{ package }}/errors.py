"""The error analysis: which fields failed, how, and what stood there. For reports/errors.md."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from .evaluation import Outcome, Run
from .fields import FIELDS

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
        "| Failure | Fields | Meaning |",
        "| --- | ---: | --- |",
        *(f"| {kind} | {len(failed[kind])} | {meaning} |" for kind, meaning in KINDS.items()),
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
    return [
        "",
        "Wrong fields by layout:",
        "",
        f"| Layout | {' | '.join(FIELDS)} |",
        f"| --- |{' ---: |' * len(FIELDS)}",
        *(
            f"| {layout} | {' | '.join(str(its[field]) for field in FIELDS)} |"
            for layout, its in sorted(counts.items())
        ),
    ]


def _examples(failed: Sequence[tuple[Outcome, str]]) -> list[str]:
    """Return a few, fields and layouts taking turns."""
    turns: Counter[tuple[str, str]] = Counter()
    order = []
    for number, (outcome, field) in enumerate(failed):
        key = (field, outcome.case.layout)
        order.append((turns[key], number))
        turns[key] += 1
    lines = [
        "",
        "| Document | Field | Wanted | Read | Beside it |",
        "| --- | --- | --- | --- | --- |",
    ]
    for _, number in sorted(order)[:PER_KIND]:
        outcome, field = failed[number]
        cells = (
            outcome.case.id,
            field,
            outcome.case.truth[field] or "nothing",
            outcome.values[field] or "nothing",
            _beside(outcome, field),
        )
        lines.append(f"| {' | '.join(map(_cell, cells))} |")
    return lines


def _beside(outcome: Outcome, field: str) -> str:
    its = outcome.reading.fields if outcome.reading else ()
    chosen = next((one.chosen for one in its if one.field == field), None)
    return (chosen.left or chosen.above) if chosen else ""


def _cell(text: str) -> str:
    flat = " ".join(text.split()).replace("<", "&lt;").replace("|", "\\|")
    return flat if len(flat) <= SHOWN else flat[: SHOWN - 1].rstrip() + "\u2026"
