"""What the page works on: the demo jobs, their applications, and rankings of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..config import Settings
from ..data import Application, DataError, Job, load_pools, load_twins
from ..model import ModelNotReady
from ..posting import Posting
from ..redaction import find_name
from ..screener import Screened, Screener

HIDDEN_NAME = "Applicant {number}"
FROM_UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class Shown:
    """One application as the page shows it."""

    id: str
    name: str
    screened: Screened
    swap: float | None


@dataclass(frozen=True, slots=True)
class Pool:
    """A demo job with those who applied."""

    job: Job
    posting: Posting
    applications: tuple[Application, ...]


class Desk:
    """Ranks demo jobs; a ranking without an upload is worked out once."""

    def __init__(
        self,
        screener: Screener,
        pools: Sequence[tuple[Job, Sequence[Application]]],
        twins: Mapping[str, str],
    ) -> None:
        self.screener = screener
        self._twins = twins
        self.pools = {
            job.id: Pool(job, screener.reader.posting(job), tuple(rows)) for job, rows in pools
        }
        self.ranking = lru_cache(maxsize=64)(self._rank)

    @classmethod
    def load(cls, settings: Settings) -> "Desk":
        screener = Screener.load(settings)
        try:
            return cls(screener, load_pools(settings, "demo"), load_twins(settings, "demo"))
        except DataError as missing:
            raise ModelNotReady(str(missing)) from missing

    def with_upload(self, job: str, redacts: bool, text: str) -> list[Shown]:
        """Rank a demo job's applications together with one that came in now."""
        return self._rank(job, redacts, text)

    def _rank(self, job: str, redacts: bool, upload: str | None = None) -> list[Shown]:
        pool = self.pools[job]
        applications = list(pool.applications)
        if upload is not None:
            applications.append(Application(id=FROM_UPLOAD, job=job, text=upload))
        screener, ranker = self.screener, self.screener.ranker(redacts)
        resumes = [screener.reader.resume(row.text, redacts) for row in applications]
        everyone = screener.screen(pool.posting, resumes, ranker)
        twins = [self._twins.get(row.id) for row in applications]
        swapped = [screener.reader.resume(text or "", redacts) for text in twins]
        others = screener.screen(pool.posting, swapped, ranker)
        shown = [
            Shown(
                row.id,
                _name(row, number, redacts),
                one,
                other.score - one.score if twin is not None else None,
            )
            for number, (row, one, other, twin) in enumerate(
                zip(applications, everyone, others, twins, strict=True), start=1
            )
        ]
        return sorted(shown, key=lambda its: its.screened.place)


def _name(row: Application, number: int, redacts: bool) -> str:
    if row.id == FROM_UPLOAD:
        return "Your upload"
    hidden = HIDDEN_NAME.format(number=number)
    return hidden if redacts else find_name(row.text) or hidden
