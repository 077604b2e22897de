"""What the page works on: the demo jobs, their applications, and rankings of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ..config import Settings
from ..data import Application, DataError, Job, load_pools, load_twins
from ..model import ModelNotReady
from ..posting import Posting
from ..redaction import find_name
from ..screener import Screened, Screener

HIDDEN_NAME = "Applicant {number}"
FROM_UPLOAD, OWN_NAME = "upload", "Your upload"


@dataclass(frozen=True, slots=True)
class Shown:
    """One application as the page shows it; `swap` is what another name would change."""

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
        """Rank a demo job's applications together with one that came in now and isn't kept."""
        resume = self.screener.reader.resume(text, redacts)
        pool, ranker = self.pools[job], self.screener.ranker(redacts)
        (own,) = self.screener.screen(pool.posting, [resume], ranker)
        everyone = [*self.ranking(job, redacts), Shown(FROM_UPLOAD, OWN_NAME, own, None)]
        everyone.sort(key=lambda its: -its.screened.score)
        return [
            replace(its, screened=replace(its.screened, place=place))
            for place, its in enumerate(everyone, start=1)
        ]

    def _rank(self, job: str, redacts: bool) -> list[Shown]:
        pool, ranker = self.pools[job], self.screener.ranker(redacts)
        reader = self.screener.reader
        resumes = [reader.resume(row.text, redacts) for row in pool.applications]
        renamed = [reader.resume(self._twins[row.id], redacts) for row in pool.applications]
        everyone = self.screener.screen(pool.posting, resumes, ranker)
        others = self.screener.screen(pool.posting, renamed, ranker)
        shown = [
            Shown(row.id, _name(row, number, redacts), one, other.score - one.score)
            for number, (row, one, other) in enumerate(
                zip(pool.applications, everyone, others, strict=True), start=1
            )
        ]
        return sorted(shown, key=lambda its: its.screened.place)


def _name(row: Application, number: int, redacts: bool) -> str:
    hidden = HIDDEN_NAME.format(number=number)
    return hidden if redacts else find_name(row.text) or hidden
