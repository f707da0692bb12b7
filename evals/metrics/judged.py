"""Judged right: what a chat model that was named as a judge makes of an answer beside the gold one.

Right counts 1, partly right one half, wrong 0; the mean over the questions that it judged. After Zheng et al., "Judging
LLM-as-a-Judge with MT-Bench and Chatbot Arena" (NeurIPS 2023), with the gold answer as reference.
"""

from evals.case import NOTHING, Case, Score
from evals.figure import Figure

FIGURES = (
    Figure("judged_right", "Right, says the judge", "What the chat model named as judge makes of answers.", mean=True),
)


def scores(case: Case) -> dict[str, Score]:
    """`judged_right`; nothing where no judge was asked."""
    return {"judged_right": NOTHING if case.judged is None else (case.judged, 1)}
