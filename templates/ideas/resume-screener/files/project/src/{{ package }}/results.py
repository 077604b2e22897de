"""Turn the runs into the report: intervals, paired difference, slices, audit, hours."""

from collections.abc import Mapping, Sequence

from .audit import FOUR_FIFTHS, Swap, rates, ratio, ratio_of_qualified
from .business import Assumptions, hours_saved
from .comparison import compare, slices, strongest
from .evaluation import Outcome, Run
from .measure import estimate
from .report import DataRecord, Report
from .scoring import METRIC, QUALIFIED
from .simulation.make import UNSEEN

TASK = "Ranking the applications for a job"
NOTE = (
    "People, jobs and résumés are simulated with a hidden truth; no real person applied. "
    "The test jobs and their applicants are none of those that were learned from, and the part is "
    "frozen by its SHA-256."
)
FEW = 4


def make_report(
    runs: Sequence[Run],
    baselines: Sequence[Run],
    swaps: Mapping[str, Swap],
    extraction: Mapping[str, float],
    assumptions: Assumptions,
    digests: Mapping[str, str],
    seed: int,
) -> Report:
    """Return the report of the first run against its ablations and the baselines."""
    model, *ablations = runs
    rival = strongest(baselines)
    found = compare(METRIC, model, baselines, seed)
    labels = [_labels(outcome) for outcome in model.outcomes]
    names = sorted({label for its in labels for label in its})
    return Report(
        task=TASK,
        primary=found.primary,
        baselines=found.baselines,
        difference=found.difference,
        data=DataRecord("simulated", NOTE, dict(digests)),
        seed=seed,
        ablations=[estimate(run.name, run.scores, seed) for run in ablations],
        slices=slices(names, labels, (model, rival), seed),
        secondary={run.name: secondary(run) for run in (*runs, *baselines)},
        guardrails=guardrails(model, swaps, extraction),
        business=business(model, rival, assumptions),
    )


def _labels(outcome: Outcome) -> tuple[str, ...]:
    qualified = sum(grade >= QUALIFIED for grade in outcome.case.grades)
    return (
        f"trade: {outcome.case.family}",
        "trades not trained on" if outcome.case.family in UNSEEN else "trades trained on",
        "few qualified" if qualified <= FEW else "many qualified",
    )


def secondary(run: Run) -> dict[str, float]:
    """Return what else is measured on a run, the audit's part among it."""
    return {
        "precision_at_5": _mean(run.precisions),
        "share_read_for_90_percent": _mean(run.shares_read),
        "selection_rate_ratio": ratio(run),
        "selection_rate_ratio_of_qualified": ratio_of_qualified(run),
        **{f"selection_rate_{name}": rate for name, rate in rates(run).items()},
    }


def guardrails(
    model: Run, swaps: Mapping[str, Swap], extraction: Mapping[str, float]
) -> dict[str, float]:
    """Return what must hold besides the ranking: skills are found, a name moves nothing."""
    moved = {
        f"name_swap_{what}_{name}": getattr(swap, what)
        for name, swap in swaps.items()
        for what in ("gap", "lean", "changed")
    }
    even = ratio(model)
    return {
        **extraction,
        **moved,
        "name_swap_n": float(next(iter(swaps.values())).n),
        "selection_rate_ratio": even,
        "four_fifths_kept": float(even >= FOUR_FIFTHS),
    }


def business(model: Run, rival: Run, assumptions: Assumptions) -> dict[str, float]:
    """Return hours and money a month if reading stops once 90% of the qualified are found."""
    read = {run.name: _mean(run.shares_read) for run in (model, rival)}
    hours = {name: hours_saved(share, assumptions) for name, share in read.items()}
    return {
        "share_read": read[model.name],
        "share_read_of_stronger_baseline": read[rival.name],
        "hours_saved_per_month": hours[model.name],
        "hours_saved_by_stronger_baseline": hours[rival.name],
        "monthly_value": hours[model.name] * assumptions.hourly_cost,
        "monthly_value_of_stronger_baseline": hours[rival.name] * assumptions.hourly_cost,
    }


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
