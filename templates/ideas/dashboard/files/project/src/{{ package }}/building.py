"""Build: get the tables, load the database, learn, and keep what was learned."""

from collections.abc import Iterable
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from .backtest import Backtest, backtest
from .config import Plan, Settings, load_plan
from .digest import DigestMismatchError, tree_digest
from .forecasting import CalendarRegression
from .panel import Panel, load_panel
from .risk import Row, save_risk, train_risk
from .simulation import export
from .warehouse import TABLES, Warehouse, build_warehouse


class NotBuiltError(RuntimeError):
    """There is nothing to read yet, or it is broken; the text says what to run."""


def risk_path(settings: Settings) -> Path:
    """Return where the risk model lies."""
    return settings.models_dir / "risk.json"


def backtest_path(settings: Settings) -> Path:
    """Return where the forecaster's own backtest lies: its bands are made from it."""
    return settings.models_dir / "backtest.npz"


def data_digest(settings: Settings) -> str:
    """Return one SHA-256 over the exported tables."""
    return tree_digest((settings.raw / f"{table}.csv" for table in TABLES), settings.raw)


def build(settings: Settings) -> None:
    """Make everything below models/; the tables are simulated first where there are none."""
    plan = load_plan(settings)
    if not (settings.raw / "orders.csv").is_file():
        export(settings.raw, plan.data_seed)
    require_frozen(settings, plan)
    warehouse = build_warehouse(settings.raw, settings.warehouse)
    panel = load_panel(warehouse)
    origins = plan.origins(panel.days)
    save_backtest(
        backtest(CalendarRegression(), panel, origins, plan.horizon), backtest_path(settings)
    )
    model = train_risk(
        snapshots(warehouse, panel, plan, plan.learning_days),
        snapshots(warehouse, panel, plan, plan.calibration_days),
    )
    save_risk(model, risk_path(settings))


def require_frozen(settings: Settings, plan: Plan) -> None:
    """Refuse tables other than the recorded ones."""
    found = data_digest(settings)
    if found != plan.data_sha256:
        raise DigestMismatchError(
            f"the tables in {settings.raw} are not the recorded ones: their SHA-256 is {found}. "
            "Delete them to have them made anew; for tables of your own, record it in "
            "configs/evaluation.toml"
        )


def snapshots(warehouse: Warehouse, panel: Panel, plan: Plan, days: Iterable[int]) -> list[Row]:
    """Return the members of several days, one below the other."""
    rows: list[Row] = []
    for day in days:
        as_of = panel.day(day).isoformat()
        rows += warehouse.rows("member_features", as_of=as_of, window=plan.window)
    return rows


def save_backtest(tested: Backtest, path: Path) -> None:
    """Write arrays only: loading them can't run code."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        origins=np.array(tested.origins),
        forecasts=tested.forecasts,
        actuals=tested.actuals,
        scale=tested.scale,
    )


def load_backtest(path: Path) -> Backtest:
    """Read what `save_backtest` wrote."""
    try:
        with np.load(path, allow_pickle=False) as found:
            return Backtest(
                CalendarRegression().name,
                tuple(int(origin) for origin in found["origins"]),
                found["forecasts"],
                found["actuals"],
                found["scale"],
            )
    except (OSError, EOFError, KeyError, ValueError, BadZipFile) as problem:
        raise NotBuiltError(f"{path} can't be read: run `make demo` first") from problem
