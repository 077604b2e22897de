"""Writes the parts: what the screener may read, and apart from it the truth."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .dice import Dice
from .layout import to_pdf, to_text
from .lexicon import GROUPS, Lexicon
from .people import Person, Post, fit, grade, make_person, make_post, panel_grade
from .writing import Sheet, write_posting, write_sheet

# Not a setting: another seed makes another world, which no result here speaks of.
SEED = 20261125
UNSEEN = ("nursing", "maintenance", "marketing", "security")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a part is; the first jobs also come as PDF and under another name."""

    jobs: int
    applicants: int
    pdf_jobs: int = 0
    twin_jobs: int = 0


SIZES: Mapping[str, Size] = {
    "dev": Size(64, 24),
    "test": Size(84, 24, pdf_jobs=5, twin_jobs=24),
    "demo": Size(6, 24, twin_jobs=6),
}


def write_part(name: str, size: Size, lexicon: Lexicon, seed: int, data: Path) -> None:
    """Simulate one part into data/generated/NAME and data/truth/NAME.jsonl."""
    jobs, applications, twins, truth, grades = [], [], [], [], []
    folder = data / "generated" / name
    for number in range(size.jobs):
        post = _post(name, number, lexicon, seed)
        jobs.append({"id": post.id, "title": post.title, "text": write_posting(post, lexicon)})
        for person, sheet in _applicants(post, size.applicants, lexicon, seed):
            where = {"id": person.id, "job": post.id}
            applications.append({**where, "text": to_text(sheet, person.id)})
            truth.append({**where, **_truth(post, person, sheet)})
            dice = Dice(seed, "panel", person.id)
            grades.append({**where, "grade": panel_grade(dice, post, person)})
            if number < size.twin_jobs:
                other = GROUPS[1 - GROUPS.index(person.group)]
                twin = write_sheet(post, person, lexicon, other)
                twins.append({**where, "text": to_text(twin, person.id)})
            if number < size.pdf_jobs:
                _write(folder / "pdf" / f"{person.id}.pdf", to_pdf(sheet, person.id))
    _write_rows(folder / "jobs.jsonl", jobs)
    _write_rows(folder / "applications.jsonl", applications)
    if twins:
        _write_rows(folder / "twins.jsonl", twins)
    if name == "dev":
        _write_rows(folder / "grades.jsonl", grades)
    _write_rows(data / "truth" / f"{name}.jsonl", truth)


def _post(part: str, number: int, lexicon: Lexicon, seed: int) -> Post:
    families = [family for family in lexicon.families if part != "dev" or family not in UNSEEN]
    ident = f"{part}-{number:02}"
    return make_post(Dice(seed, ident), lexicon, ident, families[number % len(families)])


def _applicants(
    post: Post, count: int, lexicon: Lexicon, seed: int
) -> Iterable[tuple[Person, Sheet]]:
    for place in range(count):
        ident = f"{post.id}-{place:02}"
        person = make_person(Dice(seed, ident), lexicon, post, ident)
        yield person, write_sheet(post, person, lexicon)


def _truth(post: Post, person: Person, sheet: Sheet) -> dict[str, object]:
    claimed = sorted(frozenset[str]().union(*(part.claimed for part in sheet.parts)))
    return {
        "grade": grade(fit(post, person)),
        "group": person.group,
        "kind": person.kind,
        "family": post.family,
        "claimed": claimed,
    }


def _write_rows(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    _write(path, text.encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
