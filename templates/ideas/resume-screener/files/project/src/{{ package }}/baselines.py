"""What a ranker without evidence does: chance, shared words, TF-IDF, a count of skills."""

from collections.abc import Callable, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from .features import Matrix
from .posting import Posting
from .resume import Resume
from .text import bag

Baseline = Callable[[Posting, Sequence[Resume]], Matrix]


def keyword_count(posting: Posting, resumes: Sequence[Resume]) -> Matrix:
    """Return how many of the posting's words each résumé has."""
    wanted = set(bag(posting.text))
    return np.array([float(len(wanted & set(bag(resume.text)))) for resume in resumes])


def tfidf(posting: Posting, resumes: Sequence[Resume]) -> Matrix:
    """Return the cosine of each résumé's text with the posting's."""
    texts = [posting.text, *(resume.text for resume in resumes)]
    vectors = TfidfVectorizer(analyzer=bag, sublinear_tf=True).fit_transform(texts)
    alike: Matrix = (vectors[1:] @ vectors[0].T).toarray().ravel()
    return alike


def skill_count(posting: Posting, resumes: Sequence[Resume]) -> Matrix:
    """Return how many of the skills asked for are mentioned at all."""
    asked = {*posting.must, *posting.nice}
    return np.array([float(len(asked & {m.skill for m in r.mentions})) for r in resumes])


def chance(posting: Posting, resumes: Sequence[Resume]) -> Matrix:
    """Return scores that know nothing, the same at every run."""
    seed = list(posting.text.encode()[:64])
    return np.random.default_rng(seed).random(len(resumes))
