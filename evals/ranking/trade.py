"""Questions about news articles: whether the evidence stands among the best passages, and where its first part does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.question import standalone
from bot.answering.types import Turn
from corpus.types import Filters, Hit, Span
from evals.metrics.evidence_found import DEPTHS
from evals.ranking.calibration import Example
from evals.ranking.measured import Figures
from evals.ranking.searching import find, shown
from evals.spans import Located, Texts, covered, groups
from evals.statistics.intervals import mean_estimate
from evals.statistics.shares import share

if TYPE_CHECKING:
    from corpus.search import Searcher
    from evals.ranking.stores import Store
    from evals.sets import Row

NAME = "trade"
Groups = Sequence[Sequence[Located]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the set with the hits of a search for as many as each depth."""

    row: Row
    hits: Mapping[int, Sequence[Hit]]


def ask(rows: Sequence[Row], searcher: Searcher, depths: Sequence[int] = DEPTHS) -> list[Asked]:
    """Search for each question, once for each depth.

    The best 4 of a search for 50 hold more than a search for 4 finds: hits are joined with neighbours of any rank.
    """
    return [
        Asked(row, {depth: searcher.search(_standalone(row), depth, _filters(row)).hits for depth in depths})
        for row in shown(rows, "trade")
    ]


def texts_of(store: Store) -> Texts:
    """The stored articles' texts, in which the gold quotes are located."""
    return Texts({version.article.url: version.article.text for version in store.versions()})


def figures(asked: Sequence[Asked], texts: Texts) -> Figures:
    """Of questions with evidence: all groups in the top K, the first hit in the top 1, and its reciprocal rank."""
    gold = [
        (groups(one.row.evidence, texts), {depth: places(hits) for depth, hits in one.hits.items()})
        for one in asked
        if one.row.evidence
    ]
    depths = sorted({depth for one in asked for depth in one.hits})
    deepest = [first_rank(wanted, found[depths[-1]]) for wanted, found in gold]
    return {
        **{
            f"evidence_at_{depth}": share(sum(all_covered(wanted, found[depth]) for wanted, found in gold), len(gold))
            for depth in depths
        },
        "first_hit_at_1": share(sum(first_rank(wanted, found[1]) == 1 for wanted, found in gold), len(gold)),
        "first_hit_reciprocal_rank": mean_estimate([1 / rank if rank else 0.0 for rank in deepest]),
    }


def all_covered(wanted: Groups, parts: Sequence[Located]) -> bool:
    """Whether of every group one quote lies whole in the parts together."""
    return all(any(covered(quote, parts) for quote in group) for group in wanted)


def first_rank(wanted: Groups, parts: Sequence[Located]) -> int | None:
    """The rank of the first part that holds a quote of any group by itself, from 1; None when none does."""
    quotes = [quote for group in wanted for quote in group]
    ranks = (rank for rank, part in enumerate(parts, start=1) if any(covered(quote, [part]) for quote in quotes))
    return next(ranks, None)


def places(hits: Iterable[Hit]) -> list[Located]:
    """Where the hits stand, in their order."""
    return [Located(hit.passage.url, Span(hit.passage.start, hit.passage.end)) for hit in hits]


def examples(rows: Sequence[Row], searcher: Searcher) -> list[Example]:
    """The questions as examples to calibrate on."""
    found = [(row, find(searcher, _standalone(row), _filters(row))) for row in shown(rows, "trade, refusal")]
    return [Example(NAME, row.id, row.answerable, one.signals) for row, one in found]


def _standalone(row: Row) -> str:
    """As an answer makes it."""
    return standalone(row.question, [Turn(turn.question, turn.answer) for turn in row.history])


def _filters(row: Row) -> Filters:
    return Filters(as_of=row.as_of)
