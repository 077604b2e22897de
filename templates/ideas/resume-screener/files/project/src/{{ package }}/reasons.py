"""Why somebody stands where they stand: what sets them apart, and the lines that show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from .features import NAMES
from .posting import Posting
from .resume import Mention, Resume
from .screener import Screened
from .wording import Wording

MOST = 5
SMALLEST = 0.5

LABELS = {
    "must led": "Has led or introduced what is asked for",
    "must ran": "Has run what is asked for",
    "must used": "Has used what is asked for",
    "must weak": "Has only touched what is asked for",
    "must listed": "Lists what is asked for without showing it at work",
    "must wish": "Would like to learn what is asked for",
    "must implied": "Can do things that imply what is asked for",
    "must long ago": "Showed it some time ago",
    "must listed and shown": "Lists the same skills that the work shows",
    "nice shown": "Shows what would be nice to have",
    "nice listed": "Lists what would be nice to have",
    "years short": "Years in a similar job",
    "title alike": "Had a job with a like title",
    "wording": "The words of the résumé as a whole",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """How many points one kind of evidence sets somebody apart from the other applicants."""

    label: str
    points: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One skill that the posting asks for, and the best line for it."""

    skill: str
    must: bool
    level: str
    quote: str | None
    last_year: int | None


def reasons(one: Screened, everyone: Sequence[Screened], wording: Wording) -> list[Reason]:
    """Return the strongest reasons, largest first: points above or below the pool's mean.

    The differences of all columns add up to the score's distance from the pool's mean score.
    """
    # BEGIN SOLUTION reasons
    gaps = [
        points - sum(other.points[column] for other in everyone) / len(everyone)
        for column, points in enumerate(one.points)
    ]
    order = sorted(range(len(gaps)), key=lambda column: -abs(gaps[column]))
    told = [Reason(_label(column, one, wording), gaps[column]) for column in order[:MOST]]
    return [reason for reason in told if abs(reason.points) >= SMALLEST]
    # END SOLUTION
    # STUB: del one, everyone, wording
    # STUB: return []


def _label(column: int, one: Screened, wording: Wording) -> str:
    label = LABELS[NAMES[column]]
    if NAMES[column] != "wording":
        return label
    found = zip(("for", "against"), wording.telling(one.resume.text), strict=True)
    words = "; ".join(f"{side} it {', '.join(its)}" for side, its in found if its)
    return f"{label} ({words})" if words else label


def findings(posting: Posting, resume: Resume) -> list[Finding]:
    """Return what was found for each skill asked for; the line is quoted as it was read."""
    # BEGIN SOLUTION reasons
    asked = [(skill, True) for skill in posting.must] + [(skill, False) for skill in posting.nice]
    return [_finding(skill, must, resume.best(skill)) for skill, must in asked]
    # END SOLUTION
    # STUB: del resume
    # STUB: return [_finding(skill, True, None) for skill in posting.must]


def _finding(skill: str, must: bool, mention: Mention | None) -> Finding:
    if mention is None:
        return Finding(skill, must, "missing", None, None)
    return Finding(skill, must, mention.level, mention.quote, mention.last_year)


def doubts(found: Sequence[Finding]) -> list[str]:
    """Return what a person should ask about before deciding."""
    listed = [finding.skill for finding in found if finding.must and finding.level == "listed"]
    missing = [finding.skill for finding in found if finding.must and finding.level == "missing"]
    lines = []
    if listed:
        lines.append(f"Listed, but no work shows it: {', '.join(listed)}.")
    if missing:
        lines.append(
            f"Not found, which may mean other words: {', '.join(missing)}. Read before you refuse."
        )
    return lines
