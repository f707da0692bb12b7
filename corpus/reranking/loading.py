"""The built-in reranker's parts: its own layers, and the embeddings and the tokenizer of the packaged MiniLM."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.embedding.bert import read
from corpus.embedding.location import BUILTIN, BUILTIN_SHA256, locate
from corpus.embedding.tokens import load_tokenizer
from corpus.errors import UsageError
from corpus.reranking.scorer import PairScorer
from corpus.reranking.weights import load

if TYPE_CHECKING:
    from pathlib import Path

    from tokenizers import Tokenizer


def load_scorer(file: Path, precision: str | None = None) -> PairScorer:
    """The model of a weights file. Raises UsageError when it cannot be read or is no such model's."""
    folder = locate(BUILTIN, allow_download=False).folder
    trained = load(file, BUILTIN_SHA256)
    packaged, config = read(folder)
    embeddings = {name: weight for name, weight in packaged.items() if name.startswith("embeddings.")}
    try:
        return PairScorer(embeddings | trained, config, precision)
    except (KeyError, RuntimeError) as error:
        raise UsageError(f"The reranker's weights in {file} are of another model. Reinstall Accord.") from error


def load_pair_tokenizer() -> Tokenizer:
    """The packaged tokenizer. "[SEP]" in a text is five characters to it, so that no article can end its own half."""
    tokenizer = load_tokenizer(locate(BUILTIN, allow_download=False).folder)
    tokenizer.encode_special_tokens = True
    return tokenizer
