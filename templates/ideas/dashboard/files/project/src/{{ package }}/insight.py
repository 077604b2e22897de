"""What the page and the weekly report tell, put together once from what was built."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .alerts import Alert, feature_alerts, forecast_alerts
from .assumptions import read_assumptions
from .backtest import Backtest
from .building import NotBuiltError, backtest_path, load_backtest, risk_path, snapshots
from .config import Plan, Settings, load_plan
from .evaluation import RiskTest, score_test_days
from .forecasting import CalendarRegression, Fitted
from .intervals import LEVELS, Bands, covered, fit_bands, residuals, rolling_bands
from .panel import Matrix, Panel, load_panel
from .profit import Assumptions
from .risk import REASONS, RiskModel, Row, load_risk, member_features
from .warehouse import Warehouse, WarehouseError

ALL = "All shops"
RECENT = 26  # windows that bands are made from
WATCHED = 4  # windows that alerts look at
TENURES = ((60, "under 2 months"), (365, "2 to 12 months"), (730, "1 to 2 years"))


class UnknownShopError(ValueError):
    """No shop has this name."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """One shop's days ahead: bands are levels x days."""

    forecast: Matrix
    low: Matrix
    high: Matrix


@dataclass(frozen=True)
class Insight:
    """Read-only; `members` are those of the last recorded day."""

    plan: Plan
    panel: Panel
    fitted: Fitted
    tested: Backtest
    shop_bands: Bands
    total_bands: Bands
    order_value: float
    members: Sequence[Row]
    chances: Matrix
    model: RiskModel
    risk_test: RiskTest
    assumptions: Assumptions
    alerts: tuple[Alert, ...]

    @classmethod
    def load(cls, settings: Settings) -> "Insight":
        """Read what was built; raises `NotBuiltError` where something is missing."""
        try:
            return _load(settings)
        except (OSError, ValueError, WarehouseError) as problem:
            raise NotBuiltError(str(problem)) from problem

    @property
    def names(self) -> tuple[str, ...]:
        """All shops together first, then each."""
        return (ALL, *self.panel.shops)

    def history(self, name: str, days: int) -> Matrix:
        """Return the last `days` of orders, NaN where unknown."""
        orders = self.panel.orders[-days:]
        return orders.sum(axis=1) if name == ALL else orders[:, self.panel.shops.index(name)]

    def outlook(self, name: str, panel: Panel | None = None) -> Outlook:
        """Return the days ahead, by the plans of `panel` if they are other than the recorded."""
        if name not in self.names:
            raise UnknownShopError(f"no such shop: {name}; one of {', '.join(self.names)}")
        table = self.fitted.forecast(panel or self.panel, self.plan.horizon)
        if name == ALL:
            ahead, bands = table.sum(axis=1), self.total_bands
        else:
            ahead, bands = table[:, self.panel.shops.index(name)], self.shop_bands
        low, high = bands.around(ahead)
        return Outlook(ahead, low, high)

    def with_offer(self, name: str, start: int, days: int, discount: float) -> Panel:
        """Return the panel with other plans for the days ahead: one offer, or none (0)."""
        plans = self.panel.discount.copy()
        ahead = slice(self.panel.days, self.panel.days + self.plan.horizon)
        places = [self.panel.shops.index(shop) for shop in self.panel.shops if name in (ALL, shop)]
        plans[ahead, places] = 0.0
        first = self.panel.days + start - 1
        plans[first : min(first + days, ahead.stop), places] = discount
        return replace(self.panel, discount=plans)

    def segment(self, by: str) -> list[str]:
        """Return each member's segment by a dimension."""
        if by == "tenure":
            return [tenure_band(row["tenure"]) for row in self.members]
        return [str(row[by]) for row in self.members]


def tenure_band(days: float) -> str:
    """Return the name of a length of membership."""
    return next((name for below, name in TENURES if days < below), "over 2 years")


def _load(settings: Settings) -> Insight:
    plan = load_plan(settings)
    warehouse = Warehouse(settings.warehouse)
    panel = load_panel(warehouse)
    tested = load_backtest(backtest_path(settings))
    model = load_risk(risk_path(settings))
    last = panel.day(panel.days - 1).isoformat()
    members = warehouse.rows("member_features", as_of=last, window=plan.window)
    recent = warehouse.query(
        "SELECT sum(revenue) / sum(orders) AS value FROM daily_orders WHERE day > :since",
        since=panel.day(panel.days - 92).isoformat(),
    )
    risk_test = score_test_days(settings, warehouse, panel, plan)
    errors = residuals(tested)[-RECENT:]
    return Insight(
        plan=plan,
        panel=panel,
        fitted=CalendarRegression().fit(panel),
        tested=tested,
        shop_bands=fit_bands(errors),
        total_bands=fit_bands(residuals(totals(tested))[-RECENT:]),
        order_value=float(recent[0]["value"]),
        members=members,
        chances=model.chances(members),
        model=model,
        risk_test=risk_test,
        assumptions=read_assumptions(settings.configs_dir / "business.toml", Assumptions),
        alerts=(
            *_forecast_alerts(panel, tested),
            *_member_alerts(snapshots(warehouse, panel, plan, plan.calibration_days), members),
        ),
    )


def totals(tested: Backtest) -> Backtest:
    """Return the backtest of all shops together; a day with an unknown shop is unknown."""
    return replace(
        tested,
        forecasts=tested.forecasts.sum(axis=2, keepdims=True),
        actuals=tested.actuals.sum(axis=2, keepdims=True),
        scale=tested.scale.sum(axis=1, keepdims=True),
    )


def _forecast_alerts(panel: Panel, tested: Backtest) -> list[Alert]:
    low, high = rolling_bands(tested)
    recent = slice(-WATCHED, None)
    inside = covered(tested.actuals[recent], low[0, recent], high[0, recent])
    return forecast_alerts(panel.shops, residuals(tested)[recent], inside, LEVELS[0])


def _member_alerts(before: Sequence[Row], now: Sequence[Row]) -> list[Alert]:
    then, here = member_features(before), member_features(now)
    names = list(REASONS)
    return feature_alerts(
        {name: then[:, place] for place, name in enumerate(names)},
        {name: here[:, place] for place, name in enumerate(names)},
    )
