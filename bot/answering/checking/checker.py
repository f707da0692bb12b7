"""All checks of a written sentence: the rules, and how near the shipped embedder finds it to what its passages say."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.answering.checking.claims import Problem, problems
from bot.answering.checking.support import content
from corpus.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from corpus.embedding.embedder import QueryEmbedder
    from corpus.types import Passage

    Vector = np.ndarray[tuple[int], np.dtype[np.float32]]

LEAST_CLOSENESS = 0.3
NEARLY_ALL, NEARLY_SAME = 0.75, 0.85  # share of words, and cosine, of a claim that is as good as quoted


class Checker:
    """Checks claims, one after the other, against passages that they share; what a passage says is embedded once."""

    def __init__(self, embedder: QueryEmbedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, Vector] = {}

    def problems(self, claim: str, passages: Sequence[Passage]) -> list[Problem]:
        """What speaks against a claim: nothing, when its passages bear it out."""
        found = problems(claim, passages)
        if not found and self.closeness(claim, passages) < LEAST_CLOSENESS:
            return [Problem("closeness", claim)]
        return found

    def is_nearly_said(self, claim: str, passages: Sequence[Passage]) -> bool:
        """Whether a sentence, or two in a row, have nearly all words of a claim, and mean nearly the same."""
        wanted, parts = content(claim), [part for passage in passages for part in _parts(passage.text)]
        share = max((len(wanted & content(part)) for part in parts), default=0) / max(1, len(wanted))
        return share >= NEARLY_ALL and self.closeness(claim, passages) >= NEARLY_SAME and not problems(claim, passages)

    def closenesses(self, claim: str, texts: Sequence[str]) -> list[float]:
        """The cosine (-1..1) of a claim and each of the texts."""
        self._embed((claim, *texts))
        return [float(self._vectors[text] @ self._vectors[claim]) for text in texts]

    def closeness(self, claim: str, passages: Sequence[Passage]) -> float:
        """The cosine (-1..1) of a claim and the sentence, or the two in a row, that come nearest to it."""
        told = list(dict.fromkeys(part for passage in passages for part in _parts(passage.text)))
        return max(self.closenesses(claim, told), default=0.0)

    def _embed(self, texts: Sequence[str]) -> None:
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._embedder.vectors(new), strict=True))


def _parts(text: str) -> list[str]:
    spans = sentences(text)
    return [text[one.start : one.end] for one in spans] + [text[one.start : two.end] for one, two in pairwise(spans)]
