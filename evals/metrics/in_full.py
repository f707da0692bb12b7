"""Follow-ups beside the same questions asked in full: what the carrying over of earlier turns costs.

A set's row says with `in_full` how its follow-up reads without the conversation; both are asked, and scored alike.
"""

from dataclasses import replace

from evals.case import NOTHING, Case, Score
from evals.figure import Figure
from evals.metrics import evidence_cited, must_include

FIGURES = (
    Figure(
        "in_full_evidence_cited",
        "Follow-ups asked in full: evidence cited",
        "All evidence cited, without a conversation.",
    ),
    Figure(
        "in_full_must_include", "Follow-ups asked in full: must-includes", "Must-includes met, without a conversation."
    ),
)


def scores(case: Case) -> dict[str, Score]:
    """`in_full_evidence_cited` and `in_full_must_include`, by question; nothing without an answer in full."""
    if case.in_full is None:
        return {"in_full_evidence_cited": NOTHING, "in_full_must_include": NOTHING}
    full = replace(case, answer=case.in_full)
    return {
        "in_full_evidence_cited": evidence_cited.scores(full)["evidence_cited"],
        "in_full_must_include": must_include.scores(full)["must_include"],
    }
