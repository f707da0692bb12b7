"""Evidence found at k: the questions for which one gold quote of every group lies whole in the k best passages.

Recall of complete evidence ("all groups"), as in multi-hop retrieval: Yang et al., "HotpotQA" (EMNLP 2018).
"""

from evals.case import NOTHING, Case, Score, yes_no
from evals.figure import Figure
from evals.gold import place_of
from evals.spans import covered

DEPTHS = (1, 4, 10, 50)
FIGURES = tuple(
    Figure(
        f"evidence_at_{depth}",
        f"All evidence among {depth} passages" if depth > 1 else "All evidence in the first passage",
        f"Questions for which everything that a full answer needs stands in the {depth} best passages.",
    )
    for depth in DEPTHS
)


def scores(case: Case) -> dict[str, Score]:
    """`evidence_at_K` for each depth; nothing for questions without evidence."""
    return {f"evidence_at_{depth}": _at(case, depth) for depth in DEPTHS}


def _at(case: Case, depth: int) -> Score:
    if not case.row.evidence:
        return NOTHING
    parts = [place_of(hit.passage) for hit in case.hits[:depth]]
    return yes_no(all(any(covered(quote, parts) for quote in group) for group in case.gold.groups))
