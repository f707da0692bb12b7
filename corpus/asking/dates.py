"""The time that a question is about, read from its English words without a model.

A question may name several times; what comes out is the shortest period that holds them all. Times count back from
`now`: a month or day without a year takes the year that another date of the question names, else it is the latest
one that has begun. A time that counts from now ("this week") is when the news was, so that other times beside it are
background. A period that begins after `now` (a deadline) says nothing about when an article appeared and is left out,
as are records ("the highest since 1930") and events ("before the Supreme Court ruling").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from corpus.asking.context import before_of
from corpus.asking.mentions import Mention, mentions
from corpus.asking.periods import EARLIEST, LATEST, Part, Period, back, last_over, latest, part_of, this_one
from corpus.asking.relative import relative

__all__ = ["Dates", "Period", "dates", "folded"]

MOST_CHARACTERS = 2_000
Link = Literal["since", "after", "before", "until", "as of", ""]
LINKS: dict[str, Link] = {
    **dict.fromkeys(("before", "prior to"), "before"),
    **dict.fromkeys(("until", "till", "through", "up to", "up until"), "until"),
    **dict.fromkeys(("as of", "as at"), "as of"),
    "since": "since",
    "after": "after",
}
PARTS: dict[str, Part] = {
    **dict.fromkeys(("early", "beginning", "start", "first week", "first days"), "early"),
    **dict.fromkeys(("mid", "middle"), "middle"),
    **dict.fromkeys(("late", "end", "last week", "last days"), "late"),
    "first half": "first half",
    "second half": "second half",
}
PREFIX = re.compile(
    rf"(?:\b(?P<link>since|after|{'|'.join(sorted(LINKS, reverse=True))}) )?(?P<the>the )?"
    rf"(?:\b(?P<part>{'|'.join(PARTS)})(?: of| in)?[ -](?:the )?)?$"
)
WHICH = re.compile(r"\b(last|past|previous|this) $")
RANGE_TO = re.compile(r" ?(?:to|and|until|through|up to|[-–]) ?(?:the )?")
RECORD_SINCE = re.compile(r"\b(?:first|most|worst|best|[a-z]{2,12}est)(?: [a-z]{1,15}){0,3} since (?:the )?$")
EVENT_FOLLOWS = re.compile(r"['’]s\b")


@dataclass(frozen=True, slots=True)
class Dates:
    """The period of a question, and the day of an explicit "as of", after which nothing may be shown.

    `earlier` is the same period a year before, when the question leaves open which year it means.
    """

    period: Period | None = None
    as_of: date | None = None
    earlier: Period | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """One named time, what ties it to the question, and what its year rests on."""

    link: Link
    period: Period
    rests_on: Literal["words", "now", "guess"]


def dates(question: str, now: date | None) -> Dates:
    """The time of a question. Without `now`, only what names its year is read. Never raises."""
    text = folded(question)
    now = now if now and EARLIEST <= now <= LATEST else None
    bounds = _bounds(text, now)
    soft = _news(bounds)
    end = now or LATEST
    earlier = None
    if now and soft and all(bound.rests_on == "guess" for bound in soft):
        earlier = _held(_news(_bounds(text, back(now, 1, "year"))), end)
    as_of = [bound.period.last for bound in bounds if bound.link == "as of"]
    return Dates(_held(soft, end), as_of[-1] if as_of else None, earlier)


def _news(bounds: list[Bound]) -> list[Bound]:
    """The times that say when the news was."""
    soft = [bound for bound in bounds if bound.link != "as of"]
    return [bound for bound in soft if bound.rests_on == "now"] or soft


def folded(question: str) -> str:
    """The question in lower case with single spaces, compatibility characters resolved, cut at MOST_CHARACTERS."""
    text = unicodedata.normalize("NFKC", question[:MOST_CHARACTERS]).casefold()
    return " ".join(text.split())[:MOST_CHARACTERS]


def _bounds(text: str, now: date | None) -> list[Bound]:
    named = mentions(text)
    places = [(mention.start, _bound(text, named, mention, now)) for mention in named]
    for start, end, period in relative(text, now) if now else ():
        link = _link(text, start, end)
        # "As of this week" is about now, which sets no limit.
        places.append((start, Bound(link, period, "now") if link != "as of" else None))
    found = [bound for _, bound in sorted(places, key=lambda place: place[0]) if bound]
    return [bound for bound in found if bound.link == "as of" or now is None or bound.period.first <= now]


def _bound(text: str, named: list[Mention], mention: Mention, now: date | None) -> Bound | None:
    """The days of a mention in the year that it names, that another one lends it, or that now suggests."""
    before = before_of(text, mention.start)
    if RECORD_SINCE.search(before):
        return None
    prefix = PREFIX.search(before)
    mention = _partial(mention, prefix["part"] if prefix else None)
    link = _link(text, mention.start, mention.end, the=mention.may_follow_the)
    which = WHICH.search(before)
    if mention.year is not None:
        return _bound_of(link, mention.in_year(mention.year), "words")
    if which and now:
        return _bound_of(link, (this_one if which[1] == "this" else last_over)(mention.in_year, now), "now")
    if period := _lent(text, named, mention, now):
        return Bound(link, period, "words")
    return _bound_of(link, latest(mention.in_year, now) if now else None, "guess")


def _bound_of(link: Link, period: Period | None, rests_on: Literal["words", "now", "guess"]) -> Bound | None:
    return Bound(link, period, rests_on) if period else None


def _partial(mention: Mention, part: str | None) -> Mention:
    """The mention itself, or its early, middle or late part."""
    if part is None:
        return mention

    def in_year(year: int) -> Period | None:
        whole = mention.in_year(year)
        return part_of(whole, PARTS[part]) if whole else None

    return replace(mention, in_year=in_year)


def _lent(text: str, named: list[Mention], mention: Mention, now: date | None) -> Period | None:
    """A mention in the year of the nearest one that names its own, or before it: "November to February 2025"."""
    donors = [other for other in named if other.year is not None]
    if not donors:
        return None
    donor = min(donors, key=lambda other: abs(other.start - mention.start))
    year = donor.year or 0
    period, end = mention.in_year(year), donor.in_year(year)
    ranged = mention.end <= donor.start and RANGE_TO.fullmatch(text, mention.end, donor.start)
    if ranged and period and end and period.first > end.last:
        period = mention.in_year(year - 1)
    return period if period and (now is None or period.first <= now) else None


def _link(text: str, start: int, end: int, *, the: bool = False) -> Link:
    """What ties a time to the question; "since the May deal" and "before April's vote" are tied to events."""
    prefix = PREFIX.search(before_of(text, start))
    if not prefix or not prefix["link"]:
        return ""
    link = LINKS[prefix["link"]]
    of_event = (prefix["the"] and not prefix["part"] and not the) or EVENT_FOLLOWS.match(text, end)
    return "" if of_event and link != "as of" else link


def _held(bounds: list[Bound], now: date) -> Period | None:
    """The shortest period that holds all of them; None when there are none, or when that is all time."""
    links = {bound.link for bound in bounds}
    if "until" in links and len(bounds) > 1:  # "from May until July", "since May and until July"
        bounds = [replace(bound, link="") if bound.link in {"until", "since"} else bound for bound in bounds]
    if {"after", "before"} <= links or {"since", "before"} <= links:
        return _between(bounds)
    spans = [_open(bound, now) for bound in bounds]
    if not spans:
        return None
    held = Period(min(span.first for span in spans), max(span.last for span in spans))
    return None if held.first > held.last or (held.first == EARLIEST and held.last >= now) else held


def _between(bounds: list[Bound]) -> Period | None:
    """After one and before another."""
    first = max(_open(bound, LATEST).first for bound in bounds if bound.link != "before")
    last = min(bound.period.first for bound in bounds if bound.link == "before") - timedelta(days=1)
    return Period(first, last) if first <= last else None


def _open(bound: Bound, now: date) -> Period:
    first, last = bound.period.first, bound.period.last
    if bound.link == "since":
        return Period(first, max(first, now))
    if bound.link == "after":
        start = min(last, LATEST - timedelta(days=1)) + timedelta(days=1)
        return Period(start, max(start, now))
    if bound.link == "before":
        return Period(EARLIEST, max(first, EARLIEST + timedelta(days=1)) - timedelta(days=1))
    return Period(EARLIEST, last) if bound.link == "until" else bound.period
