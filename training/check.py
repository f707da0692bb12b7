"""How the model does on the articles that it has not learnt from, and whether it knows near-misses by their style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from training.fit import LISTS, forward
from training.lists import ListMaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer

    from training.lists import TrainingList
    from training.model import CrossEncoder
    from training.recipe import Split

NEGATIVES = 20
SEED = 11


@dataclass(frozen=True, slots=True)
class Checked:
    """Shares of the held-out questions, and areas under the ROC curve.

    `first`: the answering passage ranked first of NEGATIVES + 1. `answer_auc`: an answering passage scores above a
    near-miss's own. `style_auc`: with its own passage taken away, an answerable question's best score is above a
    near-miss's; .5 is a model that does not know them by their wording.
    """

    questions: int
    first: float
    answer_auc: float
    style_auc: float


def checked(model: CrossEncoder, questions: Split, tokenizer: Tokenizer, most: int) -> Checked:
    """Judge at most so many held-out questions."""
    maker = ListMaker(tokenizer, questions.material.sources, NEGATIVES)
    judged = [(made, scores) for made, scores in _scored(model, list(maker.plain(questions.check, SEED))[:most])]
    asked = [scores for made, scores in judged if made.target == 0]
    missed = [scores for made, scores in judged if made.target is None]
    return Checked(
        len(judged),
        float(np.mean([scores.argmax() == 0 for scores in asked])),
        auc([scores[0] for scores in asked], [scores[0] for scores in missed]),
        auc([scores[1:].max() for scores in asked], [scores[1:].max() for scores in missed]),
    )


def auc(high: Sequence[float], low: Sequence[float]) -> float:
    """The chance that one of the first is above one of the second, ties counting half (Hanley and McNeil, 1982)."""
    above = np.subtract.outer(np.asarray(high), np.asarray(low))
    return float((above > 0).mean() + 0.5 * (above == 0).mean())


def _scored(model: CrossEncoder, lists: Sequence[TrainingList]) -> list[tuple[TrainingList, np.ndarray]]:
    model.eval()
    judged: list[tuple[TrainingList, np.ndarray]] = []
    for first in range(0, len(lists), LISTS):
        batch = lists[first : first + LISTS]
        with torch.inference_mode():
            scores, _ = forward(model, batch)
        judged += [(made, one.float().numpy()) for made, one in zip(batch, scores, strict=True)]
    return judged
