"""Must include: the questions whose answer has one alternative of every `must_include` group, upper or lower case."""

from evals.case import NOTHING, Case, Score, yes_no
from evals.figure import Figure

FIGURES = (
    Figure(
        "must_include", "Must-includes met", "Questions whose answer holds the words and figures that a right one has."
    ),
)


def scores(case: Case) -> dict[str, Score]:
    """`must_include`; nothing for questions without groups."""
    if not case.row.must_include:
        return {"must_include": NOTHING}
    said = " ".join(sentence.text for sentence in case.answer.sentences).casefold()
    met = all(any(choice.casefold() in said for choice in group) for group in case.row.must_include)
    return {"must_include": yes_no(met)}
