"""Recall at k: |relevant among the k best| / |relevant|, the mean over questions.

Manning, Raghavan and Schütze, "Introduction to Information Retrieval" (2008), 8.3. Alternatives of one gold group all
count as relevant, so that a low figure need not mean a lost answer: for that see `evidence_found`.
"""

from evals.case import Case, Score
from evals.metrics import ranked

DEPTHS = (1, 4, 10, 50)
FIGURES = ranked.figures(
    "recall",
    DEPTHS,
    "Recall of gold {things} at {k}",
    "Of all {things} that hold gold evidence, those among the {k} best.",
)


def scores(case: Case) -> dict[str, Score]:
    """`passage_recall_at_K` and `story_recall_at_K`."""
    from ir_measures import R

    return ranked.scored(case, "recall", {k: R @ k for k in DEPTHS})
