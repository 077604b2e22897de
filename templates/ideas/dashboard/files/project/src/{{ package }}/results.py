"""Turn the evaluation into the report: intervals, paired difference, slices, guardrails, money."""

from collections.abc import Mapping

import numpy as np

from .backtest import Backtest
from .comparison import compare, strongest
from .evaluation import BY_LAST_ORDER, Evaluation, RiskTest
from .intervals import LEVELS
from .measure import Difference, Estimate, estimate
from .profit import Assumptions, gains, threshold
from .ranking import Ranking, ahead_by_member, by_member, calibration_error
from .report import DataRecord, Report
from .slices import mase_within, masks

TASK = "Daily orders of each shop, two weeks ahead"
METRIC = "MASE"
NOTE = (
    "The company, its shops, members and orders are simulated from a seed; no such company exists. "
    "The causes stay inside the simulation, and the tables are frozen by their SHA-256."
)


def make_report(found: Evaluation, its: Assumptions, digest: str, seed: int) -> Report:
    """Return the report; a case is one origin, its score the mean over shops and days."""
    rival = strongest(found.baselines, better="lower")
    compared = compare(METRIC, found.model, found.baselines, seed, better="lower")
    return Report(
        task=TASK,
        primary=compared.primary,
        baselines=compared.baselines,
        difference=compared.difference,
        data=DataRecord("simulated", NOTE, {"data/raw": digest}),
        seed=seed,
        unit="number",
        better="lower",
        slices=slices(found, rival, seed),
        secondary={**coverage(found, seed), **risk_scores(found, seed)},
        guardrails=guardrails(found, rival),
        business=business(found, its, seed),
    )


def slices(found: Evaluation, rival: Backtest, seed: int) -> dict[str, dict[str, Estimate]]:
    """Return model and stronger baseline on each part of the test year."""
    return {
        name: {
            tested.name: estimate(name, mase_within(tested, mask), seed)
            for tested in (found.model, rival)
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
        ranking = Ranking.of(chances, risk.leaves)
        area = by_member("PR-AUC", ranking.average_precision, risk.members, seed)
        lift = by_member("lift", ranking.lift, risk.members, seed)
        scores[name] = {
            **_with_interval("pr_auc", area),
            **_with_interval("lift_at_10", lift),
        }
    scores["risk model"] = {**scores["risk model"], **_ahead(risk, seed)}
    scores["members"] = {
        "rows": float(len(risk.rows)),
        "members": float(len(set(risk.members))),
        "leaving_share": float(risk.leaves.mean()),
        "calibration_error": calibration_error(risk.chances, risk.leaves),
    }
    return scores


def _ahead(risk: RiskTest, seed: int) -> dict[str, float]:
    """Return how far the risk model is ahead of the simple rule, on the same draws of members."""
    ours = Ranking.of(risk.chances, risk.leaves)
    rule = Ranking.of(risk.rankings[BY_LAST_ORDER], risk.leaves)
    pairs = {
        "pr_auc_ahead": (ours.average_precision, rule.average_precision),
        "lift_at_10_ahead": (ours.lift, rule.lift),
    }
    gaps: dict[str, float] = {}
    for name, (mine, theirs) in pairs.items():
        gap = ahead_by_member(BY_LAST_ORDER, mine, theirs, risk.members, seed)
        gaps |= _with_interval(name, gap)
    return gaps


def guardrails(found: Evaluation, rival: Backtest) -> dict[str, float]:
    """Return what must not slip while the primary metric falls."""
    errors = np.log1p(found.model.actuals) - np.log1p(found.model.forecasts)
    shops = [float(np.nanmean(found.inside[0, ..., shop])) for shop in range(errors.shape[-1])]
    won = np.array(rival.scores) > np.array(found.model.scores)
    return {
        "bias": abs(float(np.nanmean(errors))),
        "worst_shop_coverage_80": min(shops),
        "origins_won": float(won.mean()),
    }


def business(found: Evaluation, its: Assumptions, seed: int) -> dict[str, float]:
    """Return what calling members brings a round, by the assumptions: mean of the test days."""
    risk = found.risk
    worth = gains(risk.leaves.astype(np.float64), its)
    calls = risk.chances >= threshold(its)
    rounds = len(found.plan.test_days(found.panel.days))
    quiet = risk.rankings[BY_LAST_ORDER]
    by_rule = np.argsort(-quiet, kind="stable")[: int(calls.sum())]
    called = worth * calls
    profit = by_member("profit", lambda w: float(w @ called) / rounds, risk.members, seed)
    return {
        **_with_interval("profit_a_round", profit),
        "profit_calling_everyone": float(worth.sum()) / rounds,
        "profit_calling_nobody": 0.0,
        "profit_calling_as_many_by_last_order": float(worth[by_rule].sum()) / rounds,
        "calls_a_round": float(calls.sum()) / rounds,
        "threshold": threshold(its),
        **{name: value for name, value in its.model_dump().items() if name != "currency"},
    }


def _with_interval(name: str, its: Estimate | Difference) -> dict[str, float]:
    return {name: its.value, f"{name}_low": its.ci95[0], f"{name}_high": its.ci95[1]}
