"""Citation precision: of the quotes under answers that were checked by hand, those that bear on the question.

A quote that overlaps gold evidence counts without being looked at; of the others a person has said whether they answer
the question, or a part of it, as gold does (evals/checked.py). Quotes of answers that have changed since are not judged
and left out; how many were judged is the second figure. After the citation precision of Gao et al., "Enabling Large
Language Models to Generate Text with Citations" (EMNLP 2023), by passage.
"""

from corpus.types import Span
from evals.case import NOTHING, Case, Score
from evals.checked import verdict
from evals.metrics.evidence_cited import SHARE
from evals.spans import Located, groups, overlaps


def scores(case: Case) -> dict[str, Score]:
    """`citation_precision` and `citations_judged`, by citation of the answers that were checked."""
    gold = [quote for group in groups(case.row.evidence, case.texts) for quote in group]
    judged: list[bool | None] = []
    for one in case.answer.citations:
        place = Located(one.passage.url, Span(one.start, one.end))
        said = verdict(case.row.id, one.quote)
        judged.append(True if any(overlaps(quote, place, SHARE) for quote in gold) else said)
    if not gold or verdict(case.row.id) is None:
        return {"citation_precision": NOTHING, "citations_judged": NOTHING}
    known = [one for one in judged if one is not None]
    return {"citation_precision": (sum(known), len(known)), "citations_judged": (len(known), len(judged))}
