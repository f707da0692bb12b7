"""Normalised discounted cumulative gain at k: sum over ranks i of relevance / log2(i + 1), over that of the best order.

Järvelin and Kekäläinen, "Cumulated Gain-Based Evaluation of IR Techniques" (TOIS 2002). Relevance is 1 or 0 here.
"""

from evals.case import Case, Score
from evals.metrics import ranked

DEPTHS = (4, 10)
FIGURES = ranked.figures(
    "ndcg",
    DEPTHS,
    "nDCG, {things}, at {k}",
    "How near the order of the {k} best {things} comes to the best order there is.",
)


def scores(case: Case) -> dict[str, Score]:
    """`passage_ndcg_at_K` and `story_ndcg_at_K`."""
    from ir_measures import nDCG

    return ranked.scored(case, "ndcg", {k: nDCG @ k for k in DEPTHS})
