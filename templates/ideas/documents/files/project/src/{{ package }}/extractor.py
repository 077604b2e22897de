"""The extractor: from a document to fields, line items, checks and confidence."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log
from operator import itemgetter

from .candidates import Candidate, find_candidates
from .checks import Check, Choice, check, choose_alone, choose_sums
from .confidence import Confidence, Signals
from .features import Scene, make_scene
from .fields import FIELDS, KINDS, SUMS
from .labels import Lexicon
from .pages import Document
from .scorer import Scorer
from .tables import LineItem, find_items, sum_of

FLOOR = 1e-4


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate and the log-odds that it is the value."""

    candidate: Candidate
    score: float


@dataclass(frozen=True, slots=True)
class FieldReading:
    """What was read for one field: nothing, or a candidate, and how sure that is."""

    field: str
    chosen: Candidate | None
    signals: Signals
    confidence: float

    @property
    def value(self) -> str | None:
        """The value in its plain form."""
        return self.chosen.value if self.chosen else None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read from a document."""

    fields: tuple[FieldReading, ...]
    items: tuple[LineItem, ...]
    checks: tuple[Check, ...]

    def values(self) -> dict[str, str | None]:
        """Return the plain values by field."""
        return {one.field: one.value for one in self.fields}

    @property
    def lowest(self) -> float:
        """The confidence of the field that is least sure."""
        return min(one.confidence for one in self.fields)


class Extractor:
    """Reads documents; the service, the command line and the evaluation all call `read`."""

    name = "learned scorer with checks"

    def __init__(
        self,
        lexicon: Lexicon,
        scorers: Mapping[str, Scorer],
        confidence: Confidence | None = None,
        checked: bool = True,
    ) -> None:
        self._lexicon = lexicon
        self._scorers = scorers
        self._confidence = confidence
        self._checked = checked

    def read(self, document: Document) -> Reading:
        """Return fields, items and checks of a document."""
        return self.decide(look_at(document, self._lexicon))

    def decide(self, scene: Scene) -> Reading:
        """Choose a candidate for each field, or none."""
        ranked = {field: self._rank(scene, field) for field in FIELDS}
        chosen = {field: _likely(ranked[field]) for field in FIELDS}
        if chosen["date"] and chosen["due_date"] == chosen["date"]:
            others = [one for one in ranked["due_date"] if one.candidate != chosen["date"]]
            chosen["due_date"] = _likely(others)
        amounts = [Decimal(one.value) for one in scene.candidates["amount"]]
        choices = {
            name: [Choice(Decimal(one.candidate.value), one.score) for one in ranked[name]]
            for name in SUMS
        }
        choose = choose_sums if self._checked else choose_alone
        sums = choose(choices, amounts, sum_of(scene.items))
        for name in SUMS:
            fitting = [
                one.candidate for one in ranked[name] if Decimal(one.candidate.value) == sums[name]
            ]
            chosen[name] = fitting[0] if fitting else None
        checks = tuple(check(sums, scene.items, amounts))
        fields = tuple(self._judge(field, chosen[field], ranked[field], checks) for field in FIELDS)
        return Reading(fields, scene.items, checks)

    def _rank(self, scene: Scene, field: str) -> list[Scored]:
        """Return the values by how likely they are, each at its likeliest place."""
        kind = KINDS[field]
        shares = self._scorers[field].shares(scene.rows[kind]).tolist()
        places: dict[str, list[tuple[float, Candidate]]] = defaultdict(list)
        for one, share in zip(scene.candidates[kind], shares, strict=True):
            places[one.value].append((share, one))
        ranked = [
            Scored(max(its, key=itemgetter(0))[1], _log_odds(sum(share for share, _ in its)))
            for its in places.values()
        ]
        return sorted(ranked, key=lambda scored: -scored.score)

    def _judge(
        self,
        field: str,
        chosen: Candidate | None,
        ranked: Sequence[Scored],
        checks: Sequence[Check],
    ) -> FieldReading:
        score = next((one.score for one in ranked if one.candidate == chosen), 0.0)
        rival = max((one.score for one in ranked if one.candidate != chosen), default=-9.0)
        if chosen is None:
            score = -rival
        total, items, _ = (one.state for one in checks)
        signals = Signals(
            field,
            score,
            score - max(rival, 0.0) if chosen else score,
            chosen is None,
            total == "ok",
            "off" in (total, items),
            items == "ok",
        )
        sure = self._confidence.of(signals) if self._confidence else 0.0
        return FieldReading(field, chosen, signals, sure)


def look_at(document: Document, lexicon: Lexicon) -> Scene:
    """Find candidates and line items."""
    return make_scene(document, find_candidates(document), find_items(document, lexicon), lexicon)


def _likely(ranked: Sequence[Scored]) -> Candidate | None:
    return ranked[0].candidate if ranked and ranked[0].score > 0 else None


def _log_odds(share: float) -> float:
    share = min(max(share, FLOOR), 1 - FLOOR)
    return log(share / (1 - share))
