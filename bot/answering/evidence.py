"""The sentences of the retrieved passages, scored by how well they answer, and how strong they are together."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bot.answering.kinds import Kind, fits_kind, kind_of
from corpus.lexical import quoted, terms
from corpus.sentences import sentences
from corpus.term_index import matches
from corpus.types import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpus.embedding.embedder import QueryEmbedder
    from corpus.search import Searcher
    from corpus.types import Hit, Passage

# Shares of the parts of a sentence's score; measured on questions about trade news (docs/decisions.md).
WEIGHTS = {"cosine": 0.27, "context": 0.27, "coverage": 0.18, "passage": 0.14, "kind": 0.14}
STRONGEST = 5  # passages whose words count towards the strength of the evidence
SHORTEST = 25  # characters: below it a "sentence" is a name or an interjection
# As if so many further passages were stored: in a store of few, a word that none of them happens to use
# would otherwise count for more than all that they do say.
BACKGROUND = 200
BEFORE = 200  # characters before a sentence that say whom and what it is about
SENTENCE_END = re.compile(r"""[.!?…]["'”’)\]]*$""")  # headings, captions and cut lines have none


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted, with the passage it stands in. `score`: higher is better."""

    span: Span
    passage: Passage
    score: float
    cosine: float

    @property
    def text(self) -> str:
        """The sentence, as the article has it."""
        return self.passage.text[self.span.start - self.passage.start : self.span.end - self.passage.start]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Candidates, best first.

    `closeness` (-1..1) says how near the best passage is to the question; `strength` adds half the share (by
    rarity) of the question's words that the best passages hold, so that it lies between -1 and 1.5.
    """

    candidates: tuple[Candidate, ...]
    closeness: float
    strength: float


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    span: Span
    hit: Hit

    @property
    def in_context(self) -> str:
        """The sentence after what stands just before it, for its pronouns' sake."""
        passage = self.hit.passage
        before = passage.text[: self.span.start - passage.start].rstrip().rpartition("\n")[2]
        return f"{before[-BEFORE:]} {self.text}".strip()


def weigh(question: str, hits: Sequence[Hit], searcher: Searcher) -> Evidence:
    """Evidence for a question in the passages found for it."""
    pieces = _pieces(hits)
    if not pieces:
        return Evidence((), 0.0, 0.0)
    rarity = _rarity(question, searcher)
    candidates = _candidates(question, pieces, rarity, searcher.embedder)
    closeness = _closeness(hits[0], candidates)
    covered = frozenset[str]().union(*matches([hit.passage.text for hit in hits[:STRONGEST]], list(rarity)))
    ordered = sorted(candidates, key=lambda one: (-one.score, one.passage.id, one.span.start))
    return Evidence(tuple(ordered), closeness, closeness + 0.5 * _share(covered, rarity))


def _candidates(
    question: str, pieces: Sequence[_Piece], rarity: Mapping[str, float], embedder: QueryEmbedder
) -> list[Candidate]:
    texts = [piece.text for piece in pieces]
    vectors = embedder.vectors([question, *texts, *(piece.in_context for piece in pieces)])
    cosines = [float(score) for score in np.clip(vectors[1:] @ vectors[0], -1, 1)]
    kind = kind_of(question)
    parts = zip(pieces, cosines, cosines[len(pieces) :], matches(texts, list(rarity)), strict=False)
    return [
        Candidate(piece.span, piece.hit.passage, _score(piece, cosine, context, _share(words, rarity), kind), cosine)
        for piece, cosine, context, words in parts
    ]


def _score(piece: _Piece, cosine: float, context: float, coverage: float, kind: Kind) -> float:
    parts = {
        "cosine": cosine,
        "context": context,
        "coverage": coverage,
        "passage": piece.hit.score,
        "kind": fits_kind(piece.text, kind),
    }
    return sum(WEIGHTS[name] * value for name, value in parts.items())


def _pieces(hits: Sequence[Hit]) -> list[_Piece]:
    """Each whole sentence once: passages overlap, and copies of a story repeat each other."""
    pieces: dict[str, _Piece] = {}
    for hit in hits:
        offset = hit.passage.start
        for local in sentences(hit.passage.text):
            text = hit.passage.text[local.start : local.end]
            if len(text) >= SHORTEST and SENTENCE_END.search(text):
                pieces.setdefault(text, _Piece(text, Span(local.start + offset, local.end + offset), hit))
    return list(pieces.values())


def _rarity(question: str, searcher: Searcher) -> Mapping[str, float]:
    """Inverse document frequency of the question's terms among the stored passages."""
    with searcher.catalogue.snapshot() as snapshot:
        total = snapshot.counts().passages
        frequency = snapshot.document_frequency(quoted(term) for term in terms(question))
    return {term: math.log((total + BACKGROUND) / (frequency[quoted(term)] + 1)) for term in terms(question)}


def _share(found: frozenset[str], rarity: Mapping[str, float]) -> float:
    total = sum(rarity.values())
    return sum(rarity[term] for term in found) / total if total > 0 else 0.0


def _closeness(best: Hit, candidates: Sequence[Candidate]) -> float:
    inside = [candidate.cosine for candidate in candidates if candidate.passage.id == best.passage.id]
    return 0.6 * best.dense + 0.4 * max(inside, default=best.dense)
