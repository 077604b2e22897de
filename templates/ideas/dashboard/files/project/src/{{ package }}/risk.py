"""Who may leave: a logistic regression on the member mart, calibrated on later days.

The fitted model is a handful of numbers, kept as JSON: it can be read, and loading it runs nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from .panel import Matrix

Row = Mapping[str, Any]

# A feature's family, and what to say of a member who has more or less of it than most.
REASONS = {
    "tenure": ("tenure", "a long-standing member", "a recent member"),
    "new": ("tenure", "joined in the last two months", "not new any more"),
    "orders_28": ("orders", "many orders in four weeks", "few orders in four weeks"),
    "orders_91": ("orders", "many orders in three months", "few orders in three months"),
    "orders_182": ("orders", "many orders in half a year", "few orders in half a year"),
    "slowing": ("pace", "orders less than usual", "orders more than usual"),
    "quiet": ("last order", "long since the last order", "ordered lately"),
    "quiet_for_them": ("last order", "quiet for someone so keen", "rarely ordered at all"),
    "spend_91": ("spending", "spends much", "spends little"),
    "tickets_28": ("help", "asked for help in four weeks", "did not ask for help lately"),
    "tickets_91": ("help", "asked for help in three months", "did not ask for help"),
    "late_91": ("deliveries", "had late deliveries", "no late deliveries"),
    "monthly": ("plan", "pays by the month", "bound for longer than a month"),
    "yearly": ("plan", "pays by the year", "not bound for a year"),
    "by_friend": ("channel", "came through a friend", "did not come through a friend"),
    "by_shop": ("channel", "joined in a shop", "did not join in a shop"),
    "by_offer": ("channel", "joined for an offer", "did not join for an offer"),
}


def member_features(rows: Sequence[Row]) -> Matrix:
    """Return members x features, in the order of `REASONS`."""
    return np.array([_features(row) for row in rows], dtype=np.float64).reshape(-1, len(REASONS))


def _features(row: Row) -> list[float]:
    usual = row["orders_182"] * 28 / min(max(row["tenure"], 28), 182)
    quiet = np.log1p(row["days_since_order"])
    return [
        np.log1p(row["tenure"]),
        row["tenure"] < 60,
        np.log1p(row["orders_28"]),
        np.log1p(row["orders_91"]),
        np.log1p(row["orders_182"]),
        -np.log((row["orders_28"] + 1) / (usual + 1)),
        quiet,
        quiet * np.log1p(row["orders_182"]),
        row["spend_91"] / 100,
        row["tickets_28"],
        row["tickets_91"],
        row["late_91"],
        row["plan"] == "monthly",
        row["plan"] == "yearly",
        row["channel"] == "friend",
        row["channel"] == "shop",
        row["channel"] == "offer",
    ]


@dataclass(frozen=True, slots=True)
class RiskModel:
    """Weights on standardised features; `stretch` and `shift` calibrate the score."""

    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    stretch: float = 1.0
    shift: float = 0.0

    def chances(self, rows: Sequence[Row]) -> Matrix:
        """Return each member's chance to leave within the window."""
        score = self.parts(rows).sum(axis=1) + self.bias
        return np.asarray(1 / (1 + np.exp(-(self.stretch * score + self.shift))))

    def parts(self, rows: Sequence[Row]) -> Matrix:
        """Return what each feature adds to each member's score, against the average member."""
        standard = (member_features(rows) - np.array(self.mean)) / np.array(self.scale)
        return np.asarray(standard * np.array(self.weights))

    def reasons(self, row: Row, limit: int = 3) -> list[str]:
        """Return what raises this member's chance most, one reason a family."""
        parts = self.parts([row])[0]
        found: dict[str, str] = {}
        for place in np.argsort(-parts, kind="stable").tolist():
            family, more, less = list(REASONS.values())[place]
            if parts[place] > 0 and len(found) < limit:
                found.setdefault(family, more if self.weights[place] > 0 else less)
        return list(found.values())


def _logistic(table: Matrix, leaves: Matrix, strength: float) -> tuple[Matrix, float]:
    """Return weights and bias of a logistic regression; a small `strength` holds it back."""
    fitted = LogisticRegression(C=strength, max_iter=1000).fit(table, leaves)
    return fitted.coef_[0], float(fitted.intercept_[0])


def train_risk(earlier: Sequence[Row], later: Sequence[Row]) -> RiskModel:
    """Learn the weights from `earlier` members, and calibrate on `later` ones."""
    # BEGIN SOLUTION risk
    table, leaves = member_features(earlier), np.array([row["leaves"] for row in earlier])
    mean, scale = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-9)
    weights, bias = _logistic((table - mean) / scale, leaves, strength=0.1)
    plain = RiskModel(tuple(mean.tolist()), tuple(scale.tolist()), tuple(weights.tolist()), bias)
    # Later members taught the weights nothing, so they can tell how far to trust them.
    scores = plain.parts(later).sum(axis=1, keepdims=True) + bias
    stretch, shift = _logistic(scores, np.array([row["leaves"] for row in later]), strength=1e6)
    return replace(plain, stretch=float(stretch[0]), shift=shift)
    # END SOLUTION
    # STUB: share = float(np.mean([row["leaves"] for row in [*earlier, *later]]))
    # STUB: none = (0.0,) * len(REASONS)
    # STUB: flat = RiskModel(none, (1.0,) * len(REASONS), none, bias=0.0)
    # STUB: return replace(flat, bias=float(np.log(share / (1 - share))))


def save_risk(model: RiskModel, path: Path) -> None:
    """Write the model as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(model), indent=1) + "\n", encoding="utf-8")


def load_risk(path: Path) -> RiskModel:
    """Read a model; a file that is not one raises `ValueError`."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        mean, scale, weights = (
            tuple(map(float, found[name])) for name in ("mean", "scale", "weights")
        )
        bias, stretch, shift = (float(found[name]) for name in ("bias", "stretch", "shift"))
        model = RiskModel(mean, scale, weights, bias, stretch, shift)
    except (KeyError, TypeError, ValueError) as problem:
        raise ValueError(f"{path} is not a risk model: {problem}") from problem
    if {len(model.mean), len(model.scale), len(model.weights)} != {len(REASONS)}:
        raise ValueError(f"{path} was made for other features: run `make build` again")
    return model
