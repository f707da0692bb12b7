"""Which reranker a setting names and where its weights are. Nothing here loads a model."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from corpus.embedding.location import BUILTIN, WEIGHTS, model_folder, sha256_of
from corpus.errors import UsageError

SETTING = "ACCORD_RERANKER"
NONE = "none"
BUILTIN_LABEL = "accord-minilm"
BUILTIN_WEIGHTS = Path(__file__).parent / "weights" / "reranker.safetensors"
HASH_LENGTH = 16


@dataclass(frozen=True)
class RerankerLocation:
    """A safetensors file, and what its reranker is called."""

    weights: Path
    label: str

    @cached_property
    def name(self) -> str:
        """The label with the first characters of the weights' SHA-256: another name means other judgements."""
        return f"{self.label}@{sha256_of(self.weights)[:HASH_LENGTH]}"


@cache
def locate(name: str, *, allow_download: bool) -> RerankerLocation:
    """The reranker that a setting names: `builtin`, a folder, or a name on the hub. Raises UsageError."""
    if name != BUILTIN:
        return RerankerLocation(model_folder(SETTING, name, allow_download=allow_download) / WEIGHTS, Path(name).name)
    if not BUILTIN_WEIGHTS.is_file():
        raise UsageError(f"The reranker's weights are missing: {BUILTIN_WEIGHTS}. Reinstall Accord.")
    return RerankerLocation(BUILTIN_WEIGHTS, BUILTIN_LABEL)
