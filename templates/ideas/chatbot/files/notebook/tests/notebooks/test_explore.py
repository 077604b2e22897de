"""The notebook shows what it says, and never looks at the test part."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

NAME = "explore.ipynb"

RunNotebook = Callable[[str], dict[str, Any]]


def test_it_shows_what_it_says(run_notebook: RunNotebook, reports: Path) -> None:
    rates = {"deflection_rate": 0.4, "wrong_answer_rate": 0.1}
    (reports / "metrics.json").write_text(json.dumps({"business": rates}), encoding="utf-8")
    names = run_notebook(NAME)
    assert len(names["cases"]) == sum(names["tags"].values()) - sum(
        len(case.tags) - 1 for case in names["cases"]
    )
    assert names["missed"], "BM25 finds everything: there would be nothing to learn"
    values = [float(value.replace(",", "")) for _, value in names["worth"].rows]
    assert values == sorted(values, reverse=True)
    assert names["by_tag"]._repr_markdown_().startswith("| tag | questions |")


def test_without_a_measurement_nothing_is_worth_anything(run_notebook: RunNotebook) -> None:
    assert run_notebook(NAME)["worth"] is None


def test_it_never_reads_the_test_part() -> None:
    notebook = Path(__file__).parents[2] / "notebooks" / NAME
    assert "test.jsonl" not in notebook.read_text(encoding="utf-8")
