"""What is learnt: to put the answering passage first, to say "not here", and to point to the sentence.

The list's loss is a softmax over the candidates' scores and a null option of score 0, which is the right choice where
no candidate answers; so that scores of different questions can be compared, and 0 is where an answer begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.lists import TrainingList

SENTENCE_WEIGHT = 0.5


def list_loss(scores: Tensor, target: int | None) -> Tensor:
    """Cross-entropy of one list; `scores` has shape (candidates,)."""
    options = torch.cat([scores, scores.new_zeros(1)])
    right = len(scores) if target is None else target
    return functional.cross_entropy(options.unsqueeze(0), torch.tensor([right]))


def sentence_loss(tokens: Tensor, spans: Sequence[tuple[int, int, bool]]) -> Tensor:
    """Binary cross-entropy of one passage's sentences; `tokens` has shape (tokens,)."""
    means = torch.stack([tokens[start:end].mean() for start, end, _ in spans])
    return functional.binary_cross_entropy_with_logits(means, torch.tensor([float(right) for *_, right in spans]))


def batch_loss(lists: Sequence[TrainingList], scores: Sequence[Tensor], tokens: Sequence[Tensor | None]) -> Tensor:
    """The mean loss of some lists: `scores` of each, `tokens` of each one's first pair."""
    total = torch.stack([list_loss(one, made.target) for made, one in zip(lists, scores, strict=True)]).mean()
    marked = [
        sentence_loss(one, made.sentences)
        for made, one in zip(lists, tokens, strict=True)
        if made.sentences and one is not None
    ]
    return total + SENTENCE_WEIGHT * torch.stack(marked).mean() if marked else total
