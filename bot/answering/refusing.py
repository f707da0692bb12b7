"""When there is no answer: the decision, and what is said instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.types import Coverage, Refusal, RefusalReason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.evidence import Evidence
    from bot.settings import AnswerSettings
    from corpus.asking.periods import Period
    from corpus.search import Searcher
    from corpus.types import Filters, Hit

NEAREST = 2
LONGEST_ECHO = 160  # characters of the question that a refusal repeats
EMPTY_CORPUS = "Nothing has been ingested yet, so there is nothing to answer from."
OFF_TOPIC = "The stored articles are not about that."
NO_EVIDENCE = "The stored articles do not answer that"
OUTSIDE_LIMITS = "No stored article lies within these limits."
OUTSIDE_DATES = "The stored articles do not tell of that time"


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as it was looked for, its limits, and the days that it is about."""

    question: str
    filters: Filters
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Strength:
    """The probability that the question is answered, the cosine of the nearest passage, and the fitted floor."""

    probability: float
    closeness: float
    floor: float


def refusal_for(
    found: Strength, evidence: Evidence, coverage: Coverage, asked: Asked, settings: AnswerSettings
) -> Refusal | None:
    """The refusal that the evidence calls for, or None when it is good enough to answer."""
    if coverage.articles == 0:
        return _refusal("empty_corpus", EMPTY_CORPUS)
    if not evidence.candidates and not coverage.nearest:
        dates = asked.filters.as_of or asked.filters.since
        return _refusal("outside_dates" if dates else "no_evidence", OUTSIDE_LIMITS, _covers(coverage))
    if found.closeness < settings.off_topic_floor:
        return _refusal("off_topic", OFF_TOPIC, _covers(coverage))
    floor = found.floor if settings.floor is None else settings.floor
    if found.probability >= floor and evidence.candidates:
        return None
    if asked.period and _is_outside(asked.period, coverage):
        return _refusal("outside_dates", f"{OUTSIDE_DATES}: {_echo(asked.question)}.", _covers(coverage))
    lead = f"{NO_EVIDENCE}: {_echo(asked.question)}."
    return _refusal("no_evidence", lead, _covers(coverage), _nearest(coverage))


def friendly(reply: str) -> Refusal:
    """What is said to a message that asks nothing."""
    return _refusal("off_topic", reply)


def _refusal(reason: RefusalReason, lead: str, *more: str) -> Refusal:
    return Refusal(reason, " ".join(filter(None, (lead, *more))), lead)


def _is_outside(period: Period, coverage: Coverage) -> bool:
    """Whether all of a period lies before the oldest article or after the newest."""
    if not (coverage.oldest and coverage.newest):
        return False
    return period.last.isoformat() < coverage.oldest or period.first.isoformat() > coverage.newest


def _echo(question: str) -> str:
    """The question as it was looked for, in quotation marks and not too long."""
    text = " ".join(question.split())
    return f"“{text if len(text) <= LONGEST_ECHO else text[: LONGEST_ECHO - 1].rstrip() + '…'}”"


def strength_of(question: str, hits: Sequence[Hit], searcher: Searcher) -> Strength:
    """How likely the hits answer the question."""
    signals, calibration = searcher.signals(question, hits), searcher.calibration(hits)
    return Strength(calibration.probability(signals), signals.closeness, calibration.floor)


def coverage_of(searcher: Searcher, hits: Sequence[Hit]) -> Coverage:
    """What the store covers, and which of its articles come nearest."""
    with searcher.catalogue.snapshot() as snapshot:
        counts = snapshot.counts()
    nearest = dict.fromkeys(_named(hit) for hit in hits)
    return Coverage(tuple(nearest)[:NEAREST], counts.newest, counts.articles, counts.oldest)


def _named(hit: Hit) -> str:
    passage = hit.passage
    return f"{passage.title} ({', '.join((passage.outlet or 'unknown outlet', (passage.published or 'no date')[:10]))})"


def _covers(coverage: Coverage) -> str:
    articles = "1 article" if coverage.articles == 1 else f"{coverage.articles} articles"
    if coverage.newest is None:
        return f"I can search {articles}."
    return f"I can search {articles}, from {coverage.oldest} to {coverage.newest}."


def _nearest(coverage: Coverage) -> str:
    return f"Nearest: {'; '.join(coverage.nearest)}." if coverage.nearest else ""
