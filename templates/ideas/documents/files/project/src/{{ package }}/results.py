"""Turn the runs into the report: intervals, paired difference, slices, straight-through, money."""

from collections.abc import Mapping, Sequence
from typing import Any

from .business import Assumptions, minutes_saved, monthly_value
from .evaluation import UNCHECKED, Outcome, Run
from .fields import FIELDS
from .measure import Estimate, estimate, paired_difference
from .report import DataRecord, Report
from .scoring import METRIC

TASK = "Fields of invoices and receipts in layouts that were never seen"
NOTE = (
    "All documents are drawn from a seed: companies, goods and amounts are made up. Two of six "
    "layouts are held out entirely, and the truth of their documents is frozen by its SHA-256."
)


def make_report(
    runs: Sequence[Run],
    threshold: float,
    assumptions: Assumptions,
    digests: Mapping[str, str],
    seed: int,
) -> Report:
    """Return the report of the first run against the others."""
    model, unchecked, *baselines = runs
    strongest = max(baselines, key=lambda run: sum(run.scores))
    return Report(
        task=TASK,
        primary=estimate(METRIC, model.scores, seed),
        baselines=[estimate(run.name, run.scores, seed) for run in baselines],
        difference=paired_difference(strongest.name, model.scores, strongest.scores, seed),
        data=DataRecord("simulated", NOTE, dict(digests)),
        seed=seed,
        ablations=[estimate(UNCHECKED, unchecked.scores, seed)],
        slices=slices(model, strongest, seed),
        secondary={
            "straight through": straight_through(model, threshold, seed),
            **{f"line items, {run.name}": _items(run, seed) for run in (model, *baselines)},
            **{f"fields, {run.name}": _by_field(run) for run in (model, *baselines)},
        },
        guardrails=guardrails(model, threshold),
        business=business(model, strongest, threshold, assumptions),
    )


def slices(model: Run, baseline: Run, seed: int) -> dict[str, dict[str, Estimate]]:
    """Return the score of both systems for each layout and each peculiarity."""
    names = dict.fromkeys(outcome.case.layout for outcome in model.outcomes)
    names |= dict.fromkeys(sorted({q for o in model.outcomes for q in o.case.quirks}))
    return {
        name: {
            run.name: estimate(name, [o.f1 for o in run.outcomes if _in(o, name)], seed)
            for run in (model, baseline)
        }
        for name in names
    }


def straight_through(run: Run, threshold: float, seed: int) -> dict[str, float]:
    """Return how many documents nobody needs to look at, and how many of their fields are right."""
    passed = [outcome for outcome in run.outcomes if goes_through(outcome, threshold)]
    rate = estimate("rate", [float(goes_through(o, threshold)) for o in run.outcomes], seed)
    found = {"threshold": threshold, "rate": rate.value, "documents": float(len(passed))}
    found |= {"rate_low": rate.ci95[0], "rate_high": rate.ci95[1]}
    if passed:
        right = [1 - len(outcome.wrong) / len(FIELDS) for outcome in passed]
        precision = estimate("precision", right, seed)
        found |= {"field_precision": precision.value}
        found |= {"precision_low": precision.ci95[0], "precision_high": precision.ci95[1]}
    return found


def goes_through(outcome: Outcome, threshold: float) -> bool:
    """Whether every field is sure enough that nobody needs to look."""
    return outcome.reading is not None and outcome.reading.lowest >= threshold


def guardrails(run: Run, threshold: float) -> dict[str, float]:
    """Return the shares that must stay low."""
    passed = [outcome for outcome in run.outcomes if goes_through(outcome, threshold)]
    wrong_total = [float("total" in outcome.wrong) for outcome in run.outcomes]
    wrong = sum(len(outcome.wrong) for outcome in passed) / (len(FIELDS) * max(len(passed), 1))
    return {"wrong_fields_let_through": wrong, "wrong_totals": _mean(wrong_total)}


def business(
    model: Run, baseline: Run, threshold: float, assumptions: Assumptions
) -> dict[str, float]:
    """Return minutes for a document and money for a month, from configs/business.toml."""
    ours = minutes_saved(*_work(model, threshold), assumptions)
    theirs = minutes_saved(*_work(baseline, threshold), assumptions)
    return {
        "minutes_saved_per_document": ours,
        "minutes_saved_by_stronger_baseline": theirs,
        "monthly_value": monthly_value(ours, assumptions),
        "monthly_value_of_stronger_baseline": monthly_value(theirs, assumptions),
    }


def _work(run: Run, threshold: float) -> tuple[float, float, float]:
    """Return the share that goes through, and wrong fields for a document, seen and not seen."""
    count = len(run.outcomes)
    passed = [outcome for outcome in run.outcomes if goes_through(outcome, threshold)]
    let = sum(len(outcome.wrong) for outcome in passed) / count
    wrong = sum(len(outcome.wrong) for outcome in run.outcomes) / count
    return len(passed) / count, wrong - let, let


def _items(run: Run, seed: int) -> dict[str, float]:
    scores = estimate("line items", [outcome.items_f1 for outcome in run.outcomes], seed)
    return {"f1": scores.value, "f1_low": scores.ci95[0], "f1_high": scores.ci95[1]}


def _by_field(run: Run) -> dict[str, float]:
    return {
        name: _mean([float(name not in outcome.wrong) for outcome in run.outcomes])
        for name in FIELDS
    }


def _in(outcome: Outcome, name: str) -> bool:
    return name == outcome.case.layout or name in outcome.case.quirks


def _mean(values: Sequence[Any]) -> float:
    return float(sum(values) / len(values)) if values else 0.0
