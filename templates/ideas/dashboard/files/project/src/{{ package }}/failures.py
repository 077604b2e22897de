"""Error analysis: the windows and members that the models got most wrong, as they were."""

import numpy as np

from .evaluation import Evaluation
from .slices import kinds_of_day

WORST = 12


def describe(found: Evaluation) -> str:
    """Return reports/errors.md."""
    return "\n".join([*_windows(found), "", *_days(found), "", *_members(found), ""])


def _windows(found: Evaluation) -> list[str]:
    panel, tested = found.panel, found.model
    errors = np.nanmean(tested.scaled_errors(), axis=1)
    signed = np.nanmean(np.log1p(tested.actuals) - np.log1p(tested.forecasts), axis=1)
    lines = [
        "# What went wrong",
        "",
        "## The worst forecasts",
        "",
        "A miss to one side means that the shop's level moved; a miss to both sides is noise.",
        "",
        "| From | Shop | MASE | On average | Looks like |",
        "| --- | --- | ---: | ---: | --- |",
    ]
    order = np.argsort(-errors, axis=None, kind="stable")[:WORST]
    for window, shop in np.stack(np.unravel_index(order, errors.shape), axis=1).tolist():
        gaps = tested.actuals[window, :, shop] - tested.forecasts[window, :, shop]
        one_side = abs(np.nansum(gaps)) / max(float(np.nansum(np.abs(gaps))), 1e-9)
        lines.append(
            f"| {panel.day(tested.origins[window])} | {panel.shops[shop]} "
            f"| {errors[window, shop]:.2f} | {np.expm1(signed[window, shop]):+.0%} "
            f"| {'the level moved' if one_side > 0.8 else 'noise around the level'} |"
        )
    return lines


def _days(found: Evaluation) -> list[str]:
    panel, tested = found.panel, found.model
    kinds = kinds_of_day(panel)
    errors = np.nan_to_num(tested.scaled_errors())
    lines = [
        "## The worst days",
        "",
        "| Day | Shop | Orders | Forecast | 95% band | Kind of day |",
        "| --- | --- | ---: | ---: | ---: | --- |",
    ]
    order = np.argsort(-errors, axis=None, kind="stable")[:WORST]
    for window, ahead, shop in np.stack(np.unravel_index(order, errors.shape), axis=1).tolist():
        day = tested.origins[window] + ahead
        kind = next(name for name, mask in kinds.items() if mask[day, shop])
        place = (-1, window, ahead, shop)
        lines.append(
            f"| {panel.day(day)} | {panel.shops[shop]} | {tested.actuals[window, ahead, shop]:.0f} "
            f"| {tested.forecasts[window, ahead, shop]:.0f} "
            f"| {found.low[place]:.0f} to {found.high[place]:.0f} "
            f"| {kind} {panel.holidays[day]} |"
        )
    return lines


def _members(found: Evaluation) -> list[str]:
    risk = found.risk
    lines = [
        "## Members who left although their chance was lowest",
        "",
        "| Member | Chance | Orders in 4 weeks | Days since one | Tickets in 13 weeks | Tenure |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    order = [place for place in np.argsort(risk.chances, kind="stable") if risk.leaves[place]]
    for place in order[:WORST]:
        row = risk.rows[place]
        lines.append(
            f"| {row['member_id']} | {risk.chances[place]:.1%} | {row['orders_28']} "
            f"| {row['days_since_order']:.0f} | {row['tickets_91']} | {row['tenure']:.0f} days |"
        )
    return lines
