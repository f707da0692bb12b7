"""Finding passages: dense and BM25 candidates of one moment, fused by score.

Every hit is live in the catalogue, and its text comes from there. Candidates that only BM25 found get their
cosine from the catalogue's vectors, so that both scores are exact for all of them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus.catalogue.index_state import check_vectors
from corpus.copies import repeated
from corpus.fusion import fuse
from corpus.lexical import match_expression
from corpus.store import catalogue_at, place_of, stack
from corpus.types import Filters, Hit, Passage
from corpus.vectors import VectorIndex, Vectors32

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from corpus.catalogue import Catalogue, IndexState
    from corpus.catalogue.reader import Snapshot
    from corpus.embedding.embedder import QueryEmbedder
    from corpus.settings import RetrievalSettings

EVERYTHING = Filters()
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, and the time each stage took, in milliseconds."""

    hits: list[Hit]
    timings_ms: dict[str, int]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Live passages by id with their scores: `dense` is the cosine of each, `lexical` BM25 where it matched."""

    passages: Mapping[str, Passage]
    dense: Mapping[str, float]
    lexical: Mapping[str, float]


class Searcher:
    """Search in one store. Safe to use from several threads, and while another process ingests."""

    def __init__(
        self,
        data_dir: Path,
        chroma_url: str | None,
        embedder: QueryEmbedder,
        settings: RetrievalSettings,
    ) -> None:
        self.catalogue: Catalogue = catalogue_at(data_dir)
        self.embedder = embedder
        self._vectors = VectorIndex(place_of(data_dir, chroma_url))
        self._settings = settings

    def search(self, question: str, k: int, filters: Filters = EVERYTHING) -> SearchResult:
        """The k best passages for a question.

        Raises StoreMissing, StoreMismatch or StoreDamaged when the store cannot be searched.
        """
        started = time.perf_counter()
        if self.is_empty():
            return SearchResult([], {"embed": 0, "candidates": 0, "rerank": 0, "total": 0})
        vector = self.embedder.vectors([question])[0]
        embedded = time.perf_counter()
        found = self._consistent(question, vector, filters)
        hits = _ranked(found, self._settings.dense_weight)[:k]
        done = time.perf_counter()
        return SearchResult(
            hits,
            {
                "embed": _ms(embedded - started),
                "candidates": _ms(done - embedded),
                "rerank": 0,
                "total": _ms(done - started),
            },
        )

    def is_empty(self) -> bool:
        """Whether the store holds nothing to find. Raises StoreMismatch when it was built differently."""
        with self.catalogue.snapshot() as snapshot:
            state = snapshot.index_state()
            if state is None:
                return True
            check_vectors(self.embedder.spec, state.spec.vectors)
            return snapshot.counts().articles == 0

    def close(self) -> None:
        """Let go of Chroma."""
        self._vectors.close()

    def _consistent(self, question: str, vector: Vectors32, filters: Filters) -> Candidates:
        """Candidates of one generation: asked again when a writer moved on meanwhile."""
        for _ in range(ATTEMPTS - 1):
            state, found = self._candidates(question, vector, filters)
            with self.catalogue.snapshot() as snapshot:
                if snapshot.index_state() == state:
                    return found
        return self._candidates(question, vector, filters)[1]

    def _candidates(self, question: str, vector: Vectors32, filters: Filters) -> tuple[IndexState | None, Candidates]:
        with self.catalogue.snapshot() as snapshot:
            state = snapshot.index_state()
            if state is None:
                return None, Candidates({}, {}, {})
            self._vectors.open(state.collection, state.generation, state.spec)
            dense = self._live_dense(snapshot, vector, filters)
            lexical = self._lexical(snapshot, question, filters)
            live = snapshot.live_passages([*dense, *lexical])
            copied = repeated((passage for passage, _ in live.values()), snapshot)
            live = {key: found for key, found in live.items() if key not in copied}
            missing = {key: live[key][1] for key in lexical if key not in dense and key in live}
            dense |= _cosines(vector, missing, snapshot, state.spec.vectors.model)
        return state, Candidates(
            {key: passage for key, (passage, _) in live.items()},
            {key: score for key, score in dense.items() if key in live},
            {key: score for key, score in lexical.items() if key in live},
        )

    def _live_dense(self, snapshot: Snapshot, vector: Vectors32, filters: Filters) -> dict[str, float]:
        """The nearest live passages. What is not live is dropped and made up for by asking for more."""
        wanted = limit = self._settings.candidates
        while True:
            found = self._vectors.query(vector, limit, filters)
            live = snapshot.live_passages(found)
            if len(live) >= wanted or len(found) < limit:
                return {key: score for key, score in found.items() if key in live}
            limit *= 2

    def _lexical(self, snapshot: Snapshot, question: str, filters: Filters) -> dict[str, float]:
        match = match_expression(question)
        if match is None:
            return {}
        settings = self._settings
        return snapshot.lexical(match, filters, settings.candidates, settings.title_weight)


def _cosines(vector: Vectors32, hashes: Mapping[str, str], snapshot: Snapshot, model: str) -> dict[str, float]:
    if not hashes:
        return {}
    known = snapshot.known_vectors(model, hashes.values())
    scores = stack(known, list(hashes.values())) @ vector
    return dict(zip(hashes, (float(score) for score in scores), strict=True))


def _ranked(found: Candidates, dense_weight: float) -> list[Hit]:
    """All candidates as hits, best first."""
    best = max(found.lexical.values(), default=0.0)
    fused = fuse(found.dense, found.lexical, dense_weight)
    hits = []
    for key in sorted(fused, key=lambda key: (-fused[key], key)):
        passage = found.passages[key]
        lexical = found.lexical.get(key, 0.0)
        share = lexical / best if best > 0 else 0.0
        hits.append(Hit(passage, fused[key], float(np.clip(found.dense[key], -1, 1)), share))
    return hits


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
