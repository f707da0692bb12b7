"""sentence-transformers without its questions to the hub: import it from here and from nowhere else.

Models are read from folders that are there already; without the setting the loaders still ask the hub about them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

from corpus.errors import UsageError

os.environ["HF_HUB_OFFLINE"] = "1"

from safetensors import SafetensorError
from sentence_transformers import CrossEncoder, SentenceTransformer
from transformers.utils import logging

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["CrossEncoder", "SentenceTransformer", "load"]

Model = TypeVar("Model")


def load(kind: Callable[..., Model], folder: Path, device: str, setting: str) -> Model:
    """The folder's model of that kind. Nothing is fetched, no code of the folder is run, only safetensors are read.

    Raises UsageError, which names the setting, when it cannot be loaded.
    """
    logging.disable_progress_bar()  # type: ignore[no-untyped-call] # it has no annotations
    try:
        return kind(
            str(folder),
            device=device,
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
        raise UsageError(f"{setting}: {folder} cannot be loaded ({error}).") from error
