"""Follow-ups beside the same questions asked in full: what the carrying over of earlier turns costs.

A set's row says with `in_full` how its follow-up reads without the conversation; both are asked, and scored alike.
"""

from evals.case import NOTHING, Case, Score
from evals.metrics import evidence_cited, must_include


def scores(case: Case) -> dict[str, Score]:
    """`in_full_evidence_cited` and `in_full_must_include`, by question; nothing without an answer in full."""
    if case.in_full is None:
        return {"in_full_evidence_cited": NOTHING, "in_full_must_include": NOTHING}
    full = Case(case.row, case.in_full, case.hits, case.texts)
    return {
        "in_full_evidence_cited": evidence_cited.scores(full)["evidence_cited"],
        "in_full_must_include": must_include.scores(full)["must_include"],
    }
