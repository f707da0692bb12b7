"""Sentences cited: the sentences of an answer that carry a citation which the answer has."""

from evals.case import Case, Score


def scores(case: Case) -> dict[str, Score]:
    """`sentences_cited`, by sentence."""
    known = {citation.n for citation in case.answer.citations}
    met = sum(bool(one.citations) and known.issuperset(one.citations) for one in case.answer.sentences)
    return {"sentences_cited": (met, len(case.answer.sentences))}
