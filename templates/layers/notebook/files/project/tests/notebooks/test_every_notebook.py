"""What holds for every notebook."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / "notebooks"
NAMES = sorted(path.name for path in FOLDER.glob("*.ipynb"))

CodeCells = Callable[[str], list[dict[str, Any]]]


def test_there_is_one() -> None:
    assert NAMES


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_top_to_bottom(run_notebook: Callable[[str], dict[str, Any]], name: str) -> None:
    assert run_notebook(name)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_committed_without_results(code_cells: CodeCells, name: str) -> None:
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code_cells(name))
