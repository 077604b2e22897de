"""Puts the parts together: all that the service, the command line and the evaluation call."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .config import Settings
from .data import Job
from .features import NAMES, Matrix, evidence
from .model import OPEN, REDACTED, Model, Ranker, load_model
from .ontology import load_ontology
from .posting import Posting, read_posting
from .redaction import redact
from .resume import Resume, read_resume
from .skills import SkillFinder


@dataclass(frozen=True, slots=True)
class Screened:
    """One application after screening: the score, and what it is made of."""

    place: int
    score: float
    points: tuple[float, ...]
    resume: Resume


class Reader:
    """Reads postings and résumés with one glossary."""

    def __init__(self, settings: Settings) -> None:
        self.ontology = load_ontology(settings.configs_dir / "skills.toml")
        self.finder = SkillFinder(self.ontology)
        self.year = settings.screening_year

    def posting(self, job: Job) -> Posting:
        return read_posting(job.title, job.text, self.finder)

    def resume(self, text: str, redacts: bool) -> Resume:
        return read_resume(redact(text) if redacts else text, self.finder, self.year)

    def rows(self, posting: Posting, resumes: Sequence[Resume], wording: Sequence[float]) -> Matrix:
        """Return one row of evidence for each résumé."""
        rows = [
            evidence(posting, resume, self.ontology, self.year, said)
            for resume, said in zip(resumes, wording, strict=True)
        ]
        return np.stack(rows) if rows else np.zeros((0, len(NAMES)))


class Screener:
    """Scores applications. A score depends on posting and résumé alone, not on who else applied."""

    def __init__(self, reader: Reader, model: Model) -> None:
        self.reader = reader
        self.model = model

    @classmethod
    def load(cls, settings: Settings) -> "Screener":
        model = load_model(settings)  # first: without one there is nothing to read for
        return cls(Reader(settings), model)

    def ranker(self, redacts: bool) -> Ranker:
        return self.model.rankers[REDACTED if redacts else OPEN]

    def screen(self, posting: Posting, resumes: Sequence[Resume], ranker: Ranker) -> list[Screened]:
        """Return the applications in the order given; `place` counts from 1, best first."""
        wording = [ranker.wording.score(resume.text) for resume in resumes]
        rows = self.reader.rows(posting, resumes, wording)
        scores, points = ranker.weights.scores(rows), ranker.weights.points(rows)
        order = sorted(range(len(resumes)), key=lambda number: -float(scores[number]))
        places = {number: place for place, number in enumerate(order, start=1)}
        return [
            Screened(places[number], float(scores[number]), tuple(points[number].tolist()), resume)
            for number, resume in enumerate(resumes)
        ]
