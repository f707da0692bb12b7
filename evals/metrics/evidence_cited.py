"""Evidence cited: the gold groups of which the answer cites a quote, and the questions with all groups cited.

A citation counts when it and the gold quote have at least half of the shorter one in common: citations are
whole sentences, gold quotes may be parts of one or run over two.
"""

from evals.case import NOTHING, Case, Score, yes_no
from evals.figure import Figure
from evals.gold import SHARE
from evals.spans import cited_in, overlaps

FIGURES = (
    Figure(
        "evidence_cited",
        "All evidence cited",
        "Answerable questions whose answer cites everything that a full one needs.",
    ),
    Figure(
        "evidence_any_cited", "Any evidence cited", "Answerable questions whose answer cites at least one gold quote."
    ),
    Figure("evidence_groups_cited", "Pieces of evidence cited", "Of all pieces of evidence, those that answers cite."),
)


def scores(case: Case) -> dict[str, Score]:
    """`evidence_cited` (all groups) and `evidence_any_cited` by question, `evidence_groups_cited` by group."""
    if not case.row.evidence:
        return {figure.name: NOTHING for figure in FIGURES}
    cited = cited_in(case.answer)
    met = [any(overlaps(quote, part, SHARE) for quote in group for part in cited) for group in case.gold.groups]
    return {
        "evidence_cited": yes_no(all(met)),
        "evidence_any_cited": yes_no(any(met)),
        "evidence_groups_cited": (sum(met), len(met)),
    }
