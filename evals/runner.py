"""Answering every question of a set and scoring the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.answering.document import document
from bot.answering.types import Ask, Turn
from corpus.types import Filters
from evals.case import Case, Score
from evals.metrics import (
    citation_precision,
    evidence_cited,
    evidence_found,
    in_full,
    must_include,
    quotes_verbatim,
    refusals,
    sentences_cited,
)
from evals.spans import Texts

if TYPE_CHECKING:
    from bot.answering.chain import Answerer
    from bot.answering.types import Answer
    from corpus.catalogue import Catalogue
    from corpus.search import Searcher
    from evals.sets import Row

METRICS = (
    evidence_found,
    evidence_cited,
    citation_precision,
    must_include,
    in_full,
    quotes_verbatim,
    sentences_cited,
    refusals,
)
DEPTH = max(evidence_found.DEPTHS)


@dataclass(frozen=True, slots=True)
class Result:
    """One answered question with its scores by metric."""

    row: Row
    answer: Answer
    scores: dict[str, Score]

    def document(self) -> dict[str, Any]:
        """One line of a results file."""
        shares = {name: met / counted if counted else None for name, (met, counted) in self.scores.items()}
        return {"id": self.row.id, "type": self.row.type, "answer": document(self.answer), "scores": shares}


def run(rows: Sequence[Row], answerer: Answerer, searcher: Searcher) -> Iterator[Result]:
    """Answer and score each question, in order."""
    texts = _texts(searcher.catalogue)
    for row in rows:
        ask = Ask(
            row.question,
            tuple(Turn(turn.question, turn.answer) for turn in row.history),
            Filters(as_of=row.as_of),
        )
        answer = answerer.answer(ask)
        hits = searcher.search(answer.standalone_question, DEPTH, ask.filters).hits
        full = answerer.answer(Ask(row.in_full, filters=ask.filters)) if row.in_full else None
        case = Case(row, answer, tuple(hits), texts, full)
        yield Result(row, answer, scored(case, METRICS))


def scored(case: Case, metrics: Iterable[Any]) -> dict[str, Score]:
    """The scores of all metrics, by name."""
    scores: dict[str, Score] = {}
    for metric in metrics:
        scores |= metric.scores(case)
    return scores


def missing_gold(rows: Sequence[Row], searcher: Searcher) -> list[str]:
    """Ids of the questions that have a group none of whose quotes is in the store."""
    texts = _texts(searcher.catalogue)
    return [row.id for row in rows if any(not any(texts.locate(quote) for quote in group) for group in row.evidence)]


def _texts(catalogue: Catalogue) -> Texts:
    with catalogue.snapshot() as snapshot:
        return Texts({version.article.url: version.article.text for version in snapshot.by_status("live")})
