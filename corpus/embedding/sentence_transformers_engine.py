"""Any sentence-transformers model, on an NVIDIA GPU where there is one: the only module that imports torch."""

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

BATCH_TEXTS = 32


class SentenceTransformersEngine:
    """A loaded model. Vectors are float32, normalised to length 1. Not to be used by two threads at once."""

    def __init__(self, location: ModelLocation) -> None:
        """Raises UsageError when the folder's model cannot be loaded."""
        self._device = "cuda" if cuda_is_usable() else "cpu"
        self._model = _load(location, self._device)
        self._half = self._device == "cpu" and _bfloat16_is_fast()

    def encode(self, texts: Sequence[str]) -> Vectors32:
        """Unit vectors of the texts, shape (len(texts), dimension)."""
        import torch

        # In bfloat16 the vectors keep a cosine of .9999 to those of float32, in half the time.
        precision = torch.autocast("cpu", dtype=torch.bfloat16) if self._half else contextlib.nullcontext()
        with precision:
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


def _load(location: ModelLocation, device: str) -> SentenceTransformer:
    # Everything is read from the folder; without this the loader still asks its hub about it.
    os.environ["HF_HUB_OFFLINE"] = "1"
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call] # it has no annotations
    try:
        return SentenceTransformer(
            str(location.folder),
            device=device,
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
        raise UsageError(f"ACCORD_EMBEDDER: {location.folder} cannot be loaded ({error}).") from error


def _bfloat16_is_fast() -> bool:
    import torch

    # Processors without these instructions emulate bfloat16, slower than they do float32.
    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))
