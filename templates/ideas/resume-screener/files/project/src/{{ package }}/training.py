"""Learn from the development jobs' grades alone.

The words' score is one column of evidence, so while the columns are weighed it must come from
models that haven't seen the job at hand: otherwise it would look better than it is.
"""

from collections.abc import Sequence

import numpy as np

from . import wording
from .config import Settings
from .data import load_grades, load_pools
from .digest import tree_digest
from .features import NAMES, Matrix
from .model import OPEN, PLAIN, REDACTED, Model, Ranker, code_digest, model_path, save_model
from .ranker import train as train_weights
from .screener import Reader
from .wording import Wording

FOLDS = 5


def train(settings: Settings) -> Model:
    """Train the ranker, and its two ablations, and write them."""
    model = learn(settings)
    save_model(model, model_path(settings))
    return model


def learn(settings: Settings, jobs: slice = slice(None)) -> Model:
    """Train on the development jobs, or some of them."""
    reader = Reader(settings)
    pools = load_pools(settings, "dev")[jobs]
    known = load_grades(settings)
    grades = [[known[row.id] for row in rows] for _, rows in pools]
    rankers = {}
    for name, redacts in ((REDACTED, True), (OPEN, False)):
        postings = [reader.posting(job) for job, _ in pools]
        resumes = [[reader.resume(row.text, redacts) for row in rows] for _, rows in pools]
        texts = [[resume.text for resume in its] for its in resumes]
        said, final = _learn_words(texts, grades)
        evidence = [
            reader.rows(posting, its, column)
            for posting, its, column in zip(postings, resumes, said, strict=True)
        ]
        rankers[name] = Ranker(redacts, train_weights(evidence, grades), final)
        if redacts:
            plain = [_without_words(rows) for rows in evidence]
            rankers[PLAIN] = Ranker(True, train_weights(plain, grades), Wording(0.0, {}))
    folder = settings.generated_dir / "dev"
    return Model(code_digest(settings), tree_digest(folder.glob("*.jsonl"), folder), rankers)


def _learn_words(
    texts: Sequence[Sequence[str]], grades: Sequence[Sequence[int]]
) -> tuple[list[list[float]], Wording]:
    """Return the words' score of each application out of fold, and the model from all."""
    flat = [text for pool in texts for text in pool]
    targets = np.concatenate([np.array(its) - np.mean(its) for its in grades])
    folds = np.concatenate([np.full(len(its), job % FOLDS) for job, its in enumerate(grades)])
    scores, final = wording.learn(flat, targets, folds)
    said = iter(scores)
    return [[next(said) for _ in pool] for pool in texts], final


def _without_words(rows: Matrix) -> Matrix:
    return np.where(np.array(NAMES) == "wording", 0.0, rows)
