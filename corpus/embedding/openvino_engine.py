"""A BERT model on the processor, by OpenVINO: no torch, and three to five times its float32 speed with bfloat16."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.embedding.bert import build
from corpus.embedding.location import SETTING
from corpus.embedding.openvino_batches import batches, compiled, padded
from corpus.embedding.tokens import load_tokenizer
from corpus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.embedding.location import ModelLocation
    from corpus.vectors import Vectors32

# Measured by benchmarks/engines.py: larger batches are slower, smaller ones no faster.
BATCH_TEXTS = 16


class OpenVinoEngine:
    """A compiled model, with one text batch in work a core. Not to be used by two threads at once.

    A text has one vector, whatever it is embedded together with: another padding would move it by up to .0006 a
    dimension in bfloat16.
    """

    def __init__(self, location: ModelLocation, precision: str | None = None) -> None:
        """Raises UsageError when the folder's model cannot be read. `precision` is for comparing: bf16 or f32."""
        self._location = location
        try:
            model = build(location.folder)
            self._tokenizer = load_tokenizer(location.folder, location.max_tokens)
        except Exception as error:  # tokenizers raises no narrower one
            raise UsageError(f"{SETTING}: {location.folder} cannot be loaded ({error}).") from error
        self._queue = compiled(model, _keep, precision)

    def encode(self, texts: Sequence[str]) -> Vectors32:
        """Unit vectors of the texts, shape (len(texts), dimension)."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts))]
        sums = np.empty((len(texts), self._location.dimension), np.float32)
        for rows, width in batches([len(ids) for ids in tokens], self._location.max_tokens, BATCH_TEXTS):
            ids = padded([tokens[row] for row in rows], width)
            mask = padded([[1] * len(tokens[row]) for row in rows], width)
            self._queue.start_async({"ids": ids, "mask": mask}, (sums, rows))
        self._queue.wait_all()
        unit: Vectors32 = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit


def _keep(request: Any, place: tuple[Vectors32, list[int]]) -> None:
    sums, rows = place
    sums[rows] = request.get_output_tensor(0).data
