"""The reranker that ships with Accord: trained by `training/` from the packaged MiniLM, whose embeddings it shares."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from corpus.reranking.in_turn import InTurn
from corpus.reranking.judgement import Judgement
from corpus.reranking.pairs import heading, pair, plain_ids
from corpus.reranking.passage_tokens import PassageTokens, readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer

    from corpus.reranking.pairs import Pair
    from corpus.reranking.passage_tokens import Tokens
    from corpus.reranking.scorer import PairScorer
    from corpus.types import Passage


class BuiltinReranker(InTurn):
    """Judges passages and their tokens. The shipped calibration was fitted to its scores."""

    calibrated = True

    def _judged(self, question: str, passages: Sequence[Passage], deadline: float | None) -> list[Judgement] | None:
        scorer, tokens = self._scorer, self._tokens.of([passage.text for passage in passages])
        scores = scorer.scores(self._pairs(question, passages, tokens), deadline)
        if scores is None:
            return None
        return [
            Judgement(score, read.starts[: logits.size], logits)
            for (score, logits), read in zip(scores, tokens, strict=True)
        ]

    def _pairs(self, question: str, passages: Sequence[Passage], tokens: Sequence[Tokens]) -> list[Pair]:
        headings = [readable(heading(passage.title, passage.published)) for passage in passages]
        asked, *about = plain_ids(self._tokenizer, [readable(question), *headings])
        return [
            pair(self._tokenizer, asked, title, read.ids.tolist()) for title, read in zip(about, tokens, strict=True)
        ]

    @cached_property
    def _scorer(self) -> PairScorer:
        from corpus.reranking.loading import load_scorer

        return load_scorer(self._location.weights)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from corpus.reranking.loading import load_pair_tokenizer

        return load_pair_tokenizer()

    @cached_property
    def _tokens(self) -> PassageTokens:
        return PassageTokens(self._tokenizer)
