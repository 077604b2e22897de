"""Evidence for one application to one posting, a row of numbers each of which has a name."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .ontology import Ontology
from .posting import Posting
from .resume import LEVELS, Position, Resume
from .text import bag

Matrix = NDArray[np.float64]

NAMES = (
    *(f"must {level}" for level in LEVELS),
    "must implied",
    "must long ago",
    "must listed and shown",
    "nice shown",
    "nice listed",
    "years short",
    "title alike",
    "wording",
)
LONG_AGO = 8


def evidence(
    posting: Posting, resume: Resume, ontology: Ontology, year: int, wording: float
) -> Matrix:
    """Return one row in the order of NAMES; `wording` comes from the words."""
    # BEGIN SOLUTION evidence
    must = [resume.best(skill) for skill in posting.must]
    nice = [resume.best(skill) for skill in posting.nice]
    share = _share(len(posting.must))
    shown = [m for m in must if m and m.shown]
    ages = [min(year - (m.last_year or year), LONG_AGO) / LONG_AGO for m in shown]
    return np.array(
        [
            *(share(sum(m is not None and m.level == level for m in must)) for level in LEVELS),
            share(_implied(posting, resume, ontology)),
            share(sum(ages)),
            share(len({m.skill for m in shown} & _listed(resume))),
            _share(len(posting.nice))(sum(m is not None and m.shown for m in nice)),
            _share(len(posting.nice))(sum(m is not None and m.level == "listed" for m in nice)),
            max(0, posting.years - relevant_years(posting, resume)) / 5,
            _title_alike(posting, resume),
            wording,
        ]
    )
    # END SOLUTION
    # STUB: # How many of the skills are claimed at all, and nothing else.
    # STUB: del ontology, year, wording
    # STUB: row = np.zeros(len(NAMES))
    # STUB: row[0] = len(resume.claimed & {*posting.must, *posting.nice})
    # STUB: return row


def _share(count: int) -> Callable[[float], float]:
    return lambda value: value / count if count else 0.0


def _listed(resume: Resume) -> set[str]:
    return {mention.skill for mention in resume.mentions if mention.level == "listed"}


def _implied(posting: Posting, resume: Resume, ontology: Ontology) -> int:
    """Return how many missing skills are implied by others that are claimed."""
    implied = {other for skill in resume.claimed for other in ontology.implies.get(skill, ())}
    return len(implied & set(posting.must) - resume.claimed)


def relevant_years(posting: Posting, resume: Resume) -> int:
    """Return the years in positions with a like title or two of the skills asked for."""
    asked = {*posting.must, *posting.nice}
    return sum(
        max(1, position.end - position.start)
        for position in resume.positions
        if title_overlap(posting, position) or len(position.skills & asked) > 1
    )


def title_overlap(posting: Posting, position: Position) -> float:
    """Return the share of the posting's title words in the line that heads a position."""
    wanted = posting.title_words
    return len(wanted & set(bag(position.title))) / len(wanted) if wanted else 0.0


def _title_alike(posting: Posting, resume: Resume) -> float:
    return max((title_overlap(posting, position) for position in resume.positions), default=0.0)
