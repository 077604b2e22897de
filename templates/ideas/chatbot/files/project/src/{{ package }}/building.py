"""Build: read the pages, learn from the development questions, write the index."""

from pathlib import Path

from .cases import load_cases
from .config import Settings
from .corpus import load_corpus
from .digest import file_digest
from .index import (
    Index,
    code_digest,
    corpus_digest,
    corpus_folder,
    index_path,
    load_search_terms,
    load_synonyms,
    save_index,
)
from .toolkit import HYBRID, PAGES_ALONE, Toolkit
from .training import train_hybrid, tune_gate


def dev_path(settings: Settings) -> Path:
    """Return where the development questions lie. The test questions are never read here."""
    return settings.data_dir / "eval" / "dev.jsonl"


def build(settings: Settings) -> Index:
    """Build the index and write it; the same pages and questions give the same index."""
    passages = load_corpus(corpus_folder(settings), load_search_terms(settings))
    cases = load_cases(dev_path(settings), passages)
    synonyms = load_synonyms(settings)
    toolkit = Toolkit(passages, synonyms)
    trained = {
        HYBRID: train_hybrid(toolkit, cases),
        PAGES_ALONE: train_hybrid(toolkit.pages_alone(), cases),
    }
    gates = {name: gate for name, (_, gate) in trained.items()}
    for baseline in (toolkit.keyword(), toolkit.bm25()):
        gates[baseline.name] = tune_gate(toolkit, [baseline] * len(cases), cases)
    index = Index(
        code_digest=code_digest(),
        corpus_digest=corpus_digest(settings),
        dev_digest=file_digest(dev_path(settings)),
        passages=tuple(passages),
        synonyms=synonyms,
        weights={name: weights for name, (weights, _) in trained.items()},
        gates=gates,
    )
    save_index(index, index_path(settings))
    return index
