"""Refusals right: precision over the refused questions, recall over the ones that no article answers.

A refusal is the positive class, as in Rajpurkar et al., "Know What You Don't Know" (ACL 2018).
"""

from evals.case import NOTHING, Case, Score, yes_no


def scores(case: Case) -> dict[str, Score]:
    """`refusal_precision` and `refusal_recall`."""
    refused, unanswerable = case.answer.status == "refused", not case.row.answerable
    return {
        "refusal_precision": yes_no(unanswerable) if refused else NOTHING,
        "refusal_recall": yes_no(refused) if unanswerable else NOTHING,
    }
