"""The trained weights of the built-in reranker: bfloat16 in a safetensors file, float32 in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

BASE = "base"  # the key of the metadata that names the model whose embeddings belong to these weights


def load(file: Path, base: str) -> dict[str, NDArray[np.float32]]:
    """The weights by name. `base` is the SHA-256 of the packaged model's weights.

    Raises UsageError when the file cannot be read, or was trained from another model than the packaged one.
    """
    from safetensors import SafetensorError, deserialize, safe_open

    try:
        with safe_open(file, "numpy") as opened:
            trained_from = (opened.metadata() or {}).get(BASE)
        tensors: list[tuple[str, dict[str, Any]]] = deserialize(file.read_bytes())  # type: ignore[no-untyped-call] # it has no annotations
    except (OSError, SafetensorError) as error:
        raise UsageError(f"The reranker's weights in {file} cannot be read ({error}). Reinstall Accord.") from error
    if trained_from != base:
        raise UsageError(f"The reranker's weights in {file} belong to another all-MiniLM-L6-v2. Reinstall Accord.")
    return {name: _widened(file, tensor) for name, tensor in tensors}


def _widened(file: Path, tensor: dict[str, Any]) -> NDArray[np.float32]:
    if tensor["dtype"] != "BF16":
        raise UsageError(f"The reranker's weights in {file} are not bfloat16. Reinstall Accord.")
    # A bfloat16 is the upper half of a float32; numpy has no type for it.
    halves = np.frombuffer(tensor["data"], "<u2").astype(np.uint32)
    return (halves << 16).view(np.float32).reshape(tensor["shape"])
