"""The built-in cross-encoder on the processor, by OpenVINO: token ids in, scores out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.embedding.openvino_batches import batches, compiled, padded
from corpus.reranking.deadline import passed
from corpus.reranking.openvino_graph import build
from corpus.reranking.pairs import PAIR_TOKENS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from corpus.reranking.pairs import Pair

# Measured by benchmarks/rerank_engines.py: larger batches are hardly faster, and leave a core idle at the end and
# more to finish at a deadline.
BATCH_PAIRS = 8


class PairScorer:
    """A compiled model, with one batch in work a core. Not to be used by two threads at once."""

    def __init__(self, weights: Mapping[str, Any], config: Mapping[str, Any], precision: str | None = None) -> None:
        """Raises KeyError or RuntimeError for weights of another model. `precision` is for comparing: bf16 or f32."""
        self._queue = compiled(build(weights, config), _keep, precision)

    def scores(self, pairs: Sequence[Pair], deadline: float | None) -> list[tuple[float, NDArray[np.float32]]] | None:
        """Of each pair its score and the logits of its passage's tokens; None when the deadline passed first."""
        results: list[tuple[float, NDArray[np.float32]]] = [(0.0, np.empty(0, np.float32))] * len(pairs)
        complete = True
        for rows, width in batches([len(pair.ids) for pair in pairs], PAIR_TOKENS, BATCH_PAIRS):
            complete = not passed(deadline)
            if not complete:
                break
            self._queue.start_async(_inputs([pairs[row] for row in rows], width), (pairs, results, rows))
        self._queue.wait_all()
        return results if complete else None


def _inputs(pairs: Sequence[Pair], width: int) -> dict[str, NDArray[np.int64]]:
    return {
        "ids": padded([pair.ids for pair in pairs], width),
        "types": padded([[0] * pair.question_end + [1] * (len(pair.ids) - pair.question_end) for pair in pairs], width),
        "mask": padded([[1] * len(pair.ids) for pair in pairs], width),
    }


def _keep(request: Any, place: tuple[Sequence[Pair], list[tuple[float, NDArray[np.float32]]], list[int]]) -> None:
    pairs, results, rows = place
    scores, tokens = request.get_output_tensor(0).data, request.get_output_tensor(1).data
    for number, row in enumerate(rows):
        passage = slice(pairs[row].passage_start, len(pairs[row].ids) - 1)
        results[row] = (float(scores[number, 0]), tokens[number, passage, 0].copy())
