"""Questions with passages given: whether these answer, judged from each question's own passages alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.types import Filters
from evals.ranking.calibration import Example
from evals.ranking.searching import find, shown

if TYPE_CHECKING:
    from corpus.search import Searcher
    from evals.ranking.data import GivenRow, GivenSet

NAME = "clapnq"


def articles(given: GivenSet) -> Iterator[dict[str, str]]:
    """Every question's passages as articles of an outlet that is the question's own."""
    for row in _rows(given):
        for number, passage in enumerate(row.passages):
            url = f"https://given.example/{row.id.lower()}/{number}"
            yield {"url": url, "title": passage.title, "outlet": _outlet(row), "text": passage.text}


def examples(given: GivenSet, searcher: Searcher) -> list[Example]:
    """Each question, searched for within its outlet. Those whose passages could not be stored are left out."""
    answerable = {row.id for row in given.answerable}
    found = [(row, find(searcher, row.input, Filters(outlet=_outlet(row)))) for row in shown(_rows(given), NAME)]
    return [Example(NAME, row.id, row.id in answerable, one.signals) for row, one in found if one.hits]


def _rows(given: GivenSet) -> list[GivenRow]:
    return [*given.answerable, *given.unanswerable]


def _outlet(row: GivenRow) -> str:
    return f"given-{row.id.lower()}"
