"""When there is no answer: the decision, and what is said instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.types import Coverage, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.evidence import Evidence
    from bot.settings import AnswerSettings
    from corpus.search import Searcher
    from corpus.types import Filters, Hit

NEAREST = 3
EMPTY_CORPUS = "Nothing has been ingested yet, so there is nothing to answer from."
OFF_TOPIC = "That is not something the stored articles are about."
NO_EVIDENCE = "The stored articles do not answer that."
OUTSIDE_LIMITS = "No stored article lies within these limits."


@dataclass(frozen=True, slots=True)
class Strength:
    """The probability that the question is answered, the cosine of the nearest passage, and the fitted floor."""

    probability: float
    closeness: float
    floor: float


def refusal_for(
    found: Strength, evidence: Evidence, coverage: Coverage, filters: Filters, settings: AnswerSettings
) -> Refusal | None:
    """The refusal that the evidence calls for, or None when it is good enough to answer."""
    if coverage.articles == 0:
        return Refusal("empty_corpus", EMPTY_CORPUS)
    if not evidence.candidates and not coverage.nearest:
        dates = filters.as_of or filters.since
        return Refusal("outside_dates" if dates else "no_evidence", _said(OUTSIDE_LIMITS, coverage))
    if found.closeness < settings.off_topic_floor:
        return Refusal("off_topic", _said(OFF_TOPIC, coverage))
    floor = found.floor if settings.floor is None else settings.floor
    if found.probability < floor or not evidence.candidates:
        return Refusal("no_evidence", _said(NO_EVIDENCE, coverage))
    return None


def strength_of(question: str, hits: Sequence[Hit], searcher: Searcher) -> Strength:
    """How likely the hits answer the question."""
    signals, calibration = searcher.signals(question, hits), searcher.calibration(hits)
    return Strength(calibration.probability(signals), signals.closeness, calibration.floor)


def coverage_of(searcher: Searcher, hits: Sequence[Hit]) -> Coverage:
    """What the store covers, and which of its articles come nearest."""
    with searcher.catalogue.snapshot() as snapshot:
        counts = snapshot.counts()
    nearest = dict.fromkeys(_named(hit) for hit in hits)
    return Coverage(tuple(nearest)[:NEAREST], counts.newest, counts.articles)


def _named(hit: Hit) -> str:
    passage = hit.passage
    return f"{passage.title} ({', '.join((passage.outlet or 'unknown outlet', (passage.published or 'no date')[:10]))})"


def _said(why: str, coverage: Coverage) -> str:
    return f"{why} {_covers(coverage)} {_nearest(coverage)}".rstrip()


def _covers(coverage: Coverage) -> str:
    until = f", the newest of {coverage.newest}" if coverage.newest else ""
    articles = "1 article" if coverage.articles == 1 else f"{coverage.articles} articles"
    return f"I can search {articles}{until}."


def _nearest(coverage: Coverage) -> str:
    return f"Nearest: {'; '.join(coverage.nearest)}." if coverage.nearest else ""
