"""Citations against gold by passage: precision, recall and F1.

Precision: of the passages that an answer cites, those that hold gold evidence. Recall: of the pieces of evidence, those
with a cited passage that holds one of their quotes. F1 is the harmonic mean of a question's two. Precision and recall
are summed over questions (Gao et al., "Enabling Large Language Models to Generate Text with Citations", EMNLP 2023,
with gold passages in the place of their entailment model).
"""

from evals.case import NOTHING, Case, Score, harmonic
from evals.figure import Figure
from evals.gold import holds

FIGURES = (
    Figure(
        "cited_passages_precision", "Cited passages that hold gold", "Of all passages cited, those with gold evidence."
    ),
    Figure(
        "cited_passages_recall", "Evidence in cited passages", "Of all pieces of evidence, those in a cited passage."
    ),
    Figure(
        "cited_passages_f1", "F1 of cited passages", "Precision and recall of cited passages in one figure.", mean=True
    ),
)


def scores(case: Case) -> dict[str, Score]:
    """`cited_passages_precision`, `_recall` and `_f1`; nothing for questions without evidence."""
    if not case.row.evidence:
        return {figure.name: NOTHING for figure in FIGURES}
    cited = {one.passage.id: one.passage for one in case.answer.citations}.values()
    right = sum(any(holds(one, quote) for quote in case.gold.quotes) for one in cited)
    found = sum(any(holds(one, quote) for one in cited for quote in group) for group in case.gold.groups)
    precision, recall = right / len(cited) if cited else 0.0, found / len(case.gold.groups)
    return {
        "cited_passages_precision": (right, len(cited)),
        "cited_passages_recall": (found, len(case.gold.groups)),
        "cited_passages_f1": (harmonic(precision, recall), 1),
    }
