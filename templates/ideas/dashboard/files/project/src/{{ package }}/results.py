"""Turn the evaluation into the report: intervals, paired difference, slices, guardrails, money."""

from collections.abc import Mapping

import numpy as np

from .backtest import Backtest
from .evaluation import Evaluation
from .intervals import LEVELS
from .measure import Difference, Estimate, estimate, paired_difference
from .profit import Assumptions, profit_of, threshold
from .ranking import average_precision, calibration_error, interval, lift
from .report import DataRecord, Report
from .slices import mase_within, masks

TASK = "Daily orders of each shop, two weeks ahead"
METRIC = "MASE"
NOTE = (
    "The company, its shops, members and orders are simulated from a seed; no such company exists. "
    "The causes stay inside the simulation, and the tables are frozen by their SHA-256."
)


def make_report(found: Evaluation, its: Assumptions, digest: str, seed: int) -> Report:
    """Return the report; lower is better for MASE, so differences are baseline - model."""
    strongest = found.strongest
    difference = paired_difference(strongest.name, strongest.mase(), found.model.mase(), seed)
    return Report(
        task=TASK,
        primary=estimate(METRIC, found.model.mase(), seed),
        baselines=[estimate(tested.name, tested.mase(), seed) for tested in found.baselines],
        difference=difference,
        data=DataRecord("simulated", NOTE, {"data/raw": digest}),
        seed=seed,
        slices=slices(found, strongest, seed),
        secondary={
            **coverage(found, seed),
            **risk_scores(found, seed),
        },
        guardrails=guardrails(found, difference),
        business=business(found, its, seed),
    )


def slices(found: Evaluation, baseline: Backtest, seed: int) -> dict[str, dict[str, Estimate]]:
    """Return model and baseline on each part of the test year."""
    return {
        name: {
            "model": estimate("model", mase_within(found.model, mask), seed),
            "baseline": estimate(baseline.name, mase_within(baseline, mask), seed),
        }
        for name, mask in masks(found.panel, found.model).items()
    }


def coverage(found: Evaluation, seed: int) -> dict[str, Mapping[str, float]]:
    """Return how often days fall within their bands, and how wide those are."""
    rows: dict[str, Mapping[str, float]] = {}
    for place, level in enumerate(LEVELS):
        inside = found.inside[place].reshape(len(found.model.origins), -1)
        share = estimate("coverage", np.nanmean(inside, axis=1).tolist(), seed)
        width = (found.high[place] - found.low[place]) / np.maximum(found.model.forecasts, 1.0)
        rows[f"band {level:.0%}"] = {
            "promised": level,
            "covered": share.value,
            "covered_low": share.ci95[0],
            "covered_high": share.ci95[1],
            "width_share": float(np.nanmean(width)),
        }
    return rows


def risk_scores(found: Evaluation, seed: int) -> dict[str, Mapping[str, float]]:
    """Return ranking quality of the risk model and of the simple rules."""
    risk = found.risk
    scores: dict[str, Mapping[str, float]] = {}
    for name, chances in {"risk model": risk.chances, **risk.rankings}.items():
        low, high = interval(average_precision, chances, risk.leaves, risk.members, seed)
        scores[name] = {
            "pr_auc": average_precision(chances, risk.leaves),
            "pr_auc_low": low,
            "pr_auc_high": high,
            "lift_at_10": lift(chances, risk.leaves),
        }
    scores["members"] = {
        "rows": float(len(risk.rows)),
        "members": float(len(set(risk.members))),
        "leaving_share": float(risk.leaves.mean()),
        "calibration_error": calibration_error(risk.chances, risk.leaves),
    }
    return scores


def guardrails(found: Evaluation, difference: Difference) -> dict[str, float]:
    """Return what must not slip while the primary metric rises."""
    errors = np.log1p(found.model.actuals) - np.log1p(found.model.forecasts)
    worst = [np.nanmean(found.inside[0, ..., shop]) for shop in range(len(found.panel.shops))]
    wins = np.array(found.strongest.mase()) > np.array(found.model.mase())
    return {
        "bias": float(np.nanmean(errors)),
        "worst_shop_coverage_80": float(min(worst)),
        "origins_won": float(wins.mean()),
        "difference_low": difference.ci95[0],
    }


def business(found: Evaluation, its: Assumptions, seed: int) -> dict[str, float]:
    """Return what calling members brings on the test days, by the assumptions."""
    risk = found.risk
    calls = risk.chances >= threshold(its)
    everyone = np.ones_like(calls)
    days = len(found.plan.test_days(found.panel.days))

    def profit(chances: np.ndarray, leaves: np.ndarray) -> float:
        return profit_of(chances >= threshold(its), leaves, its) / days

    low, high = interval(profit, risk.chances, risk.leaves, risk.members, seed)
    quiet = risk.rankings["longest without an order"]
    same = np.argsort(-quiet, kind="stable")[: int(calls.sum())]
    by_rule = np.isin(np.arange(len(calls)), same)
    return {
        "profit_a_round": profit_of(calls, risk.leaves, its) / days,
        "profit_a_round_low": low,
        "profit_a_round_high": high,
        "profit_calling_everyone": profit_of(everyone, risk.leaves, its) / days,
        "profit_calling_nobody": 0.0,
        "profit_calling_as_many_by_last_order": profit_of(by_rule, risk.leaves, its) / days,
        "calls_a_round": float(calls.sum()) / days,
        "threshold": threshold(its),
        **{name: value for name, value in its.model_dump().items() if name != "currency"},
    }
