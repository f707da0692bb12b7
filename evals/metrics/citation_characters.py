"""Citations against gold by character: precision, recall and F1 of what is quoted.

Precision: of the characters quoted, those inside a gold quote. Recall: of a group's gold quotes the one that is best
covered, its share of characters that are quoted; the mean over a question's groups. After the token-level measures of
Smith and Troynikov, "Evaluating Chunking Strategies for Retrieval" (Chroma Technical Report, 2024), in characters.
"""

from collections.abc import Iterable

from evals.case import NOTHING, Case, Score, harmonic
from evals.figure import Figure
from evals.spans import Located, cited_in

FIGURES = (
    Figure(
        "cited_characters_precision",
        "Quoted text that is gold",
        "Of what an answer quotes, the share inside gold.",
        mean=True,
    ),
    Figure("cited_characters_recall", "Gold text that is quoted", "Of what gold says, the share quoted.", mean=True),
    Figure(
        "cited_characters_f1", "F1 of quoted text", "Precision and recall of the quoted text in one figure.", mean=True
    ),
)

Characters = set[tuple[str, int]]


def scores(case: Case) -> dict[str, Score]:
    """`cited_characters_precision`, `_recall` and `_f1`; nothing for questions without evidence."""
    if not case.row.evidence:
        return {figure.name: NOTHING for figure in FIGURES}
    cited = _characters(cited_in(case.answer))
    precision = len(cited & _characters(case.gold.quotes)) / len(cited) if cited else 0.0
    recalls = [max((_share(quote, cited) for quote in group), default=0.0) for group in case.gold.groups]
    recall = sum(recalls) / len(recalls)
    return {
        "cited_characters_precision": (precision, 1) if cited else NOTHING,
        "cited_characters_recall": (recall, 1),
        "cited_characters_f1": (harmonic(precision, recall), 1),
    }


def _share(quote: Located, cited: Characters) -> float:
    wanted = _characters([quote])
    return len(wanted & cited) / len(wanted)


def _characters(places: Iterable[Located]) -> Characters:
    return {(one.url, at) for one in places for at in range(one.span.start, one.span.end)}
