"""From candidates to hits in order: fused scores first, then what the reranker makes of the best of them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from corpus.fusion import fuse
from corpus.types import Hit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from corpus.candidates import Candidates
    from corpus.reranking.judgement import Judgement
    from corpus.types import Passage


SIDE_DEPTH = 8  # passages of each side of a comparison that are looked at beside the question's own


@dataclass(frozen=True, slots=True)
class Pool:
    """Hits that a reranker is to read, and those that it is not; `sides` are the ids of each side's best."""

    best: list[Hit]
    others: list[Hit]
    sides: list[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much.

    `dense` is the share of the cosine in the fused score, `timely_fused` what a suiting day or outlet counts beside
    it. `fused` and `timely` are logits that the reranker's score gains by a full share of either.
    """

    dense: float
    timely_fused: float = 0.1
    fused: float = 6.0
    timely: float = 1.0


def by_fusion(found: Candidates, weights: Weights, timely: Callable[[Passage], float]) -> list[Hit]:
    """All candidates as hits, best first. `timely` says how well (0..1) a passage suits the question's days."""
    best = max(found.lexical.values(), default=0.0)
    fused = fuse(found.dense, found.lexical, weights.dense)
    hits = []
    for key, passage in found.passages.items():
        suits = timely(passage)
        score = (fused[key] + weights.timely_fused * suits) / (1 + weights.timely_fused)
        share = found.lexical.get(key, 0.0) / best if best > 0 else 0.0
        hits.append(Hit(passage, score, max(-1.0, min(1.0, found.dense[key])), share, timely=suits))
    return sorted(hits, key=_order)


def pooled(rankings: Sequence[Sequence[Hit]], depth: int) -> Pool:
    """The best of the question's own ranking, the first one, with the best of each side's."""
    own, *sides = rankings
    bests = [ranking[:SIDE_DEPTH] for ranking in sides]
    best = dict[str, Hit]()
    for hit in chain(own[:depth], *bests):
        best.setdefault(hit.passage.id, hit)
    return Pool(
        list(best.values()),
        [hit for hit in own[depth:] if hit.passage.id not in best],
        [frozenset(hit.passage.id for hit in ranking) for ranking in bests],
    )


def by_judgement(pool: Pool, judgements: Sequence[Judgement], weights: Weights) -> list[Hit]:
    """What was judged, best first, and after it the others as they were."""
    judged = [
        replace(hit, score=_probability(_logit(hit, judgement, weights)), judgement=judgement)
        for hit, judgement in zip(pool.best, judgements, strict=True)
    ]
    least = min((hit.score for hit in judged), default=1.0)
    others = [replace(hit, score=least * hit.score) for hit in pool.others]
    return [*sorted(judged, key=_order), *others]


def _logit(hit: Hit, judgement: Judgement, weights: Weights) -> float:
    return judgement.score + weights.fused * hit.score + weights.timely * hit.timely


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def _order(hit: Hit) -> tuple[float, str]:
    return -hit.score, hit.passage.id
