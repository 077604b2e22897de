"""Read and check the parts; simulate them first where they are missing.

What the screener may see lies in data/generated; the truth lies apart, and only the evaluation
asks for it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .config import Settings
from .digest import DigestMismatchError, tree_digest
from .held_out import frozen_digest
from .simulation.lexicon import load_lexicon
from .simulation.make import SEED, SIZES, write_part


class DataError(ValueError):
    """A file of the data can't be used; the text names the line."""


class Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Job(Row):
    """A posting as it was published."""

    id: str
    title: str = Field(min_length=1, max_length=200)
    text: str = Field(min_length=1, max_length=20_000)


class Application(Row):
    """A résumé that came in for a job."""

    id: str
    job: str
    text: str = Field(min_length=1, max_length=60_000)


class Grade(Row):
    """What a past panel thought; only development jobs have these."""

    id: str
    job: str
    grade: int = Field(ge=0, le=3)


class Truth(Row):
    """What the simulation knows. Never a feature."""

    id: str
    job: str
    grade: int = Field(ge=0, le=3)
    group: str
    kind: str
    family: str
    claimed: list[str]


R = TypeVar("R", bound=Row)
PARTS = ("dev", "test", "demo")


def simulate(settings: Settings, parts: Sequence[str] = PARTS) -> None:
    """Write the parts anew: the same bytes on every machine."""
    lexicon = load_lexicon(settings.data_dir / "lexicon.toml")
    for name in parts:
        write_part(name, SIZES[name], lexicon, SEED, settings.data_dir)


def read_rows(path: Path, kind: type[R]) -> list[R]:
    """Read a file of JSON lines; a bad line is named."""
    if not path.is_file():
        raise DataError(f"{path.name} is missing. Make it with: python -m {__package__} simulate")
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            rows.append(kind.model_validate_json(line))
        except ValidationError as bad:
            first = bad.errors()[0]
            place = ".".join(map(str, first["loc"]))
            raise DataError(f"{path.name}:{number}: {place}: {first['msg']}") from bad
    return rows


def load_pools(settings: Settings, part: str) -> list[tuple[Job, list[Application]]]:
    """Return each job of a part with its applications, in their order of arrival."""
    folder = settings.generated_dir / part
    jobs = read_rows(folder / "jobs.jsonl", Job)
    pools: dict[str, list[Application]] = {job.id: [] for job in jobs}
    for row in read_rows(folder / "applications.jsonl", Application):
        if row.job not in pools:
            raise DataError(f"applications.jsonl: {row.id} applies for an unknown job {row.job}")
        pools[row.job].append(row)
    return [(job, pools[job.id]) for job in jobs]


def load_grades(settings: Settings) -> dict[str, int]:
    """Return the panel's grades of the development applications."""
    rows = read_rows(settings.generated_dir / "dev" / "grades.jsonl", Grade)
    return {row.id: row.grade for row in rows}


def load_twins(settings: Settings, part: str) -> dict[str, str]:
    """Return applications of the first jobs as they would read under a name of the other group."""
    rows = read_rows(settings.generated_dir / part / "twins.jsonl", Application)
    return {row.id: row.text for row in rows}


def load_truth(settings: Settings, part: str) -> dict[str, Truth]:
    """Return the hidden truth of a part. For the evaluation alone."""
    return {row.id: row for row in read_rows(settings.truth_dir / f"{part}.jsonl", Truth)}


def part_digest(settings: Settings) -> str:
    """Return one digest over everything that the test part consists of, but the PDF's bytes."""
    files = [
        *(settings.generated_dir / "test").glob("*.jsonl"),
        settings.truth_dir / "test.jsonl",
    ]
    return tree_digest(files, settings.data_dir)


def require_frozen_part(settings: Settings) -> str:
    """Return the test part's digest, or raise when it is not the recorded one."""
    expected, found = frozen_digest(settings), part_digest(settings)
    if found != expected:
        raise DigestMismatchError(
            f"The test part is frozen and has changed: its SHA-256 is {found}, not {expected}. "
            "A result on other held-out data can't be compared."
        )
    return found
