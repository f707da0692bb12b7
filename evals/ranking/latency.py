"""How long a search takes in a filled store, with the reranker and without.

Each question is asked of all sides in turn, in one warm process. The plain side is what any vector store would do: the
question embedded, and one Chroma query for as many candidates; machines differ, and the ratio to it less so.
"""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import numpy as np

from corpus.embedding.location import BUILTIN
from corpus.errors import UsageError
from corpus.opening import open_embedder, open_searcher
from corpus.reranking.location import NONE
from corpus.store import catalogue_at, place_of
from corpus.types import Filters
from corpus.vectors import VectorIndex
from evals.ranking.measured import Section
from evals.ranking.searching import PASSAGES, shown
from evals.statistics.intervals import statistic_estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from corpus.catalogue import Catalogue
    from corpus.settings import CorpusSettings
    from evals.ranking.measured import Figures
    from evals.statistics.intervals import Estimate, Floats

    Ask = Callable[[str], object]

ASKED = 200
WARM_UP = 100  # questions asked before
PLAIN = "plain"
SIDES = {"without_reranker": NONE, "with_reranker": BUILTIN}


def section(settings: CorpusSettings, data_dir: Path) -> Section:
    """Milliseconds of a search, in the store of a data directory. Raises UsageError when it holds too little."""
    settings = settings.model_copy(update={"data_dir": data_dir, "chroma_url": None})
    catalogue = catalogue_at(data_dir)
    asked = _questions(catalogue, ASKED + WARM_UP)
    with catalogue.snapshot() as snapshot:
        passages = snapshot.counts().passages
    with ExitStack() as stack:
        sides = {PLAIN: stack.enter_context(_plain(settings, catalogue))}
        sides |= {side: stack.enter_context(_searching(settings, name)) for side, name in SIDES.items()}
        times: dict[str, list[float]] = {side: [] for side in sides}
        for question in shown(asked, "latency"):
            for side, ask in sides.items():
                times[side].append(_milliseconds(ask, question))
    kept = {side: np.array(taken[WARM_UP:]) for side, taken in times.items()}
    return Section("latency", {"passages": passages, "questions": ASKED}, _figures(kept))


def _questions(catalogue: Catalogue, wanted: int) -> list[str]:
    """Titles of the store's articles, from all over it."""
    with catalogue.snapshot() as snapshot:
        found = [version.article.title for version in snapshot.by_status("live") if version.article.title]
    if len(found) < wanted:
        raise UsageError(f"--store {catalogue.path.parent}: it holds {len(found)} articles; {wanted} are needed.")
    return found[:: len(found) // wanted][:wanted]


@contextmanager
def _plain(settings: CorpusSettings, catalogue: Catalogue) -> Iterator[Ask]:
    embedder, vectors = open_embedder(settings), VectorIndex(place_of(settings.data_dir, None))
    with catalogue.snapshot() as snapshot:
        state = snapshot.index_state()
    if state is None:
        raise UsageError(f"--store {settings.data_dir}: it has no vectors. Run `accord ingest` first.")
    vectors.open(state.collection, state.generation, state.spec)
    try:
        yield lambda question: vectors.query(embedder.vectors([question])[0], settings.retrieval.candidates, Filters())
    finally:
        vectors.close()


@contextmanager
def _searching(settings: CorpusSettings, reranker: str) -> Iterator[Ask]:
    searcher = open_searcher(settings.model_copy(update={"reranker": reranker}))
    try:
        yield lambda question: searcher.search(question, PASSAGES)
    finally:
        searcher.close()


def _milliseconds(ask: Ask, question: str) -> float:
    started = time.perf_counter()
    ask(question)
    return (time.perf_counter() - started) * 1000


def _figures(times: dict[str, Floats]) -> Figures:
    """Medians and 95th percentiles, and what they are to each other."""
    figures: dict[str, Estimate] = {}
    for side, taken in times.items():
        figures[f"{side}_p50_ms"] = statistic_estimate(taken, _half)
        figures[f"{side}_p95_ms"] = statistic_estimate(taken, _most)
        figures[f"{side}_p95_to_p50"] = statistic_estimate(taken, lambda drawn: _most(drawn) / _half(drawn))
    for side in SIDES:
        both = np.stack([times[side], times[PLAIN]], axis=1)
        figures[f"{side}_to_plain"] = statistic_estimate(both, lambda drawn: _half(drawn[:, 0]) / _half(drawn[:, 1]))
    return figures


def _half(taken: Floats) -> float:
    return float(np.median(taken))


def _most(taken: Floats) -> float:
    return float(np.percentile(taken, 95))
