"""A score for a résumé's words alone, whatever the job: learned, so it learns prejudice too.

Without redaction, names are words like any others. That is why it is trained twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
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


def fit(texts: Sequence[str], targets: Matrix) -> Wording:
    """Learn what the words say of the grade, by ridge regression on their presence."""
    counter = CountVectorizer(analyzer=spoken, min_df=RARE, binary=True)
    model = Ridge(alpha=RIDGE, solver="sparse_cg", tol=1e-8).fit(
        counter.fit_transform(texts), targets
    )
    weights = np.round(model.coef_, DIGITS).tolist()
    names = counter.get_feature_names_out().tolist()
    return Wording(round(float(model.intercept_), DIGITS), dict(zip(names, weights, strict=True)))


def out_of_fold(texts: Sequence[str], targets: Matrix, folds: Matrix) -> list[float]:
    """Return each text's score by a model that has not seen its fold."""
    scores = np.zeros(len(texts))
    for fold in np.unique(folds):
        seen = folds != fold
        model = fit([text for text, its in zip(texts, seen, strict=True) if its], targets[seen])
        for place in np.nonzero(~seen)[0].tolist():
            scores[place] = model.score(texts[place])
    return scores.tolist()
