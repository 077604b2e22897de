"""How right a reading is: exact values, F1 for each document."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from .fields import FIELDS

METRIC = "field F1"


def is_right(field: str, value: str | None, truth: Mapping[str, Any]) -> bool:
    """Whether a value is exactly the true one; names may differ in case and spaces."""
    wanted = truth[field]
    if field == "supplier" and value and wanted:
        return _plain(value) == _plain(wanted)
    return bool(value == wanted)


def field_f1(values: Mapping[str, str | None], truth: Mapping[str, Any]) -> float:
    """Return F1 over the fields of a document: a wrong value is both false and missed."""
    right = sum(values[name] is not None and is_right(name, values[name], truth) for name in FIELDS)
    given = sum(values[name] is not None for name in FIELDS)
    wanted = sum(truth[name] is not None for name in FIELDS)
    return 2 * right / (given + wanted)


def item_f1(items: Sequence[tuple[Any, ...]], truth: Sequence[tuple[Any, ...]]) -> float:
    """Return F1 over line items; an item counts if everything in it is right."""
    if not items and not truth:
        return 1.0
    hits = (Counter(items) & Counter(truth)).total()
    return 2 * hits / (len(items) + len(truth))


def item_key(item: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what has to be right in a line item."""
    return (_plain(item["description"]), item["quantity"], item["unit_price"], item["amount"])


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
