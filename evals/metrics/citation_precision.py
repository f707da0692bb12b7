"""Citation precision: of the quotes under answers that were checked by hand, those that bear on the question.

A quote that overlaps gold evidence counts without being looked at; of the others a person has said whether they answer
the question, or a part of it, as gold does (evals/checked.py). Quotes of answers that have changed since are not judged
and left out; how many were judged is the second figure. After the citation precision of Gao et al., "Enabling Large
Language Models to Generate Text with Citations" (EMNLP 2023), by passage.
"""

from evals.case import NOTHING, Case, Score
from evals.checked import verdict
from evals.figure import Figure
from evals.gold import SHARE
from evals.spans import cited_in, overlaps

FIGURES = (
    Figure(
        "citation_precision",
        "Citations that bear on the question",
        "Of the quotes under answers that a person has checked, those that answer the question or a part of it.",
    ),
    Figure(
        "citations_judged", "Citations judged", "Of the quotes under answers that were checked, those still judged."
    ),
)


def scores(case: Case) -> dict[str, Score]:
    """`citation_precision` and `citations_judged`, by citation of the answers that were checked."""
    gold = case.gold.quotes
    judged: list[bool | None] = []
    for one, place in zip(case.answer.citations, cited_in(case.answer), strict=True):
        said = verdict(case.row.id, one.quote)
        judged.append(True if any(overlaps(quote, place, SHARE) for quote in gold) else said)
    if not gold or verdict(case.row.id) is None:
        return {"citation_precision": NOTHING, "citations_judged": NOTHING}
    known = [one for one in judged if one is not None]
    return {"citation_precision": (sum(known), len(known)), "citations_judged": (len(known), len(judged))}
