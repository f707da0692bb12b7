"""A question that takes for granted what its sources contradict: its figure, its country, its day, or its direction.

A reader who asks why a tariff of 30 percent was set should hear that it is 25 percent. The answer's own quotes are
looked at, as far as they are about what is asked: a quote that shares few of the question's words contradicts nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answering.checking.days import days
from bot.answering.checking.polarity import points_elsewhere
from bot.answering.checking.quantities import quantities
from bot.answering.checking.support import content
from bot.answering.types import Note
from corpus.asking.aliases import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answering.types import Citation
    from corpus.types import Hit

ABOUT = 0.6  # of the question's words, in a quote that may contradict it
DIRECTED = 0.7  # the same for a quote that points the other way
FIRST = 3  # quotes looked at: further ones are about something beside the question more often than not
# "Higher than 10 percent?", "before July 20", "on a $30,000 car" take nothing for granted.
COMPARED = re.compile(
    r"\b(?:than|above|below|over|under|least|most|up to|about|around|exceed\w*|reach\w*)\s+$", re.IGNORECASE
)
PRICED = re.compile(r"\b(?:how much|how many)\b|\ban?\s+$", re.IGNORECASE)
AROUND = re.compile(
    r"\b(?:as of|before|after|by|since|until|till|between|from|to|through|around)\s+(?:\S+ and )?$", re.IGNORECASE
)
TAKEN_FOR_GRANTED = re.compile(
    r"\b(?:why|how come|how did|how does|since|now that|given that|when did|who)\b", re.IGNORECASE
)


def premise_notes(question: str, citations: Sequence[Citation], hits: Sequence[Hit]) -> tuple[Note, ...]:
    """At most one note: what the question says, what its first contradicting quote says, and where."""
    said = "\n".join(f"{hit.passage.title}\n{hit.passage.text}\n{hit.passage.published or ''}" for hit in hits)
    for citation in citations[:FIRST]:
        for asked, found in contradictions(question, citation.quote, said):
            text = f"The question says “{asked}”; [{citation.n}] says “{found}”."
            return (Note("premise", text, (citation.n,)),)
    return ()


def contradictions(question: str, quote: str, said: str, *, stated: bool = False) -> Iterator[tuple[str, str]]:
    """What the question says and the quote says otherwise; a figure, country or day only when no passage has it.

    `stated` is for a statement in place of a question: nothing in it is only supposed.
    """
    asked = content(question)
    about = len(asked & content(quote)) / max(1, len(asked))
    if about >= ABOUT:
        yield from _figures(question, quote, said, stated=stated)
        yield from _countries(question, quote, said)
        yield from _days(question, quote, said)
    if about >= DIRECTED or (about >= ABOUT and (stated or TAKEN_FOR_GRANTED.search(question))):
        yield from points_elsewhere(question, quote)


def _figures(question: str, quote: str, said: str, *, stated: bool) -> Iterator[tuple[str, str]]:
    told, asked = quantities(said), quantities(question)
    new = [other for other in quantities(quote) if not other.is_said_by(asked)]
    for one in asked:
        before = question[: one.start]
        if COMPARED.search(before) or (not stated and PRICED.search(before)):
            continue
        others = [other for other in new if other.unit == one.unit]
        if one.unit and not one.is_said_by(told) and len(others) == 1:
            yield question[one.start : one.end], quote[others[0].start : others[0].end]


def _countries(question: str, quote: str, said: str) -> Iterator[tuple[str, str]]:
    known, there = _named(said), _named(quote)
    asked = _named(question)
    for key, name in asked.items():
        others = [there[other] for other in there if other not in asked]
        if key not in known and len(others) == 1:
            yield name, others[0]


def _named(text: str) -> dict[str, str]:
    return {one.thing.key: text[one.start : one.end] for one in mentions(text) if one.thing.kind == "country"}


def _days(question: str, quote: str, said: str) -> Iterator[tuple[str, str]]:
    told = {(day.month, day.day) for day in days(said)}
    for one in days(question):
        if AROUND.search(question[: one.start]):
            continue
        others = [day for day in days(quote) if day.day]
        if one.day and (one.month, one.day) not in told and len(others) == 1:
            yield question[one.start : one.end], quote[others[0].start : others[0].end]
