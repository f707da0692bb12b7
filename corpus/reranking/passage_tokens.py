"""Passages as token ids, with the places in the text that they stand for; kept, because questions share passages."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus.reranking.pairs import PAIR_TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from tokenizers import Encoding, Tokenizer

KEPT = 4096  # passages; about 3 KB each
LONGEST = 4000  # characters; the largest passage that can be set, of which far fewer are read


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Ids of a text's tokens, without special ones, and the character at which each begins."""

    ids: NDArray[np.int32]
    starts: NDArray[np.int32]


class PassageTokens:
    """A tokenizer that remembers. Not to be used by two threads at once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._kept: OrderedDict[str, Tokens] = OrderedDict()

    def of(self, texts: Sequence[str]) -> list[Tokens]:
        """The tokens of each text."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._kept]
        encoded = self._tokenizer.encode_batch([readable(text) for text in missing], add_special_tokens=False)
        made = dict(zip(missing, map(_tokens, encoded), strict=True))
        found = [made.get(text) or self._kept[text] for text in texts]
        self._keep(zip(texts, found, strict=True))
        return found

    def _keep(self, used: Iterable[tuple[str, Tokens]]) -> None:
        for text, tokens in used:
            self._kept[text] = tokens
            self._kept.move_to_end(text)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)


def readable(text: str) -> str:
    """As much of a text as is read at all, with `?` for what is no character; its offsets stay."""
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8")


def _tokens(encoding: Encoding) -> Tokens:
    starts = [start for start, _ in encoding.offsets[:PAIR_TOKENS]]
    return Tokens(np.array(encoding.ids[:PAIR_TOKENS], np.int32), np.array(starts, np.int32))
