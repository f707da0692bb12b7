"""Any sentence-transformers model, on an NVIDIA GPU where there is one: the only module that imports torch."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import numpy as np

from corpus.embedding.location import SETTING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.embedding.location import ModelLocation
    from corpus.vectors import Vectors32

BATCH_TEXTS = 32


class SentenceTransformersEngine:
    """A loaded model. Vectors are float32, normalised to length 1. Not to be used by two threads at once."""

    def __init__(self, location: ModelLocation) -> None:
        """Raises UsageError when the folder's model cannot be loaded."""
        from corpus.embedding.quiet_sentence_transformers import SentenceTransformer, load

        self._device = device()
        self._model = load(SentenceTransformer, location.folder, self._device, SETTING)

    def encode(self, texts: Sequence[str]) -> Vectors32:
        """Unit vectors of the texts, shape (len(texts), dimension)."""
        # In bfloat16 the vectors keep a cosine of .9999 to those of float32, in half the time.
        with fastest_precision(self._device):
            vectors = self._model.encode(
                list(texts),
                batch_size=BATCH_TEXTS,
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_tensor=True,
            )
        return vectors.float().cpu().numpy().astype(np.float32)


def cuda_is_usable() -> bool:
    """Whether torch can use an NVIDIA GPU. Imports torch, which takes seconds."""
    import torch

    return torch.cuda.is_available()


def device() -> str:
    """Where torch is to run a model: `cuda` or `cpu`."""
    return "cuda" if cuda_is_usable() else "cpu"


def fastest_precision(where: str) -> contextlib.AbstractContextManager[object]:
    """A block in which torch computes in bfloat16 where the processor is faster at that."""
    import torch

    half = where == "cpu" and _bfloat16_is_fast()
    return torch.autocast("cpu", dtype=torch.bfloat16) if half else contextlib.nullcontext()


def _bfloat16_is_fast() -> bool:
    import torch

    # Processors without these instructions emulate bfloat16, slower than they do float32.
    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))
