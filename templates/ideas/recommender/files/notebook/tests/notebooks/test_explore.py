"""What the notebook shows is what its text says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "explore.ipynb"


def test_what_is_shown_is_what_is_said(run_notebook: Callable[[str], dict[str, Any]]) -> None:
    names = run_notebook(NOTEBOOK.name)
    assert 0.1 < names["head_share"] < 1
    assert 0 < names["new_books"] < 1
    assert set(names["weights"]) == set(names["model"].weights)
    assert len(names["shelf"].recommendations) == 5


def test_it_never_reads_the_test_weeks() -> None:
    assert "held_out" not in NOTEBOOK.read_text(encoding="utf-8")
