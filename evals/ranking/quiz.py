"""Quiz questions about the news, each with one passage as evidence, searched among the evidence of all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from corpus.types import Filters, Hit
from evals.ranking.calibration import Example
from evals.ranking.data import QuizRow
from evals.ranking.measured import Figures
from evals.ranking.searching import Found, find, searching, shown
from evals.statistics.intervals import SEED
from evals.statistics.shares import share

if TYPE_CHECKING:
    from corpus.types import Version
    from evals.ranking.stores import Store

NAME = "quiz"
RANKS = (1, 10)
TITLE_WORDS = 8

# The stories that hold a question's evidence, by the question's id; empty when it could not be stored.
Gold = Mapping[str, frozenset[str]]
# Weights of a reranker that has not learnt from a year's questions, by year.
Folds = Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was found for it."""

    row: QuizRow
    found: Found


def shuffled(rows: Sequence[QuizRow]) -> list[QuizRow]:
    """The rows in an order of chance, the same every time: the first N are a sample of N."""
    return Random(SEED).sample(rows, len(rows))  # noqa: S311 - a sample has to be repeatable, not secret


def article(row: QuizRow) -> dict[str, str]:
    """The evidence as an article of its own. Its title says nothing that the evidence does not say itself."""
    title = " ".join(row.evidence.split()[:TITLE_WORDS])
    return {"url": _url(row), "title": title, "outlet": "Quiz", "published": row.date, "text": row.evidence}


def gold(rows: Iterable[QuizRow], versions: Iterable[Version]) -> Gold:
    """The stories of each question's own article and of those with the same text."""
    by_url: dict[str, Version] = {}
    by_text: dict[str, set[str]] = defaultdict(set)
    for version in versions:
        by_url[version.article.url] = version
        by_text[version.article.text].add(version.story)
    own = {row.id: by_url.get(_url(row)) for row in rows}
    return {id_: frozenset({one.story, *by_text[one.article.text]} if one else ()) for id_, one in own.items()}


def without(rows: Iterable[QuizRow], removed: Iterable[QuizRow], stories: Gold) -> list[QuizRow]:
    """The rows whose evidence tells no story of the removed questions' evidence."""
    gone = frozenset[str]().union(*(stories[row.id] for row in removed))
    return [row for row in rows if not stories[row.id] & gone]


def ask(
    rows: Sequence[QuizRow], store: Store, folds: Folds, parts: Collection[str] | None = None, doing: str = NAME
) -> list[Asked]:
    """Search for each question, by a reranker that has not learnt from its year where there is one for it."""
    asked: dict[str, Asked] = {}
    by_year: dict[str, list[QuizRow]] = defaultdict(list)
    for row in rows:
        by_year[row.date[:4] if row.date[:4] in folds else ""].append(row)
    for year, of in by_year.items():
        with searching(store, parts, folds.get(year)) as searcher:
            asked |= {row.id: Asked(row, find(searcher, row.question, Filters())) for row in shown(of, doing)}
    return [asked[row.id] for row in rows]


def rank(stories: frozenset[str], hits: Iterable[Hit]) -> int | None:
    """The rank of the first passage of one of the stories, from 1; None when there is none."""
    return next((place for place, hit in enumerate(hits, start=1) if hit.passage.story in stories), None)


def figures(asked: Sequence[Asked], stories: Gold) -> Figures:
    """Hits at 1 and at 10, of all questions and of each year's; a question without stored evidence is a miss."""
    ranks = [(one.row.date[:4], rank(stories[one.row.id], one.found.hits)) for one in asked]
    found: dict[str, list[int | None]] = defaultdict(list)
    for year, place in sorted(ranks, key=lambda pair: pair[0]):
        found[year].append(place)
    groups = {"": [place for _, place in ranks], **{f"_{year}": of for year, of in found.items()}}
    return {
        f"hits_at_{depth}{suffix}": share(sum(place is not None and place <= depth for place in of), len(of))
        for suffix, of in groups.items()
        for depth in RANKS
    }


def examples(asked: Iterable[Asked], *, answerable: bool) -> list[Example]:
    """The questions as examples to calibrate on, with or without an answer to find."""
    return [Example(NAME, one.row.id, answerable, one.found.signals) for one in asked]


def _url(row: QuizRow) -> str:
    return f"https://quiz.example/{row.id.lower()}"
