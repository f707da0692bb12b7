"""Candidates for a question: the nearest passages and those that BM25 finds, of one moment of the store.

Every candidate is live in the catalogue, and its text comes from there. Candidates that only BM25 found get their
cosine from the catalogue's vectors, so that both scores are exact for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.asking.aliases import folded
from corpus.copies import repeated
from corpus.lexical import match_expressions
from corpus.store import stack
from corpus.term_scores import TermScores
from corpus.types import Filters, Passage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpus.catalogue import Catalogue, IndexState
    from corpus.catalogue.reader import Snapshot
    from corpus.settings import RetrievalSettings
    from corpus.vectors import VectorIndex, Vectors32

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question with its vector, and which of the two searches are made for it."""

    text: str
    vector: Vectors32
    filters: Filters
    dense: bool = True
    lexical: bool = True


@dataclass(frozen=True, slots=True)
class Candidates:
    """Live passages by id with their scores: `dense` is the cosine of each, `lexical` BM25 where it matched."""

    passages: Mapping[str, Passage]
    dense: Mapping[str, float]
    lexical: Mapping[str, float]


NONE = Candidates({}, {}, {})


class CandidateFinder:
    """Finds candidates in one store. Safe to use from several threads, and while another process ingests."""

    def __init__(self, catalogue: Catalogue, vectors: VectorIndex, settings: RetrievalSettings) -> None:
        self._catalogue = catalogue
        self._vectors = vectors
        self._settings = settings
        self._terms = TermScores()

    def find(self, wanted: Wanted) -> Candidates:
        """Candidates of one generation: asked again when a writer moved on meanwhile."""
        for _ in range(ATTEMPTS - 1):
            state, found = self._once(wanted)
            with self._catalogue.snapshot() as snapshot:
                if snapshot.index_state() == state:
                    return found
        return self._once(wanted)[1]

    def _once(self, wanted: Wanted) -> tuple[IndexState | None, Candidates]:
        with self._catalogue.snapshot() as snapshot:
            state = snapshot.index_state()
            if state is None:
                return None, NONE
            self._vectors.open(state.collection, state.generation, state.spec)
            lexical = self._lexical(snapshot, state, wanted) if wanted.lexical else {}
            live = snapshot.live_passages(lexical)
            dense = self._dense(snapshot, wanted, live) if wanted.dense else {}
            copied = repeated((passage for passage, _ in live.values()), snapshot)
            live = {key: found for key, found in live.items() if key not in copied}
            missing = {key: live[key][1] for key in lexical if key not in dense and key in live}
            dense |= _cosines(wanted.vector, missing, snapshot, state.spec.vectors.model)
        return state, Candidates(
            {key: passage for key, (passage, _) in live.items()},
            {key: score for key, score in dense.items() if key in live},
            {key: score for key, score in lexical.items() if key in live},
        )

    def _dense(self, snapshot: Snapshot, wanted: Wanted, live: dict[str, tuple[Passage, str]]) -> dict[str, float]:
        """The nearest live passages, which join `live`. What is not live is made up for by asking for more."""
        most = limit = self._settings.candidates
        while True:
            found = self._vectors.query(wanted.vector, limit, wanted.filters)
            live |= snapshot.live_passages(key for key in found if key not in live)
            dense = {key: score for key, score in found.items() if key in live}
            if len(dense) >= most or len(found) < limit:
                return dense
            limit *= 2

    def _lexical(self, snapshot: Snapshot, state: IndexState, wanted: Wanted) -> dict[str, float]:
        parts, settings = match_expressions(folded(wanted.text)), self._settings
        return self._terms.best(snapshot, state, parts, wanted.filters, settings.candidates, settings.title_weight)


def _cosines(vector: Vectors32, hashes: Mapping[str, str], snapshot: Snapshot, model: str) -> dict[str, float]:
    if not hashes:
        return {}
    known = snapshot.known_vectors(model, hashes.values())
    scores = stack(known, list(hashes.values())) @ vector
    return dict(zip(hashes, (float(score) for score in scores), strict=True))
