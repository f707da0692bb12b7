"""BM25 by parts of a question, each part's scores kept while the catalogue does not change.

FTS5 scores every passage in which any word occurs, and so the common words take nearly all of the time. BM25 is a sum
over the words (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009): asked for
part by part it gives the same scores as for all parts joined by OR, and common words come again in other questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpus.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.catalogue import IndexState
    from corpus.catalogue.reader import Snapshot
    from corpus.types import Filters

MOST_SCORES = 2_000_000  # kept at a time, 16 bytes each
TERM_SCORES = np.dtype([("row", np.int64), ("score", np.float64)])
ENTRY = 64  # what the bookkeeping of a part weighs, in scores
GROWTH = 4  # so many times more are looked at when the filters left too few

Scores = npt.NDArray[np.void]  # of TERM_SCORES
Key = tuple[str, float]


class TermScores:
    """BM25 scores by part, of one state of the index at a time. Safe to use from several threads."""

    def __init__(self, most: int = MOST_SCORES) -> None:
        self._kept = Kept[Key, Scores](most)

    def best(
        self,
        snapshot: Snapshot,
        state: IndexState,
        parts: Sequence[str],
        filters: Filters,
        limit: int,
        title_weight: float,
    ) -> dict[str, float]:
        """Scores (higher is better) by passage id of the `limit` best passages for any of the FTS5 expressions.

        `state` is the index state of the snapshot.
        """
        rows, scores = _summed([self._scores(snapshot, state, part, title_weight) for part in parts])
        wanted = limit
        while True:
            order = _best(scores, wanted)
            ids = snapshot.passage_ids(rows[order].tolist(), filters)
            if len(ids) >= limit or wanted >= len(rows):
                break
            wanted *= GROWTH
        found = zip(rows[order].tolist(), scores[order].tolist(), strict=True)
        return dict([(ids[row], score) for row, score in found if row in ids][:limit])

    def _scores(self, snapshot: Snapshot, state: IndexState, part: str, title_weight: float) -> Scores:
        key = (part, title_weight)
        scores = self._kept.get(state, key)
        if scores is None:
            scores = np.fromiter(snapshot.term_scores(part, title_weight), TERM_SCORES)
            self._kept.put(state, key, scores, ENTRY + len(scores))
        return scores


def _summed(parts: Sequence[Scores]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Rows in order, and the sum of each one's scores."""
    sums = np.zeros(1 + max((int(part["row"][-1]) for part in parts if len(part)), default=0))
    for part in parts:
        sums[part["row"]] += part["score"]
    rows = np.flatnonzero(sums)
    return rows, sums[rows]


def _best(scores: npt.NDArray[np.float64], wanted: int) -> npt.NDArray[np.int64]:
    """Places of the best scores, best first; of equal ones the first place first."""
    places = np.arange(len(scores))
    if len(scores) > wanted:
        least = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
        places = np.flatnonzero(scores >= least)
    order: npt.NDArray[np.int64] = places[np.argsort(-scores[places], kind="stable")]
    return order[:wanted]
