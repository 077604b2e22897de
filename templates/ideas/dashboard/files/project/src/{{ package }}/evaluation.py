"""Measure forecaster and risk model on the test year, next to what is simpler."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .backtest import Backtest, Method, backtest
from .baselines import ExponentialSmoothing, SeasonalAverage, SeasonalNaive
from .building import backtest_path, load_backtest, require_frozen, risk_path, snapshots
from .config import Plan, Settings, load_plan
from .intervals import covered, rolling_bands
from .panel import Matrix, Panel, load_panel
from .ranking import Flags
from .risk import Row, load_risk
from .warehouse import Warehouse

# The rule that a team would follow without a model; what is gained over it is measured in pairs.
BY_LAST_ORDER = "longest without an order"
BASELINES: tuple[Method, ...] = (SeasonalNaive(), SeasonalAverage(), ExponentialSmoothing())


@dataclass(frozen=True, slots=True)
class RiskTest:
    """Members of the test days: their rows, who left, and chances by each ranking."""

    rows: Sequence[Row]
    leaves: Flags
    chances: Matrix
    rankings: dict[str, Matrix]

    @property
    def members(self) -> list[str]:
        """Return whose row each is; a member may stand in several test days."""
        return [str(row["member_id"]) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that was measured; bands are levels x origins x horizon x shops."""

    plan: Plan
    panel: Panel
    model: Backtest
    baselines: list[Backtest]
    low: Matrix
    high: Matrix
    inside: Matrix
    risk: RiskTest


def evaluate(settings: Settings) -> Evaluation:
    """Measure on the test year; refuses tables other than the recorded ones."""
    plan = load_plan(settings)
    require_frozen(settings, plan)
    warehouse = Warehouse(settings.warehouse)
    panel = load_panel(warehouse)
    tested = load_backtest(backtest_path(settings))
    low, high = rolling_bands(tested)
    model = tested.part(slice(plan.development, None))
    # Bands begin after a year of windows, which is where the test year does.
    low, high = low[:, -len(model.origins) :], high[:, -len(model.origins) :]
    return Evaluation(
        plan=plan,
        panel=panel,
        model=model,
        baselines=[backtest(its, panel, model.origins, plan.horizon) for its in BASELINES],
        low=low,
        high=high,
        inside=covered(model.actuals, low, high),
        risk=score_test_days(settings, warehouse, panel, plan),
    )


def score_test_days(settings: Settings, warehouse: Warehouse, panel: Panel, plan: Plan) -> RiskTest:
    """Score the members of the test days, and rank them by simple rules too."""
    rows = snapshots(warehouse, panel, plan, plan.test_days(panel.days))
    quiet = np.array([row["days_since_order"] for row in rows], dtype=np.float64)
    tenure = np.array([row["tenure"] for row in rows], dtype=np.float64)
    return RiskTest(
        rows=rows,
        leaves=np.array([bool(row["leaves"]) for row in rows]),
        chances=load_risk(risk_path(settings)).chances(rows),
        rankings={BY_LAST_ORDER: quiet, "newest members": -tenure},
    )
