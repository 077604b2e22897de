"""What the notebook shows is what its text says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "explore.ipynb"


@pytest.fixture
def names(run_notebook: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    return run_notebook(NOTEBOOK.name)


def test_what_is_shown_is_what_is_said(names: dict[str, Any]) -> None:
    assert names["levels"]["listed"] > 0
    mine, counted = (sum(row[column] for row in names["rows"]) for column in (2, 1))
    assert mine >= counted
    assert len(names["worth"]) == len(names["NAMES"])
    assert names["words"][True][0]


def test_it_never_reads_the_test_part() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert '\\"test\\"' not in text
    assert "load_truth" not in text
