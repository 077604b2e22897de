"""The error analysis: which cases failed, how, and what was said. Written to reports/errors.md."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from .evaluation import Outcome, Run
from .markdown import one_line, table

PER_KIND = 6

KINDS = {
    "not found": "No right section is among the first five: a matter of retrieval.",
    "ranked too low": "A right section was found, but others were quoted: a matter of ranking.",
    "fact not quoted": "All right sections are cited, but a sentence with the fact was left out.",
    "abstained": "It could have been answered, but the gate stayed shut.",
    "answered anyway": "The help centre doesn't cover it, but the gate opened.",
}


def kind_of(outcome: Outcome) -> str:
    """Return which kind of failure a failed case is."""
    if not outcome.case.answerable:
        return "answered anyway"
    if outcome.answer.abstained:
        return "abstained"
    if outcome.rank is None:
        return "not found"
    cited = {f"{citation.page}#{citation.section}" for citation in outcome.answer.citations}
    return "fact not quoted" if outcome.case.cited_in(cited) else "ranked too low"


def render_errors(run: Run) -> str:
    """Return the analysis as Markdown."""
    failed: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in run.outcomes:
        if not outcome.right:
            failed[kind_of(outcome)].append(outcome)
    total = sum(map(len, failed.values()))
    lines = [
        "# Error analysis",
        "",
        f"{total} of {len(run.outcomes)} test cases failed. The evaluation writes this file. Read "
        "it to decide what to try next, and try it on the development part.",
        "",
        *table(
            ["Failure", "Meaning", "Cases"],
            [(kind, meaning, len(failed[kind])) for kind, meaning in KINDS.items()],
            numbers=1,
        ),
        *_by_tag(run),
    ]
    for kind in KINDS:
        if failed[kind]:
            lines += ["", f"## {kind.capitalize()}", *_examples(failed[kind])]
    return "\n".join(lines) + "\n"


def _by_tag(run: Run) -> list[str]:
    """Return where the failures lie, the worst tag first."""
    tags: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in run.outcomes:
        kind = "right" if outcome.right else kind_of(outcome)
        tags[outcome.case.tags[0]][kind] += 1
    order = sorted(tags, key=lambda tag: (tags[tag]["right"] / tags[tag].total(), tag))
    rows = [
        (tag, tags[tag].total(), tags[tag]["right"], *(tags[tag][kind] for kind in KINDS))
        for tag in order
    ]
    head = ["Tag", "Cases", "Right", *(kind.capitalize() for kind in KINDS)]
    return ["", "By the main tag, the worst first:", "", *table(head, rows, len(head) - 1)]


def _spread(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the outcomes so that the tags take turns: the first few show different things."""
    turns: Counter[str] = Counter()
    places = []
    for number, outcome in enumerate(outcomes):
        tag = outcome.case.tags[0]
        places.append((turns[tag], number))
        turns[tag] += 1
    return [outcomes[number] for _, number in sorted(places)]


def _examples(outcomes: Sequence[Outcome]) -> list[str]:
    lines: list[str] = []
    for outcome in _spread(outcomes)[:PER_KIND]:
        case, answer = outcome.case, outcome.answer
        wanted = ", ".join(f"`{source}`" for source in case.sources) or "an abstention"
        found = ", ".join(f"`{source}`" for source in outcome.found[:3]) or "nothing"
        lines += [
            "",
            f"**{case.id}** ({', '.join(case.tags)}), confidence {answer.confidence:.2f}",
            "",
            f"> {one_line(case.question)}",
            "",
            f"- wanted: {wanted}{_facts(case.facts)}",
            f"- found first: {found}",
            f"- said: {one_line(answer.text)}",
        ]
    return lines


def _facts(facts: Sequence[str]) -> str:
    return f", saying {', '.join(repr(fact) for fact in facts)}" if facts else ""
