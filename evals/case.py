"""One question as it was answered: what every metric looks at."""

from dataclasses import dataclass

from bot.answering.types import Answer
from corpus.types import Hit
from evals.sets import Row
from evals.spans import Texts

# (how many were met, how many counted); (0, 0) where the metric says nothing about a question.
Score = tuple[int, int]
NOTHING: Score = (0, 0)


@dataclass(frozen=True, slots=True)
class Case:
    """`hits` are the best 50 passages for the question, more than the answer drew on; `in_full` is the answer to a
    follow-up asked without its conversation, for rows that say how."""

    row: Row
    answer: Answer
    hits: tuple[Hit, ...]
    texts: Texts
    in_full: Answer | None = None


def yes_no(met: bool) -> Score:
    """The score of a question that counts once."""
    return int(met), 1
