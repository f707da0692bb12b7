"""The sentence-transformers model behind `Embedder`: the only module that imports it, or torch."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sentence_transformers import SentenceTransformer

    from corpus.embedding.location import ModelLocation
    from corpus.vectors import Vectors32


class SentenceModel:
    """A loaded model. Vectors are float32, normalised to length 1."""

    def __init__(self, location: ModelLocation) -> None:
        self._model = _load(location)
        self._half = _bfloat16_is_fast()

    def encode(self, texts: Sequence[str], batch_size: int) -> Vectors32:
        """Vectors of the texts, shape (len(texts), dimension)."""
        import torch

        # In bfloat16 the vectors keep a cosine of .9999 to those of float32, in half the time.
        precision = torch.autocast("cpu", dtype=torch.bfloat16) if self._half else contextlib.nullcontext()
        with precision:
            vectors = self._model.encode(
                list(texts),
                batch_size=batch_size,
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_tensor=True,
            )
        return vectors.float().cpu().numpy().astype(np.float32)


def _load(location: ModelLocation) -> SentenceTransformer:
    # Everything is read from the folder; without this the loader still asks its hub about it.
    os.environ["HF_HUB_OFFLINE"] = "1"
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call] # it has no annotations
    try:
        return SentenceTransformer(
            str(location.folder),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise UsageError(f"ACCORD_EMBEDDER: {location.folder} cannot be loaded ({error}).") from error


def _bfloat16_is_fast() -> bool:
    import torch

    # Processors without these instructions emulate bfloat16, slower than they do float32.
    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))
