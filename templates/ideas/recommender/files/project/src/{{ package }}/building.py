"""Build: read the shop's files, learn the weights, keep the evidence of the last morning."""

from pathlib import Path

from .blend import fit_weights
from .catalogue import read_books, read_purchases
from .config import Settings, load_knobs, load_schedule
from .evidence import CONTENT, EASE, FRESH, KNN, NAMES, POPULAR, SERIES, Catalogue, gather
from .ledger import Ledger
from .model import Model, input_digests, save_model
from .training import make_lessons

BLEND = "this project"
ABLATIONS = {
    "without the catalogue": (KNN, EASE, POPULAR, FRESH),
    "without other readers": (CONTENT, SERIES, POPULAR, FRESH),
}


def load_ledger(settings: Settings, *extra: Path) -> Ledger:
    """Read the catalogue and the purchases that may be learned from, then further files."""
    books = read_books(settings.books_path)
    files = (settings.purchases_path, *extra)
    return Ledger(books, [row for path in files for row in read_purchases(path, books)])


def build(settings: Settings) -> Model:
    """Build the model and write it; the same files give the same model."""
    schedule, knobs = load_schedule(settings), load_knobs(settings)
    start, stop = schedule.validation_from.toordinal(), schedule.test_from.toordinal()
    ledger = load_ledger(settings)
    catalogue = Catalogue.of(ledger.books)
    lessons = make_lessons(ledger, catalogue, knobs, start, stop)
    kinds = {BLEND: NAMES, **ABLATIONS}
    model = Model(
        morning=stop,
        digests=input_digests(settings),
        weights={name: fit_weights(lessons, used) for name, used in kinds.items()},
        evidence=gather(ledger, catalogue, knobs, stop),
    )
    save_model(model, settings)
    return model
