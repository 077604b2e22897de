"""When an answer counts as right, and what else is measured on it."""

from collections.abc import Sequence

from .assistant import Answer
from .cases import Case, states

METRIC = "right-answer rate"


def is_right(case: Case, answer: Answer) -> bool:
    """Right = answered, every source cited and every fact said; unanswerable: abstained."""
    if not case.answerable:
        return answer.abstained
    if answer.abstained:
        return False
    cited = {f"{citation.page}#{citation.section}" for citation in answer.citations}
    return case.cited_in(cited) and all(states(answer.text, fact) for fact in case.facts)


def citation_precision(case: Case, answer: Answer) -> float:
    """Return the share of citations that point at a named source."""
    cited = {f"{citation.page}#{citation.section}" for citation in answer.citations}
    return len(cited & {*case.sources, *case.also}) / len(cited) if cited else 0.0


def first_rank(case: Case, found: Sequence[str]) -> int | None:
    """Return the place, from 1, of the first named source among the sources found."""
    for place, source in enumerate(found, start=1):
        if source in case.sources or source in case.also:
            return place
    return None
