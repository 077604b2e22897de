"""Evaluation cases: questions with what a right answer cites and says."""

import json
import re
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from .corpus import Passage


class CaseError(ValueError):
    """An evaluation file can't be used as it stands; the text names the line."""


class Case(BaseModel):
    """One question. `also` lists sections that tell the same and may be cited instead."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    question: str = Field(min_length=1, max_length=2_000)
    tags: tuple[str, ...] = Field(min_length=1)
    answerable: bool
    sources: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Case":
        if self.answerable != bool(self.sources) or self.answerable != bool(self.facts):
            raise ValueError("an answerable case has sources and facts, any other has none")
        return self

    def cited_in(self, cited: set[str]) -> bool:
        """Whether every source is cited, or else one that `also` allows in its place."""
        missing = set(self.sources) - cited
        return len(missing) <= len(cited & set(self.also))


def load_cases(path: Path, passages: list[Passage]) -> list[Case]:
    """Read a JSONL file and hold it against the corpus: every fact stands in a named source."""
    texts = {passage.source: passage.text for passage in passages}
    cases: list[Case] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            case = Case.model_validate(json.loads(line))
        except (ValueError, ValidationError) as problem:
            raise CaseError(f"{path.name}:{number}: {problem}") from problem
        missing = [source for source in (*case.sources, *case.also) if source not in texts]
        if missing:
            raise CaseError(f"{path.name}:{number}: {case.id} names no such section: {missing[0]}")
        told = " ".join(texts[source] for source in case.sources)
        for fact in case.facts:
            if not states(told, fact):
                raise CaseError(f"{path.name}:{number}: {case.id}: no source says {fact!r}")
        cases.append(case)
    if len({case.id for case in cases}) != len(cases):
        raise CaseError(f"{path.name} uses an id twice")
    return cases


def states(text: str, fact: str) -> bool:
    """Whether a text holds a fact word for word: `5 days` isn't in `15 days`."""
    pattern = rf"(?<![\w.,]){re.escape(_plain(fact))}(?!\w|[.,]\d)"
    return re.search(pattern, _plain(text)) is not None


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("\u2019", "'").split())
