"""The sentences of the retrieved passages, scored by how well they answer."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bot.answering.instructions import is_instruction
from bot.answering.kinds import fits_kind, kind_of
from corpus.rarity import rarity, share
from corpus.sentences import sentences
from corpus.term_index import matches
from corpus.types import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.embedding.embedder import QueryEmbedder
    from corpus.search import Searcher
    from corpus.types import Hit, Passage

    _Parts = dict[str, float]

# Shares of the parts of a sentence's score; measured on questions about trade news (docs/decisions.md).
JUDGED = {"sentence": 6, "alone": 3, "passage": 4, "coverage": 6, "kind": 2, "rank": 2}
COMPARED = {"cosine": 27, "context": 27, "coverage": 18, "passage": 14, "kind": 14}
MOST_ALONE = 32  # sentences that the reranker reads alone
SHORTEST = 25  # characters: below it a "sentence" is a name or an interjection
BEFORE = 200  # characters before a sentence that say whom and what it is about
QUESTION_END = re.compile(r"""\?["'”’)\]]*$""")
SENTENCE_END = re.compile(r"""[.!?…]["'”’)\]]*$""")  # headings, captions and cut lines have none


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted, with the passage it stands in. `score` (0..1): higher is better."""

    span: Span
    passage: Passage
    score: float

    @property
    def text(self) -> str:
        """The sentence, as the article has it."""
        return self.passage.text[self.span.start - self.passage.start : self.span.end - self.passage.start]

    @property
    def before(self) -> str:
        """What stands before the sentence in its passage."""
        return self.passage.text[: self.span.start - self.passage.start]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Candidates, best first, and the question that they were weighed for."""

    candidates: tuple[Candidate, ...]
    question: str = ""


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

    @property
    def judged(self) -> float | None:
        """The probability that the reranker sees the answer in this sentence; None when it has not read it."""
        if self.hit.judgement is None:
            return None
        start = self.hit.passage.start
        logit = self.hit.judgement.of(self.span.start - start, self.span.end - start)
        return None if logit is None else _probability(logit)


def weigh(question: str, hits: Sequence[Hit], searcher: Searcher) -> Evidence:
    """Evidence for a question in the passages found for it."""
    pieces = _pieces(hits)
    if not pieces:
        return Evidence((), question)
    with searcher.catalogue.snapshot() as snapshot:
        weights = rarity(question, snapshot)
    found = matches([piece.text for piece in pieces], list(weights))
    kind = kind_of(question)
    ranks = {hit.passage.id: rank for rank, hit in enumerate(hits, start=1)}
    common = [
        {
            "passage": piece.hit.score,
            "rank": 1 / ranks[piece.hit.passage.id],
            "coverage": share(words, weights),
            "kind": fits_kind(piece.text, kind),
        }
        for piece, words in zip(pieces, found, strict=True)
    ]
    judged = _judged(pieces) or _compared(question, pieces, searcher.embedder)
    parts = [own | other for own, other in zip(judged, common, strict=True)]
    read = _read_alone(question, pieces, parts, searcher) if "sentence" in parts[0] else parts
    candidates = [
        Candidate(piece.span, piece.hit.passage, _score(part)) for piece, part in zip(pieces, read, strict=True)
    ]
    return Evidence(tuple(sorted(candidates, key=lambda one: (-one.score, one.passage.id, one.span.start))), question)


def _judged(pieces: Sequence[_Piece]) -> list[dict[str, float]] | None:
    """What the reranker says of each sentence within its passage; None when it has said nothing."""
    within = [piece.judged for piece in pieces]
    return None if all(one is None for one in within) else [{"sentence": one or 0.0} for one in within]


def _read_alone(
    question: str, pieces: Sequence[_Piece], parts: Sequence[_Parts], searcher: Searcher
) -> Sequence[_Parts]:
    """The parts with the reranker's word for the best sentences so far, read alone; the others have none of it. As
    they are, when it is late."""
    best = sorted(range(len(pieces)), key=lambda place: -_score(parts[place]))[:MOST_ALONE]
    judged = searcher.judge(question, [replace(pieces[at].hit.passage, text=pieces[at].text) for at in best])
    if judged is None:
        return parts
    alone = {at: _probability(one.score) for at, one in zip(best, judged, strict=True)}
    return [part | {"alone": alone.get(at, 0.0)} for at, part in enumerate(parts)]


def _compared(question: str, pieces: Sequence[_Piece], embedder: QueryEmbedder) -> list[dict[str, float]]:
    """How near each sentence is to the question, alone and with what stands before it."""
    texts = [question, *(piece.text for piece in pieces), *(piece.in_context for piece in pieces)]
    vectors = embedder.vectors(texts)
    cosines = [float(score) for score in np.clip(vectors[1:] @ vectors[0], -1, 1)]
    alone, in_context = cosines[: len(pieces)], cosines[len(pieces) :]
    return [{"cosine": one, "context": other} for one, other in zip(alone, in_context, strict=True)]


def _score(parts: dict[str, float]) -> float:
    every = JUDGED if "sentence" in parts else COMPARED
    shares = {name: share for name, share in every.items() if name in parts}  # "alone" may have come too late
    return sum(share * parts[name] for name, share in shares.items()) / sum(shares.values())


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def _pieces(hits: Sequence[Hit]) -> list[_Piece]:
    """Each whole sentence once: copies of a story repeat each other."""
    pieces: dict[str, _Piece] = {}
    for hit in hits:
        offset = hit.passage.start
        for local in sentences(hit.passage.text):
            text = hit.passage.text[local.start : local.end]
            if len(text) >= SHORTEST and SENTENCE_END.search(text) and not _asks_or_commands(text):
                pieces.setdefault(text, _Piece(text, Span(local.start + offset, local.end + offset), hit))
    return list(pieces.values())


def _asks_or_commands(text: str) -> bool:
    """Whether a sentence puts a question or tells its reader to do something: neither answers."""
    return bool(QUESTION_END.search(text)) or is_instruction(text)
