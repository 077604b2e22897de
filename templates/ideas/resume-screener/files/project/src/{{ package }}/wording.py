"""A score for a résumé's words alone, whatever the job: learned, so it learns prejudice too.

Without redaction, names are words like any others. That is why it is trained twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import Ridge

from .features import Matrix
from .text import spoken

RARE = 8
RIDGE = 60.0
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Wording:
    """A weight for each word that is not rare."""

    base: float
    weights: Mapping[str, float]

    def telling(self, text: str, count: int = 3) -> tuple[list[str], list[str]]:
        """Return the words of a text that speak most for it, and most against."""
        found = sorted((self.weights.get(word, 0.0), word) for word in set(spoken(text)))
        against = [word for weight, word in found[:count] if weight < 0]
        return [word for weight, word in reversed(found[-count:]) if weight > 0], against

    def score(self, text: str) -> float:
        return self.base + sum(self.weights.get(word, 0.0) for word in sorted(set(spoken(text))))


def learn(texts: Sequence[str], targets: Matrix, folds: Matrix) -> tuple[list[float], Wording]:
    """Learn what the words say of the grade, by ridge regression on their presence.

    Returns each text's score by a model that has not seen its fold, and the model from all.
    """
    counter = CountVectorizer(analyzer=spoken, binary=True)
    present = csr_matrix(counter.fit_transform(texts), dtype=np.float64)
    scores = np.zeros(len(texts))
    for fold in np.unique(folds):
        seen = folds != fold
        base, weights = _fit(present[seen], targets[seen])
        scores[~seen] = base + present[~seen] @ weights
    base, weights = _fit(present, targets)
    names = counter.get_feature_names_out().tolist()
    known = {name: weight for name, weight in zip(names, weights.tolist(), strict=True) if weight}
    return scores.tolist(), Wording(base, known)


def _fit(present: csr_matrix, targets: Matrix) -> tuple[float, Matrix]:
    """Return base and weights, those of rare words being zero."""
    common = np.asarray(present.sum(axis=0)).ravel() >= RARE
    model = Ridge(alpha=RIDGE, solver="sparse_cg", tol=1e-8).fit(present[:, common], targets)
    weights = np.zeros(present.shape[1])
    weights[common] = np.round(model.coef_, DIGITS)
    return round(float(model.intercept_), DIGITS), weights
