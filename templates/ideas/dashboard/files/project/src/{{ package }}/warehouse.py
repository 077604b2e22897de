"""The embedded database: exported tables in, marts out. The SQL lies in `sql/`, one file a mart."""

import csv
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

SQL = Path(__file__).parent / "sql"
TABLES = ("calendar", "shops", "offers", "closures", "members", "tickets", "orders")
BATCH = 5_000

Row = dict[str, Any]


class WarehouseError(RuntimeError):
    """The tables can't be used as they stand; the text names the table and the rule."""


class Warehouse:
    """Reads from a database that `build_warehouse` made."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise WarehouseError(f"{path} is missing: run `make build` or `make demo` first")
        self._path = path

    def rows(self, name: str, **values: object) -> list[Row]:
        """Run `sql/NAME.sql` with its parameters."""
        return self.query((SQL / f"{name}.sql").read_text(encoding="utf-8"), **values)

    def query(self, text: str, **values: object) -> list[Row]:
        """Run a query; values go in as parameters, never as text."""
        with closing(sqlite3.connect(f"file:{self._path}?mode=ro", uri=True)) as base:
            base.row_factory = sqlite3.Row
            return [dict(row) for row in base.execute(text, values)]


def build_warehouse(folder: Path, path: Path) -> Warehouse:
    """Load the exported tables of `folder` into a new database at `path` and make the marts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("PRAGMA foreign_keys = ON")
        base.executescript(_sql("schema"))
        for table in TABLES:
            _load(base, table, folder / f"{table}.csv")
        base.executescript("CREATE INDEX orders_day ON orders (day, member_id);")
        base.executescript(_sql("daily_orders"))
        base.commit()
    return Warehouse(path)


def _sql(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def _load(base: sqlite3.Connection, table: str, path: Path) -> None:
    wanted = [str(row[1]) for row in base.execute(f"PRAGMA table_info({table})")]
    if not path.is_file():
        raise WarehouseError(f"{path} is missing")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if header != wanted:
            raise WarehouseError(f"{path.name}: columns {header}, wanted {wanted}")
        marks = ", ".join("?" * len(wanted))
        # Table names come from the list above, never from a file.
        statement = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608
        try:
            for batch in _batches(reader):
                base.executemany(statement, batch)
        except (sqlite3.Error, ValueError) as problem:
            where = f"{path.name}, near line {reader.line_num}"
            raise WarehouseError(f"{where}: {problem}") from problem


def _batches(reader: Iterator[Sequence[str]]) -> Iterator[list[list[str | None]]]:
    batch: list[list[str | None]] = []
    for row in reader:
        batch.append([cell or None for cell in row])
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch
