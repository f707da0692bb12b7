"""A proposed question, and the row of a set that it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.types import ID_LENGTH, sha256
from evals.drafting.source import gold_url

if TYPE_CHECKING:
    from corpus.types import Article

TYPES = ("why", "what", "who", "when", "how", "number", "compare", "change", "attribution")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question with the sentences of the article that answer it; `made_from` says what gave rise to it."""

    question: str
    type: str
    answer: str
    quotes: tuple[str, ...]
    made_from: str
    must_include: tuple[tuple[str, ...], ...] = ()

    def row(self, article: Article) -> dict[str, Any]:
        """The question as a row of a set. Its id follows the article and the question, so that a second draft is
        the same row; `candidate` is for whoever edits it and means nothing to a run."""
        url = gold_url(article)
        return {
            "id": f"draft-{sha256(f'{url} {self.question}')[:ID_LENGTH]}",
            "question": self.question,
            "type": self.type,
            "answerable": True,
            "answer": self.answer,
            "must_include": [list(group) for group in self.must_include],
            "evidence": [[{"url": url, "quote": quote}] for quote in self.quotes],
            "candidate": {"from": self.made_from, "article": article.title, "published": article.published},
        }


def type_of(question: str) -> str:
    """The type that a question's first word gives it: why, what, who, when or how; what where it is none of these."""
    first = question.split(maxsplit=1)[0].casefold().strip("“\"'’,:;.") if question.split() else ""
    return first if first in TYPES else "what"
