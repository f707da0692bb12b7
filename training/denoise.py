"""Mining again with a first model: which of a list's candidates are worth learning from, and which are false.

A candidate that the first model puts above the passage known to answer probably answers too (Qu et al., "RocketQA",
NAACL 2021), and one that it takes for an answer is no proof that a near-miss has none.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import torch

from training.fit import forward

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor

    from training.lists import TrainingList
    from training.model import CrossEncoder

AT_ONCE = 8  # lists judged together
HARDEST = 4  # candidates kept because the first model likes them best
OTHERS = 2  # candidates kept from the rest, so that the easy ones are not forgotten
TAKEN_FOR_AN_ANSWER = 1.0  # logit


def denoised(lists: Iterator[TrainingList], first: CrossEncoder, seed: int) -> Iterator[TrainingList]:
    """The lists with the candidates that are worth learning from, by the first model's scores."""
    rng = random.Random(seed)  # noqa: S311 - a seeded draw is what is wanted
    first.eval()
    while True:
        batch = [next(lists) for _ in range(AT_ONCE)]
        with torch.inference_mode():
            scores, _ = forward(first, batch)
        left = (kept(made, judged, rng) for made, judged in zip(batch, scores, strict=True))
        yield from (made for made in left if made.pairs)  # a list may have held nothing but false negatives


def kept(made: TrainingList, scores: Tensor, rng: random.Random) -> TrainingList:
    """A list with its own passage and what is left of the candidates; `scores` are the first model's, one a pair."""
    own = 1 if made.has_own else 0
    limit = float(scores[0]) if made.target == 0 else TAKEN_FOR_AN_ANSWER
    negatives = [place for place in range(own, len(made.pairs)) if float(scores[place]) <= limit]
    negatives.sort(key=lambda place: -float(scores[place]))
    chosen = negatives[:HARDEST] + _drawn(negatives[HARDEST:], rng)
    return replace(made, pairs=[*made.pairs[:own], *(made.pairs[place] for place in chosen)])


def _drawn(places: Sequence[int], rng: random.Random) -> list[int]:
    return rng.sample(places, min(OTHERS, len(places)))
