"""What one question is trained on: candidates, which of them answers (none, for a near-miss), and its sentences."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

from corpus.lexical import terms
from corpus.reranking.pairs import Pair, heading, pair, plain_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tokenizers import Tokenizer

    from training.data import Query, Source

HARD = 20  # ranks of search that count as hard
KEYWORDS = 0.15  # share of answerable questions asked in key words, as people do and near-misses never are
GOLD_REMOVED = 0.15  # share asked without the passage that answers, so that not only near-misses end in "not here"
NO_HEADING = 0.25  # share of candidates shown without date and title


@dataclass(frozen=True, slots=True)
class TrainingList:
    """Pairs of one question. `target` is the index of the one that answers; None: none does.

    `has_own` says whether the first pair is of the question's own passage. `sentences` are the token spans of that
    pair's sentences with whether each answers; empty when not known.
    """

    pairs: list[Pair]
    target: int | None
    has_own: bool
    sentences: list[tuple[int, int, bool]]


class ListMaker:
    """Makes lists of a material's questions. Each epoch draws other negatives; a seed fixes all of it."""

    def __init__(self, tokenizer: Tokenizer, sources: Mapping[str, Source], negatives: int) -> None:
        self._tokenizer = tokenizer
        self._negatives = negatives
        self._passages = {key: plain_ids(tokenizer, source.sentences) for key, source in sources.items()}
        headings = plain_ids(tokenizer, [heading(source.title, source.published) for source in sources.values()])
        self._headings = dict(zip(sources, headings, strict=True))

    def epoch(self, queries: Sequence[tuple[Query, Sequence[str]]], seed: int) -> Iterator[TrainingList]:
        """One list for each (question, its ranked negatives), in random order."""
        rng = random.Random(seed)  # noqa: S311 - a seeded draw is what is wanted
        for query, ranked in rng.sample(list(queries), len(queries)):
            made = self._list(query, ranked, rng)
            if made.pairs:
                yield made

    def plain(self, queries: Sequence[tuple[Query, Sequence[str]]], seed: int) -> Iterator[TrainingList]:
        """The lists as they are asked: nothing reworded, no passage taken away, every heading shown."""
        rng = random.Random(seed)  # noqa: S311 - a seeded draw is what is wanted
        for query, ranked in queries:
            asked = plain_ids(self._tokenizer, [query.text])[0]
            pairs = [self._pair(asked, key, shown=True) for key in (query.source, *self._draw(ranked, rng))]
            yield TrainingList(pairs, None if query.near_miss else 0, True, self._spans(query, pairs[0]))

    def _list(self, query: Query, ranked: Sequence[str], rng: random.Random) -> TrainingList:
        text = query.text
        if query.answering and rng.random() < KEYWORDS:
            text = " ".join(terms(text)) or text
        without_gold = not query.near_miss and rng.random() < GOLD_REMOVED
        chosen = self._draw(ranked, rng)
        shown = chosen if without_gold else [query.source, *chosen]
        asked = plain_ids(self._tokenizer, [text])[0]
        pairs = [self._pair(asked, key, shown=rng.random() >= NO_HEADING) for key in shown]
        if without_gold or not pairs:
            return TrainingList(pairs, None, False, [])
        return TrainingList(pairs, None if query.near_miss else 0, True, self._spans(query, pairs[0]))

    def _draw(self, ranked: Sequence[str], rng: random.Random) -> list[str]:
        hard, easier = list(ranked[:HARD]), list(ranked[HARD:])
        many = min(len(hard), self._negatives - 1)
        return rng.sample(hard, many) + rng.sample(easier, min(len(easier), self._negatives - many))

    def _pair(self, asked: list[int], key: str, *, shown: bool) -> Pair:
        about = self._headings[key] if shown else []
        return pair(self._tokenizer, asked, about, [*chain.from_iterable(self._passages[key])])

    def _spans(self, query: Query, shown: Pair) -> list[tuple[int, int, bool]]:
        if query.answering is None:
            return []
        ends = list(accumulate((len(ids) for ids in self._passages[query.source]), initial=shown.passage_start))
        last = len(shown.ids) - 1
        return [
            (start, min(end, last), number in query.answering)
            for number, (start, end) in enumerate(pairwise(ends))
            if start < min(end, last)
        ]
