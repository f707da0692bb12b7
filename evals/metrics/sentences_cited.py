"""Sentences cited: the sentences of an answer that carry a citation which the answer has; the rest are uncited."""

from evals.case import Case, Score
from evals.figure import Figure

FIGURES = (
    Figure("sentences_cited", "Sentences cited", "Of all sentences in answers, those with a source."),
    Figure(
        "sentences_uncited", "Sentences uncited", "Of all sentences in answers, those without a source.", falling=True
    ),
)


def scores(case: Case) -> dict[str, Score]:
    """`sentences_cited` and `sentences_uncited`, by sentence."""
    known, said = {citation.n for citation in case.answer.citations}, case.answer.sentences
    met = sum(bool(one.citations) and known.issuperset(one.citations) for one in said)
    return {"sentences_cited": (met, len(said)), "sentences_uncited": (len(said) - met, len(said))}
