"""Token F1: the words that an answer and the gold answer have in common, as precision and recall in one figure.

F1 = 2PR / (P + R) over multisets of words, lower case, without punctuation and English articles: Rajpurkar et al.,
"SQuAD: 100,000+ Questions for Machine Comprehension of Text" (EMNLP 2016). An answer in the articles' own words is
longer than a gold answer, so it never comes near 1; it tells two runs apart, not a good answer from a bad one.
"""

import re
from collections import Counter

from evals.case import NOTHING, Case, Score, harmonic
from evals.figure import Figure

FIGURES = (
    Figure(
        "token_f1",
        "Words in common with the gold answer",
        "F1 of the answer's words against the gold answer's.",
        mean=True,
    ),
)
ARTICLES = {"a", "an", "the"}
WORD = re.compile(r"[^\W_]+")


def scores(case: Case) -> dict[str, Score]:
    """`token_f1`; nothing for questions without a gold answer."""
    if not (case.row.answerable and case.row.answer):
        return {"token_f1": NOTHING}
    said = _words(" ".join(sentence.text for sentence in case.answer.sentences))
    gold = _words(case.row.answer)
    common = (said & gold).total()
    if not common:
        return {"token_f1": (0.0, 1)}
    return {"token_f1": (harmonic(common / said.total(), common / gold.total()), 1)}


def _words(text: str) -> Counter[str]:
    return Counter(word for word in WORD.findall(text.casefold()) if word not in ARTICLES)
