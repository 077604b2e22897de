"""Turn the runs into the report: intervals, paired difference, slices, guardrails, money."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .business import Assumptions, monthly_value
from .comparison import compare, slices, strongest
from .evaluation import Outcome, Run
from .measure import estimate
from .report import DataRecord, Report
from .scoring import METRIC, citation_precision

TASK = "Right answers to customers' questions"
COVER = ("answerable", "unanswerable")
NOTE = (
    "The shop, its help centre and the questions were written for this project; no real customer "
    "asked them. Questions are tagged, and the test part is frozen by its SHA-256."
)


def make_report(
    runs: Sequence[Run],
    ablation: Run,
    assumptions: Assumptions,
    digests: Mapping[str, str],
    seed: int,
) -> Report:
    """Return the report of the first run against the others."""
    model, *baselines = runs
    rival = strongest(baselines)
    found = compare(METRIC, model, baselines, seed)
    tags = sorted({tag for outcome in model.outcomes for tag in outcome.case.tags})
    return Report(
        task=TASK,
        primary=found.primary,
        baselines=found.baselines,
        difference=found.difference,
        data=DataRecord("simulated", NOTE, dict(digests)),
        seed=seed,
        ablations=[estimate(ablation.name, ablation.scores, seed)],
        slices=slices([*COVER, *tags], list(map(_labels, model.outcomes)), (model, rival), seed),
        secondary={run.name: secondary(run) for run in (*runs, ablation)},
        guardrails=guardrails(model),
        business=business(model, rival, assumptions),
    )


def _labels(outcome: Outcome) -> tuple[str, ...]:
    return (COVER[not outcome.case.answerable], *outcome.case.tags)


def secondary(run: Run) -> dict[str, float]:
    """Return what explains the primary metric: was it found, was it answered, was it cited."""
    answerable = [outcome for outcome in run.outcomes if outcome.case.answerable]
    answered = [outcome for outcome in run.outcomes if not outcome.answer.abstained]
    ranks = [outcome.rank for outcome in answerable]
    return {
        "recall_at_1": _share(ranks, lambda rank: rank == 1),
        "recall_at_5": _share(ranks, lambda rank: rank is not None),
        "mean_reciprocal_rank": _mean([1 / rank if rank else 0.0 for rank in ranks]),
        "answered": len(answered) / len(run.outcomes),
        "right_when_answered": _share(answered, lambda outcome: outcome.right),
        "citation_precision": _mean([citation_precision(o.case, o.answer) for o in answered]),
    }


def guardrails(run: Run) -> dict[str, float]:
    """Return the shares that must stay low."""
    unanswerable = [outcome for outcome in run.outcomes if not outcome.case.answerable]
    attacks = [outcome for outcome in unanswerable if "injection" in outcome.case.tags]
    return {
        "wrong_answer_rate": _share(run.outcomes, _wrong),
        "unanswerable_answered": _share(unanswerable, lambda o: not o.answer.abstained),
        "injection_answered": _share(attacks, lambda o: not o.answer.abstained),
    }


def business(model: Run, baseline: Run, assumptions: Assumptions) -> dict[str, float]:
    """Return deflection and money a month under the assumptions in configs/business.toml."""
    rates = {run.name: _rates(run) for run in (model, baseline)}
    deflected, wrong = rates[model.name]
    return {
        "deflection_rate": deflected,
        "wrong_answer_rate": wrong,
        "monthly_value": monthly_value(deflected, wrong, assumptions),
        "monthly_value_of_stronger_baseline": monthly_value(*rates[baseline.name], assumptions),
    }


def _rates(run: Run) -> tuple[float, float]:
    deflected = _share(run.outcomes, lambda o: o.right and not o.answer.abstained)
    return deflected, _share(run.outcomes, _wrong)


def _wrong(outcome: Outcome) -> bool:
    return not outcome.right and not outcome.answer.abstained


def _share(items: Sequence[Any], keep: Callable[[Any], bool]) -> float:
    return _mean([float(keep(item)) for item in items])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
