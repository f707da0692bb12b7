"""Which engine runs a model: OpenVINO where it can, sentence-transformers for every other model and for GPUs."""

from __future__ import annotations

import ctypes
import json
import sys
from typing import TYPE_CHECKING, Any, Protocol

from corpus.embedding.location import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from corpus.embedding.location import ModelLocation
    from corpus.vectors import Vectors32

MEAN_POOLING = (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
# What has to be said in config.json, and what counts as said where nothing is.
PLAIN_BERT = {"model_type": "", "hidden_act": "gelu", "position_embedding_type": "absolute", "is_decoder": False}
BERT = PLAIN_BERT | {"model_type": "bert"}
FIRST_TENSOR = "embeddings.word_embeddings.weight"


class Engine(Protocol):
    """A loaded model. Engines of the same weights make vectors that can be compared: cosine .9999 and more."""

    def encode(self, texts: Sequence[str]) -> Vectors32:
        """Unit vectors of the texts, shape (len(texts), dimension), float32."""


def load_engine(location: ModelLocation) -> Engine:
    """The fastest engine that there is for a model on this machine. Raises UsageError when it cannot be loaded."""
    if is_plain_bert(location) and not _gpu_is_usable():
        from corpus.embedding.openvino_engine import OpenVinoEngine

        return OpenVinoEngine(location)
    from corpus.embedding.sentence_transformers_engine import SentenceTransformersEngine

    return SentenceTransformersEngine(location)


def is_plain_bert(location: ModelLocation) -> bool:
    """Whether the model is exactly what `corpus.embedding.bert` builds: BERT, the mean of its tokens, no prompt."""
    try:
        return _is_bert(location) and _pools_by_mean(location.folder) and _reads_text_as_it_is(location.folder)
    except (AttributeError, KeyError, OSError, TypeError, ValueError):
        return False  # sentence-transformers says what is wrong with it


def _is_bert(location: ModelLocation) -> bool:
    config = _json(location.folder / "config.json")
    said = {key: config.get(key, default) for key, default in PLAIN_BERT.items()}
    return (
        said == BERT
        and location.max_tokens <= int(config["max_position_embeddings"])
        and _has_float32(location.folder / WEIGHTS)
    )


def _has_float32(weights: Path) -> bool:
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(weights, "numpy") as file:
            return bool(file.get_slice(FIRST_TENSOR).get_dtype() == "F32")
    except SafetensorError:  # no such tensor, or no such file format
        return False


def _pools_by_mean(folder: Path) -> bool:
    modules = _json(folder / "modules.json")
    if [module["type"].rpartition(".")[2] for module in modules] not in MEAN_POOLING:
        return False
    pooling = _json(folder / modules[1]["path"] / "config.json")
    modes = [key for key, value in pooling.items() if key.startswith("pooling_mode_") and value]
    return modes == ["pooling_mode_mean_tokens"] or (not modes and pooling.get("pooling_mode") == "mean")


def _reads_text_as_it_is(folder: Path) -> bool:
    """No prompt before it, no other lower-casing than the one that tokenizer.json holds."""
    if _json(folder / "config_sentence_transformers.json").get("default_prompt_name"):
        return False
    normalizer = _json(folder / "tokenizer.json").get("normalizer") or {}
    lowers = _json(folder / "tokenizer_config.json").get("do_lower_case")
    twice = _json(folder / "sentence_bert_config.json").get("do_lower_case")
    return bool(normalizer) and not twice and lowers in {None, normalizer.get("lowercase")}


def has_gpu_driver() -> bool:
    """Whether the machine has NVIDIA's driver, as it has where there is one of its GPUs."""
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return False
    return True


def _gpu_is_usable() -> bool:
    if not has_gpu_driver():
        return False
    from corpus.embedding.sentence_transformers_engine import cuda_is_usable

    return cuda_is_usable()  # imports torch, which takes seconds: only asked where the answer may be yes


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}
