"""Mean average precision at k: precision at the rank of each relevant one among the k best, summed, over all relevant.

Manning, Raghavan and Schütze, "Introduction to Information Retrieval" (2008), 8.4.
"""

from evals.case import Case, Score
from evals.metrics import ranked

DEPTHS = (10,)
FIGURES = ranked.figures(
    "map",
    DEPTHS,
    "Average precision, {things}, at {k}",
    "Precision at each gold one among the {k} best {things}, averaged.",
)


def scores(case: Case) -> dict[str, Score]:
    """`passage_map_at_K` and `story_map_at_K`."""
    from ir_measures import AP

    return ranked.scored(case, "map", {k: AP @ k for k in DEPTHS})
