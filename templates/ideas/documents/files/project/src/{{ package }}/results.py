"""Turn the runs into the report: intervals, paired difference, slices, straight-through, money."""

from collections.abc import Mapping, Sequence
from typing import Any

from .business import Assumptions, minutes_saved, monthly_value
from .comparison import compare, slices, strongest
from .evaluation import UNCHECKED, Outcome, Run
from .fields import FIELDS
from .measure import estimate
from .report import DataRecord, Report
from .scoring import METRIC

TASK = "Fields of invoices and receipts in layouts that were never seen"
NOTE = (
    "All documents are drawn from a seed: companies, goods and amounts are made up. Two of eight "
    "layouts are held out entirely, and the truth of their documents is frozen by its SHA-256."
)


def make_report(
    runs: Sequence[Run],
    known: Run,
    threshold: float,
    assumptions: Assumptions,
    digests: Mapping[str, str],
    seed: int,
) -> Report:
    """Return the report of the first run against the others."""
    model, unchecked, *baselines = runs
    rival = strongest(baselines)
    found = compare(METRIC, model, baselines, seed)
    labels = [(one.case.layout, *one.case.quirks) for one in model.outcomes]
    layouts = dict.fromkeys(one.case.layout for one in model.outcomes)
    quirks = sorted({quirk for one in model.outcomes for quirk in one.case.quirks})
    return Report(
        task=TASK,
        primary=found.primary,
        baselines=found.baselines,
        difference=found.difference,
        data=DataRecord("simulated", NOTE, dict(digests)),
        seed=seed,
        ablations=[estimate(UNCHECKED, unchecked.scores, seed)],
        slices=slices([*layouts, *quirks], labels, (model, rival), seed),
        secondary={
            "straight through, new layouts": straight_through(model, threshold, seed),
            "straight through, known layouts": straight_through(known, threshold, seed),
            **{f"line items, {run.name}": _items(run, seed) for run in (model, *baselines)},
            **{f"fields, {run.name}": _by_field(run) for run in (model, *baselines)},
        },
        guardrails=guardrails(model, threshold),
        business=business(model, rival, threshold, assumptions),
    )


def straight_through(run: Run, threshold: float, seed: int) -> dict[str, float]:
    """Return how many documents nobody needs to look at, and how many of their fields are right."""
    passed = [outcome for outcome in run.outcomes if goes_through(outcome, threshold)]
    rate = estimate("rate", [float(goes_through(o, threshold)) for o in run.outcomes], seed)
    found = {"threshold": threshold, "rate": rate.value, "documents": float(len(passed))}
    found |= {"field_f1": _mean(run.scores)}
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


def _mean(values: Sequence[Any]) -> float:
    return float(sum(values) / len(values)) if values else 0.0
