"""The tokenizer of a model's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tokenizers import Tokenizer


def load_tokenizer(folder: Path, max_tokens: int | None = None) -> Tokenizer:
    """The tokenizer, without padding; it cuts texts off at `max_tokens`, special ones counted, or not at all."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    if max_tokens is None:
        tokenizer.no_truncation()
    else:
        tokenizer.enable_truncation(max_tokens)
    return tokenizer
