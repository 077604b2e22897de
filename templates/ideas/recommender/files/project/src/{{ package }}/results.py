"""Turn the runs into the report: intervals, paired difference, slices, lists as a whole, money."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from .building import ABLATIONS, BLEND
from .business import Assumptions, yearly_uplift
from .comparison import compare, strongest
from .evaluation import Measured, Outcome, Run
from .measure import Estimate, estimate
from .report import DataRecord, Report
from .scoring import CUT, DEPTH, METRIC

TASK = "Books that readers buy in the coming week"
NOTE = (
    "The bookshop, its books and its readers are simulated; no real person bought anything. The "
    "simulator's view of what readers like is kept from the recommender, and the test weeks are "
    "frozen by their SHA-256. An interval is over readers, each of whom counts once."
)

Keep = Callable[[Outcome], bool]
SLICES: Mapping[str, Keep] = {
    "no purchase before": lambda o: o.setting.history == 0,
    "1 or 2 purchases before": lambda o: 1 <= o.setting.history <= 2,
    "3 to 9 purchases before": lambda o: 3 <= o.setting.history <= 9,
    "10 or more before": lambda o: o.setting.history >= 10,
    "buys a new book": lambda o: bool(o.setting.new_books),
    "buys one book": lambda o: len(o.setting.case.bought) == 1,
    "buys several books": lambda o: len(o.setting.case.bought) > 1,
}


def make_report(
    measured: Measured, assumptions: Assumptions, digests: Mapping[str, str], seed: int
) -> Report:
    """Return the report of the project against its baselines."""
    runs = {run.name: run for run in measured.runs}
    model = runs[BLEND]
    ablations = [runs[name] for name in ABLATIONS]
    baselines = [run for name, run in runs.items() if name not in (BLEND, *ABLATIONS)]
    rival = strongest(baselines)
    found = compare(METRIC, model, baselines, seed)
    return Report(
        task=TASK,
        primary=found.primary,
        baselines=found.baselines,
        difference=found.difference,
        data=DataRecord("simulated", NOTE, dict(digests)),
        seed=seed,
        unit="number",
        ablations=[estimate(run.name, run.scores, seed) for run in ablations],
        slices={name: _slice(name, keep, (model, rival), seed) for name, keep in SLICES.items()},
        secondary={
            **{run.name: secondary(run, measured) for run in measured.runs},
            **{f"diversity {level:g}": row for level, row in measured.trade_off.items()},
        },
        business=business(model, rival, assumptions),
    )


def _slice(name: str, keep: Keep, runs: Sequence[Run], seed: int) -> dict[str, Estimate]:
    kept = [Run(run.name, tuple(filter(keep, run.outcomes))) for run in runs]
    return {run.name: estimate(name, run.scores, seed) for run in kept if run.outcomes}


def secondary(run: Run, measured: Measured) -> dict[str, float]:
    """Return what nDCG does not show: how deep, how wide and how unexpected the lists are."""
    shown = [book for outcome in run.outcomes for book in outcome.ranked[:CUT]]
    new = [o for o in run.outcomes if o.setting.new_books]
    return {
        f"recall_at_{DEPTH}": float(np.mean([o.recall for o in run.outcomes])),
        f"hit_rate_at_{CUT}": float(np.mean([o.hit for o in run.outcomes])),
        "coverage": len(set(shown)) / measured.on_sale,
        "novelty_bits": float(-np.log2(measured.shares[shown]).mean()),
        f"new_book_recall_at_{DEPTH}": float(np.mean([_found_new(o) for o in new])),
    }


def _found_new(outcome: Outcome) -> float:
    new = outcome.setting.new_books
    return len(set(outcome.ranked[:DEPTH]) & set(new)) / len(new)


def business(model: Run, baseline: Run, assumptions: Assumptions) -> dict[str, float]:
    """Return hit rates and the money that their difference may bring a year."""
    mine, theirs = (float(np.mean([o.hit for o in run.outcomes])) for run in (model, baseline))
    return {
        "hit_rate": mine,
        "hit_rate_of_stronger_baseline": theirs,
        "yearly_margin_uplift": yearly_uplift(mine, theirs, assumptions),
    }
