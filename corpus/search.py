"""Finding passages: read the question, find candidates, fuse, rerank, choose.

question -> reading (days, outlet) and sides -> candidates -> fused order -> judged order -> chosen hits
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from corpus.answerability import calibrations, signals_of
from corpus.asking.reading import Reading, read
from corpus.asking.sides import sides
from corpus.asking.timeliness import day_of, fit
from corpus.candidates import CandidateFinder, Wanted
from corpus.catalogue.index_state import check_vectors
from corpus.choosing import FRONT, all_heard, distinct, joined
from corpus.covering import Covered, Covering
from corpus.ranking import SIDE_DEPTH, Weights, by_fusion, by_judgement, pooled
from corpus.stages import Stages
from corpus.store import catalogue_at, place_of
from corpus.types import Filters, Hit
from corpus.vectors import VectorIndex

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from corpus.answerability import Calibration, Signals
    from corpus.catalogue import Catalogue
    from corpus.embedding.embedder import QueryEmbedder
    from corpus.ranking import Pool
    from corpus.reranking.judgement import Judgement
    from corpus.reranking.reranker import Reranker
    from corpus.settings import RetrievalSettings
    from corpus.types import Passage

EVERYTHING = Filters()
NOTHING_READ = Reading()


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts of search are at work: all of them, but where what each brings is measured."""

    dense: bool = True
    lexical: bool = True
    dates: bool = True
    rerank: bool = True
    diversity: bool = True
    sides: bool = True
    merge: bool = True


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, and the time each stage took, in milliseconds.

    `reranked` is False where there is no reranker or its deadline passed; `timings_ms["deadline"]` is then that
    deadline. `filters` are the limits that were kept: those given, and the question's own "as of". `reading` is what
    the question says of the articles that it wants.
    """

    hits: list[Hit]
    timings_ms: dict[str, int]
    reranked: bool
    filters: Filters
    reading: Reading = NOTHING_READ


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    filters: Filters
    reading: Reading
    covered: Covered


class Searcher:
    """Search in one store. Safe to use from several threads, and while another process ingests."""

    def __init__(
        self,
        data_dir: Path,
        chroma_url: str | None,
        embedder: QueryEmbedder,
        settings: RetrievalSettings,
        reranker: Reranker | None = None,
        parts: Parts | None = None,
    ) -> None:
        self.catalogue: Catalogue = catalogue_at(data_dir)
        self.embedder = embedder
        self.reranker = reranker
        self._vectors = VectorIndex(place_of(data_dir, chroma_url))
        self._finder = CandidateFinder(self.catalogue, self._vectors, settings)
        self._covering = Covering(self.catalogue)
        self._settings = settings
        self._parts = parts or Parts()
        self._weights = Weights(settings.dense_weight if self._parts.dense else 0.0)

    def search(self, question: str, k: int | None = None, filters: Filters = EVERYTHING) -> SearchResult:
        """The k best passages for a question; as many as the settings say where there is no k.

        Raises StoreMissing, StoreMismatch or StoreDamaged when the store cannot be searched.
        """
        stages = Stages()
        if self.is_empty():
            return SearchResult([], stages.timings_ms(), False, filters)
        asked = self._asked(question, filters)
        wanted = self._wanted(asked)
        stages.stop("embed")
        rankings = [self._fused(one, asked) for one in wanted]
        stages.stop("candidates")
        pool = pooled(rankings, self._settings.rerank_depth)
        judged = self._judged(question, pool, stages)
        stages.stop("rerank")
        hits = self._chosen(judged or [*pool.best, *pool.others], pool.sides, k or self._settings.top_k)
        return SearchResult(hits, stages.timings_ms(), judged is not None, asked.filters, asked.reading)

    def calibration(self, hits: Sequence[Hit]) -> Calibration:
        """The calibration that goes with how these hits were found."""
        known = calibrations()
        judged = self.reranker is not None and self.reranker.calibrated and any(hit.judgement for hit in hits)
        return known.judged if judged else known.fused

    def signals(self, question: str, hits: Sequence[Hit]) -> Signals:
        """What speaks for an answer to the question being among the hits that a search for it found."""
        with self.catalogue.snapshot() as snapshot:
            return signals_of(question, hits, snapshot)

    def judge(self, question: str, passages: Sequence[Passage]) -> list[Judgement] | None:
        """What the reranker says of any passages, parts of stored ones too; None without one, or when late."""
        if self.reranker is None:
            return None
        limit = time.perf_counter() + self._settings.rerank_deadline_ms / 1000
        return self.reranker.judge(question, passages, limit)

    def is_empty(self) -> bool:
        """Whether the store holds nothing to find. Raises StoreMismatch when it was built differently."""
        with self.catalogue.snapshot() as snapshot:
            state = snapshot.index_state()
            if state is None:
                return True
            check_vectors(self.embedder.spec, state.spec.vectors)
            return snapshot.is_empty()

    def close(self) -> None:
        """Let go of Chroma and of the catalogue's file."""
        self._vectors.close()
        self.catalogue.close()

    def _asked(self, question: str, filters: Filters) -> _Question:
        covered = self._covering.now()
        now = day_of(filters.as_of) or covered.newest
        reading = read(question, now, covered.outlets) if self._parts.dates else NOTHING_READ
        days = [day for day in (filters.as_of, reading.as_of) if day]
        return _Question(question, replace(filters, as_of=min(days, default=None)), reading, covered)

    def _wanted(self, asked: _Question) -> list[Wanted]:
        """The question itself and, of a comparison, one for each side."""
        texts = [asked.text, *(sides(asked.text) if self._parts.sides else ())]
        vectors = self.embedder.vectors(texts)
        parts = {"dense": self._parts.dense, "lexical": self._parts.lexical}
        return [Wanted(text, vector, asked.filters, **parts) for text, vector in zip(texts, vectors, strict=True)]

    def _fused(self, wanted: Wanted, asked: _Question) -> list[Hit]:
        return by_fusion(self._finder.find(wanted), self._weights, partial(_timely, asked))

    def _judged(self, question: str, pool: Pool, stages: Stages) -> list[Hit] | None:
        """The pool in the reranker's order; None without a reranker, or when it took too long."""
        if self.reranker is None or not self._parts.rerank:
            return None
        limit = self._settings.rerank_deadline_ms
        judgements = self.reranker.judge(question, [hit.passage for hit in pool.best], stages.deadline(limit))
        if judgements is None:
            stages.missed(limit)
            return None
        return by_judgement(pool, judgements, self._weights)

    def _chosen(self, hits: list[Hit], sides: Sequence[Collection[str]], k: int) -> list[Hit]:
        hits = distinct(hits, max(k, FRONT + SIDE_DEPTH * len(sides))) if self._parts.diversity else hits
        hits = all_heard(hits, sides)[:k]
        if not self._parts.merge:
            return hits
        with self.catalogue.snapshot() as snapshot:
            return joined(hits, snapshot)


def _timely(asked: _Question, passage: Passage) -> float:
    if asked.reading == NOTHING_READ:
        return 0.0  # of most questions: hundreds of candidates need not be compared with it
    return fit(asked.reading, passage.published, passage.outlet, asked.covered.newest)
