"""One question as it was answered: what every metric looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.answering.types import Answer
    from corpus.types import Hit
    from evals.gold import Gold
    from evals.sets import Row
    from evals.spans import Texts

# (how much was met, how much counted); (0, 0) where the metric says nothing about a question. For a mean it is the
# question's value, and 1.
Score = tuple[float, float]
NOTHING: Score = (0, 0)


@dataclass(frozen=True, slots=True)
class Case:
    """`gold` is the row's evidence as it stands in the store. `hits` are the best 50 passages for the question, more
    than the answer drew on; `in_full` is the answer to a follow-up asked without its conversation, for rows that say
    how; `judged` is what a chat model that was named as a judge said of the answer (0, 0.5 or 1).
    """

    row: Row
    gold: Gold
    answer: Answer
    hits: tuple[Hit, ...]
    texts: Texts
    in_full: Answer | None = None
    judged: float | None = None


def yes_no(met: bool) -> Score:
    """The score of a question that counts once."""
    return int(met), 1


def harmonic(precision: float, recall: float) -> float:
    """F1: the harmonic mean of the two, 0 when both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
