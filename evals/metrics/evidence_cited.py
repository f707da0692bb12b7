"""Evidence cited: the gold groups of which the answer cites a quote, and the questions with all groups cited.

A citation counts when it and the gold quote have at least half of the shorter one in common: citations are
whole sentences, gold quotes may be parts of one or run over two.
"""

from corpus.types import Span
from evals.case import NOTHING, Case, Score, yes_no
from evals.spans import Located, groups, overlaps

SHARE = 0.5


def scores(case: Case) -> dict[str, Score]:
    """`evidence_cited` (all groups) and `evidence_any_cited` by question, `evidence_groups_cited` by group."""
    if not case.row.evidence:
        return {"evidence_cited": NOTHING, "evidence_any_cited": NOTHING, "evidence_groups_cited": NOTHING}
    cited = [Located(one.passage.url, Span(one.start, one.end)) for one in case.answer.citations]
    met = [
        any(overlaps(quote, part, SHARE) for quote in group for part in cited)
        for group in groups(case.row.evidence, case.texts)
    ]
    return {
        "evidence_cited": yes_no(all(met)),
        "evidence_any_cited": yes_no(any(met)),
        "evidence_groups_cited": (sum(met), len(met)),
    }
