"""The digits: 1,797 pictures that come inside scikit-learn's package, split by form.

People filled in forms that all ask for the same digits in the same order, so the labels show
where each form begins. A form is in one part only.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

from ..config import Settings
from ..digest import file_digest
from ..held_out import require_frozen
from ..surfaces import DataError
from . import own

Part = Literal["train", "dev", "test"]
Pictures = NDArray[np.uint8]  # (number, 8, 8), from 0 to 16
Numbers = NDArray[np.intp]

SIDE, INK = 8, 16
DIGITS = 10
# The row at which each form begins.
STARTS = (0, 130, 256, 386, 516, 646, 776, 906, 1029, 1157, 1287, 1415, 1545, 1667)
FORMS: dict[Part, range] = {"train": range(6), "dev": range(6, 8), "test": range(8, 14)}


@dataclass(frozen=True, slots=True)
class Digits:
    """Pictures, which digit each shows, and which form it is from."""

    pictures: Pictures
    labels: Numbers
    forms: Numbers


def write_parts(settings: Settings) -> None:
    """Write every part as a table: form, digit, pixels row by row."""
    found = load_digits()
    forms = np.searchsorted(STARTS, np.arange(len(found.target)), side="right") - 1
    table = np.column_stack([forms, found.target, found.data]).astype(np.intp)
    own(settings).data_dir.mkdir(parents=True, exist_ok=True)
    for part, its in FORMS.items():
        lines = [",".join(map(str, row)) for row in table if row[0] in its]
        text = "\n".join(lines) + "\n"
        part_path(settings, part).write_text(text, encoding="utf-8", newline="\n")


def load(settings: Settings, part: Part) -> Digits:
    """Read one part; the test part only if it is the one that was frozen."""
    path = part_path(settings, part)
    if not path.is_file():
        raise DataError(f"There are no digits in {path.parent}: run `make demo` to write them.")
    if part == "test":
        require_frozen(own(settings), path)
    table = np.loadtxt(path, dtype=np.intp, delimiter=",", ndmin=2)
    pictures = table[:, 2:].reshape(-1, SIDE, SIDE).astype(np.uint8)
    return Digits(pictures, table[:, 1], table[:, 0])


def part_path(settings: Settings, part: Part) -> Path:
    """Return the file of a part."""
    return own(settings).data_dir / f"{part}.csv"


def part_digest(settings: Settings, part: Part) -> str:
    """Return the SHA-256 of a part."""
    return file_digest(part_path(settings, part))
