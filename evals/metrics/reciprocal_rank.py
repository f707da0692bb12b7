"""Mean reciprocal rank at k: 1 / rank of the first relevant one among the k best, 0 when there is none.

Voorhees, "The TREC-8 Question Answering Track Report" (1999).
"""

from evals.case import Case, Score
from evals.metrics import ranked

DEPTHS = (10,)
FIGURES = ranked.figures(
    "mrr",
    DEPTHS,
    "Reciprocal rank, {things}, at {k}",
    "One over the rank of the first of the {things} that holds gold evidence.",
)


def scores(case: Case) -> dict[str, Score]:
    """`passage_mrr_at_K` and `story_mrr_at_K`."""
    from ir_measures import RR

    return ranked.scored(case, "mrr", {k: RR @ k for k in DEPTHS})
