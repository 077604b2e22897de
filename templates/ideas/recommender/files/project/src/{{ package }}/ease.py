"""EASE: a linear model that predicts each book from all others, in closed form (Steck, 2019)."""

import numpy as np
from scipy.sparse import csr_matrix

from .ledger import Floats


def ease(bought: csr_matrix, ridge: float) -> Floats:
    """Return B with zero diagonal that minimises |X - XB|^2 + ridge |B|^2."""
    # BEGIN SOLUTION ease
    gram: Floats = (bought.T @ bought).toarray()
    gram[np.diag_indices_from(gram)] += ridge
    precision = np.linalg.inv(gram)
    weights: Floats = precision / -precision.diagonal()[None, :]
    np.fill_diagonal(weights, 0.0)
    return weights
    # END SOLUTION
    # STUB: del ridge  # no book speaks for another yet
    # STUB: return np.zeros((bought.shape[1], bought.shape[1]))
