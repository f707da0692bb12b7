"""Quotes verbatim: the citations whose quote is, character for character, the slice that they name."""

from evals.case import Case, Score
from evals.figure import Figure

FIGURES = (
    Figure("quotes_verbatim", "Quotes verbatim", "Citations whose quote stands so in the article, to the letter."),
)


def scores(case: Case) -> dict[str, Score]:
    """`quotes_verbatim`, by citation."""
    cited = case.answer.citations
    met = sum(case.texts.slice(one.passage.url, one.start, one.end) == one.quote for one in cited)
    return {"quotes_verbatim": (met, len(cited))}
