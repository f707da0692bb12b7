"""Evidence found at k: the questions for which one gold quote of every group lies whole in the k best passages.

Recall of complete evidence ("all groups"), as in multi-hop retrieval: Yang et al., "HotpotQA" (EMNLP 2018).
"""

from corpus.types import Span
from evals.case import NOTHING, Case, Score, yes_no
from evals.spans import Located, covered, groups

DEPTHS = (1, 4, 10, 50)


def scores(case: Case) -> dict[str, Score]:
    """`evidence_at_K` for each depth; nothing for questions without evidence."""
    return {f"evidence_at_{depth}": _at(case, depth) for depth in DEPTHS}


def _at(case: Case, depth: int) -> Score:
    if not case.row.evidence:
        return NOTHING
    parts = [Located(hit.passage.url, Span(hit.passage.start, hit.passage.end)) for hit in case.hits[:depth]]
    wanted = groups(case.row.evidence, case.texts)
    return yes_no(all(any(covered(quote, parts) for quote in group) for group in wanted))
