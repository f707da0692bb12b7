"""Refusals right: precision over the refused questions, recall over the ones that no article answers, and their F1.

A refusal is the positive class, as in Rajpurkar et al., "Know What You Don't Know" (ACL 2018). F1 is
2 right / (refused + unanswerable).
"""

from evals.case import NOTHING, Case, Score, yes_no
from evals.figure import Figure

FIGURES = (
    Figure("refusal_precision", "Refusals that were right", "Of the questions refused, those that no article answers."),
    Figure("refusal_recall", "Unanswerable and refused", "Of the questions that no article answers, those refused."),
    Figure("refusal_f1", "F1 of refusals", "Precision and recall of refusals in one figure."),
)


def scores(case: Case) -> dict[str, Score]:
    """`refusal_precision`, `refusal_recall` and `refusal_f1`."""
    refused, unanswerable = case.answer.status == "refused", not case.row.answerable
    return {
        "refusal_precision": yes_no(unanswerable) if refused else NOTHING,
        "refusal_recall": yes_no(refused) if unanswerable else NOTHING,
        "refusal_f1": (2 * (refused and unanswerable), refused + unanswerable),
    }
