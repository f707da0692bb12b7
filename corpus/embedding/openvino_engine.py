"""A BERT model on the processor, by OpenVINO: no torch, and three to five times its float32 speed with bfloat16."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.embedding.bert import build
from corpus.embedding.quiet_openvino import openvino
from corpus.embedding.tokens import load_tokenizer
from corpus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.embedding.location import ModelLocation
    from corpus.vectors import Vectors32

# Measured by benchmarks/engines.py: larger batches are slower, smaller ones no faster.
BATCH_TEXTS = 16
WIDTH_STEP = 16


class OpenVinoEngine:
    """A compiled model, with one text batch in work a core. Not to be used by two threads at once.

    A text's padded width follows from its own length, never from its neighbours': in bfloat16 the padding moves a
    vector by up to .0006 a dimension, and so each text has one vector, whatever it is embedded together with.
    """

    def __init__(self, location: ModelLocation, precision: str | None = None) -> None:
        """Raises UsageError when the folder's model cannot be read. `precision` is for comparing: bf16 or f32."""
        self._location = location
        try:
            model = build(location.folder)
            self._tokenizer = load_tokenizer(location.folder, location.max_tokens)
        except Exception as error:  # tokenizers raises no narrower one
            raise UsageError(f"ACCORD_EMBEDDER: {location.folder} cannot be loaded ({error}).") from error
        core = openvino.Core()
        hints = {"PERFORMANCE_HINT": "THROUGHPUT", "INFERENCE_PRECISION_HINT": precision or _precision(core)}
        self._queue = openvino.AsyncInferQueue(core.compile_model(model, "CPU", hints))
        self._queue.set_callback(_keep)

    def encode(self, texts: Sequence[str]) -> Vectors32:
        """Unit vectors of the texts, shape (len(texts), dimension)."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts))]
        sums = np.empty((len(texts), self._location.dimension), np.float32)
        for rows, width in _batches([len(ids) for ids in tokens], self._location.max_tokens):
            self._queue.start_async(_padded([tokens[row] for row in rows], width), (sums, rows))
        self._queue.wait_all()
        unit: Vectors32 = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit


def _precision(core: openvino.Core) -> str:
    # In bfloat16 the vectors keep a cosine of .9999 to those of float32, at more than twice the speed. Processors
    # without these instructions would emulate it, slower than they do float32.
    return "bf16" if "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES") else "f32"


def _batches(lengths: Sequence[int], widest: int) -> Iterator[tuple[list[int], int]]:
    """Rows that share a padded width, with that width; the widest first, so that no core is left with the longest."""
    by_width: dict[int, list[int]] = {}
    for row, length in enumerate(lengths):
        by_width.setdefault(min(widest, -(-length // WIDTH_STEP) * WIDTH_STEP), []).append(row)
    for width, rows in sorted(by_width.items(), reverse=True):
        for first in range(0, len(rows), BATCH_TEXTS):
            yield rows[first : first + BATCH_TEXTS], width


def _padded(tokens: Sequence[Sequence[int]], width: int) -> dict[str, Any]:
    ids = np.zeros((len(tokens), width), np.int64)
    mask = np.zeros((len(tokens), width), np.int64)
    for row, text in enumerate(tokens):
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    return {"ids": ids, "mask": mask}


def _keep(request: Any, place: tuple[Vectors32, list[int]]) -> None:
    sums, rows = place
    sums[rows] = request.get_output_tensor(0).data
