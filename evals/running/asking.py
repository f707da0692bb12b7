"""One question of a set: asked, searched for beside, judged where somebody judges, and scored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from langchain_core.callbacks import get_usage_metadata_callback

from bot.answering.document import document
from bot.answering.types import Ask, Turn
from corpus.types import Filters
from evals.case import Case
from evals.gold import SHARE, holds
from evals.measures import DEPTH, scored
from evals.results import GoldRow, Result, Usage
from evals.spans import cited_in, overlaps

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.answering.types import Answer
    from evals.gold import Library
    from evals.running.opening import Asked
    from evals.sets import Evidence, Row

PLACES = 6  # of a score in a results file


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks questions of one store; `stale` are the ids of those whose articles are not the ones they were written for.

    Safe to use from several threads.
    """

    asked: Asked
    library: Library
    stale: Collection[str] = ()

    def warm_up(self, row: Row) -> None:
        """Load the models, so that the first question's times are like the others'."""
        self.asked.answerer.answer(Ask(row.question))

    def result(self, row: Row) -> Result:
        """The answer to a question with its scores. Raises StoreError when the store cannot be searched."""
        ask = _ask(row)
        with get_usage_metadata_callback() as used:
            answer = self.asked.answerer.answer(ask)
        hits = self.asked.searcher.search(answer.standalone_question, DEPTH, ask.filters).hits
        full = self.asked.answerer.answer(Ask(row.in_full, filters=ask.filters)) if row.in_full else None
        judged = self._judged(row, answer)
        gold = self.library.gold(row)
        case = Case(row, gold, answer, tuple(hits), self.library.texts, full, judged)
        totals = [(one.get("input_tokens", 0), one.get("output_tokens", 0)) for one in used.usage_metadata.values()]
        usage = Usage(input_tokens=sum(n for n, _ in totals), output_tokens=sum(n for _, n in totals))
        return _result(case, usage if totals else None, stale=row.id in self.stale)

    def _judged(self, row: Row, answer: Answer) -> float | None:
        judge = self.asked.judge
        if judge is None or answer.refusal or not (row.answerable and row.answer):
            return None
        return judge.verdict(row.question, row.answer, answer.text)


def _ask(row: Row) -> Ask:
    history = tuple(Turn(turn.question, turn.answer) for turn in row.history)
    return Ask(row.question, history, Filters(as_of=row.as_of))


def _result(case: Case, usage: Usage | None, *, stale: bool) -> Result:
    row, counts = case.row, scored(case)
    return Result(
        id=row.id,
        type=row.type,
        answer=document(case.answer),
        scores={name: round(met / counted, PLACES) if counted else None for name, (met, counted) in counts.items()},
        counts={name: (round(met, PLACES), round(counted, PLACES)) for name, (met, counted) in counts.items()},
        gold=GoldRow(
            answerable=row.answerable,
            answer=row.answer,
            must_include=row.must_include,
            evidence=row.evidence,
            history=row.history,
        ),
        cited_by=tuple(tuple(_citing(gold, case) for gold in group) for group in row.evidence),
        found_at=tuple(tuple(_rank(gold, case) for gold in group) for group in row.evidence),
        outlets=case.gold.outlets,
        years=case.gold.years,
        stale=stale,
        usage=usage,
    )


def _citing(gold: Evidence, case: Case) -> tuple[int, ...]:
    """The numbers of the citations that count as having cited a gold quote."""
    place = case.texts.locate(gold)
    cited = zip(case.answer.citations, cited_in(case.answer), strict=True)
    return tuple(one.n for one, where in cited if place and overlaps(place, where, SHARE))


def _rank(gold: Evidence, case: Case) -> int | None:
    """Where the first passage that holds a gold quote stands among those found."""
    place = case.texts.locate(gold)
    return next((rank for rank, hit in enumerate(case.hits, 1) if place and holds(hit.passage, place)), None)
