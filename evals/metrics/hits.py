"""Hits at k: the questions with at least one relevant passage (or story) among the k best, 1 or 0 a question.

Known as success at k in trec_eval (Voorhees, "Overview of the TREC 2004 Robust Retrieval Track").
"""

from evals.case import Case, Score
from evals.metrics import ranked

DEPTHS = (1, 4, 10, 50)
FIGURES = ranked.figures(
    "hit",
    DEPTHS,
    "A gold hit among {k} {things}",
    "Questions for which at least one of the {k} best {things} holds gold evidence.",
    mean=False,
)


def scores(case: Case) -> dict[str, Score]:
    """`passage_hit_at_K` and `story_hit_at_K`."""
    from ir_measures import Success

    return ranked.scored(case, "hit", {k: Success @ k for k in DEPTHS})
