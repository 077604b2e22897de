"""Learn the ranker's weights and each system's gate, from the development questions alone.

What is tuned on a question must not have been learned from it, so gates are tuned out of fold.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
# BEGIN SOLUTION ranking
from scipy.optimize import minimize
from scipy.special import logsumexp

# END SOLUTION
# STUB:
from .assistant import Assistant
from .cases import Case
from .features import NAMES, Matrix
from .gate import Flags, Gate, best_threshold, fit_gate
from .guard import screen
from .scoring import is_right
from .search import HybridSearcher, Searcher
from .toolkit import Toolkit

FOLDS = 5
GATE_FOLDS = 10
RIDGE = 0.1


def train_ranker(searcher: HybridSearcher, sources: Sequence[str], cases: Sequence[Case]) -> Matrix:
    """Learn the weights that make a cited section the likeliest of all (conditional logit)."""
    # BEGIN SOLUTION ranking
    matrices: list[Matrix] = []
    targets: list[Matrix] = []
    for case in cases:
        right = np.array([source in case.sources for source in sources], dtype=np.float64)
        if right.any():
            matrices.append(searcher.matrix(screen(case.question).query))
            targets.append(right / right.sum())
    evidence, wanted = np.stack(matrices), np.stack(targets)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = evidence @ weights
        logs = scores - logsumexp(scores, axis=1, keepdims=True)
        slope = np.tensordot(np.exp(logs) - wanted, evidence, axes=2)
        value = RIDGE * weights @ weights - (wanted * logs).sum()
        return float(value), slope + 2 * RIDGE * weights

    weights: Matrix = minimize(loss, np.zeros(len(NAMES)), jac=True, method="BFGS").x
    return weights
    # END SOLUTION
    # STUB: del searcher, sources, cases  # nothing is learned: all columns weigh the same
    # STUB: return np.ones(len(NAMES))


def train_hybrid(toolkit: Toolkit, cases: Sequence[Case]) -> tuple[tuple[float, ...], Gate]:
    """Return the weights from all cases, and a gate tuned on rankings made out of fold."""
    plain = toolkit.hybrid(np.ones(len(NAMES)).tolist())
    sources = [passage.source for passage in toolkit.passages]
    folds = np.arange(len(cases)) % FOLDS
    searchers = []
    for fold in range(FOLDS):
        seen = [case for case, its in zip(cases, folds, strict=True) if its != fold]
        searchers.append(toolkit.hybrid(train_ranker(plain, sources, seen).tolist()))
    gate = tune_gate(toolkit, [searchers[fold] for fold in folds], cases)
    return tuple(train_ranker(plain, sources, cases).tolist()), gate


def tune_gate(toolkit: Toolkit, searchers: Sequence[Searcher], cases: Sequence[Case]) -> Gate:
    """Fit a gate and choose the threshold that gets most cases right; one searcher a case."""
    pairs = [
        (searcher, case)
        for searcher, case in zip(searchers, cases, strict=True)
        if _reaches_gate(case)
    ]
    signals = np.stack([_strongest(searcher, case) for searcher, case in pairs])
    answerable = np.array([case.answerable for _, case in pairs])
    gate = fit_gate(signals, answerable)
    always = replace(gate, threshold=0.0)
    provider = toolkit.extractive()
    right = [
        case.answerable
        and is_right(case, Assistant(searcher, always, provider, passages=0).ask(case.question))
        for searcher, case in pairs
    ]
    confidences = _out_of_fold(signals, answerable)
    return replace(gate, threshold=best_threshold(confidences, np.array(right), answerable))


def _reaches_gate(case: Case) -> bool:
    screened = screen(case.question)
    return bool(screened.query) and not screened.private


def _strongest(searcher: Searcher, case: Case) -> Matrix:
    """Return the signals of the part of the question that ranks its best passage highest."""
    rankings = searcher.search(screen(case.question).query)
    return max((ranking.signals for ranking in rankings), key=lambda row: float(row[0]))


def _out_of_fold(signals: Matrix, answerable: Flags) -> Matrix:
    """Return each row's confidence under a gate that was fitted without it."""
    folds = np.arange(len(signals)) % GATE_FOLDS
    gates = [
        fit_gate(signals[folds != fold], answerable[folds != fold]) for fold in range(GATE_FOLDS)
    ]
    return np.array([gates[fold].confidence(row) for fold, row in zip(folds, signals, strict=True)])
