"""A question as a request for articles: of which time, of which outlet, and whether it asks how things are now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.asking.dates import dates, folded
from corpus.asking.outlets import named_outlets, same_outlet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from corpus.asking.periods import Period

# What a rate is called; "tax" and "fee" are left out: they are defined more often than asked for.
RATE = r"(?:rate|tariff|duty|levy|quota|ceiling|threshold|exemption)"
RATES = r"(?:rates|tariffs|duties|levies|quotas|exemptions)"
A_FEW_WORDS = r"(?:[\w-]{1,20} ){0,3}"
RATE_ENDS = r"(?: (?:on|for|that|between|against|at)\b| ?\?| ?$)"
PRESENT = (
    r"\b(?:currently|nowadays|right now|these days|at the moment|at present|so far|to date)\b",
    r"\b(?:most recent|newest|up to date|as of (?:now|today|this)|today(?!['’]s))\b",
    r"(?:\b(?:the|your|its|their|what|which|how)|['’]s) current\b",
    rf"\btoday['’]s {A_FEW_WORDS}(?:{RATE}|{RATES}|levels?|prices?)\b",
    # "then and now", "the now-abandoned plan" look back.
    r"(?<!then and )(?<!until )(?<!before )\bnow ?(?:[?.,;!)]|$)",
    r"(?:\b(?:is|are|do|does|has|have|can|must)|['’](?:s|re))\b[^?!.;'’\"“”]{0,40} now\b(?!-)",
    # The last possible day is no news; neither is "at the latest", nor "the latest to join".
    r"(?<!at the )\blatest\b(?! (?:\w{1,12} )?(?:date|day|deadline|time|by)\b| (?:the|that|an?|any|it|they|you|to)\b)",
    # "Has it passed yet?"; but "cheap, yet good".
    r"^(?:has|have|is|are|did|does|do)\b.{1,200}\byet\b ?(?:[?.!(]|$)",
    # "Is it still in force"; but "who still cheered".
    r"^(?:is|are|do|does|has|have)\b[^?!.;]{0,60}\bstill\b|\b(?:is|are) still\b|\bstill in (?:force|effect|place)\b",
    # "What's the tariff on EU cars?", "what are the duties?"
    rf"\bwhat(?: is|['’]?s) the {A_FEW_WORDS}{RATE}{RATE_ENDS}",
    rf"\bwhat are (?:the )?{A_FEW_WORDS}{RATES}{RATE_ENDS}",
    rf"\bhow (?:high|much|large|big) (?:is|are) (?:the )?{A_FEW_WORDS}(?:{RATE}|{RATES})\b",
    # "Which rate applies to", "what tariff does Japan face"
    rf"\b(?:what|which) {A_FEW_WORDS}(?:{RATE}|{RATES}) (?:is|are|do|does|applies|apply)\b(?!\s?n[o'’]t)",
    # "Is China buying soybeans", "are the talks going ahead"
    r"^(?:is|are) [^?!.;,]{1,60}\b(?!during|\w{2,5}thing\b|beijing|string|spring)[a-z]{2,14}ing\b",
)
_PRESENT = tuple(re.compile(pattern) for pattern in PRESENT)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question says about the articles that it wants.

    `period`: the days that it is about; `earlier`: the same a year before, when the question leaves its year open.
    `as_of`: the ISO day after which nothing may be shown, only when the question itself says "as of" or "as at" it.
    `outlet`: the one outlet that it names, as stored; None when it names several. `present`: whether it asks for the
    state of things now, or as of that day.
    """

    period: Period | None = None
    as_of: str | None = None
    outlet: str | None = None
    present: bool = False
    earlier: Period | None = None


def read(question: str, now: date | None, outlets: Iterable[str]) -> Reading:
    """Reads a question against `now` (its own day, else the newest article's) and the stored outlets. Never raises."""
    when = dates(question, now)
    names = named_outlets(question, outlets)
    outlet = names[0] if names and all(same_outlet(names[0], name) for name in names) else None
    # A question about a time that is over does not ask how things are now, however it is worded.
    over = when.period is not None and now is not None and when.period.last < now
    present = when.as_of is not None or (not over and asks_for_now(question))
    return Reading(when.period, when.as_of.isoformat() if when.as_of else None, outlet, present, when.earlier)


def asks_for_now(question: str) -> bool:
    """Whether the wording asks how things are at present. Conservative: a plain "is" or "does" is not enough."""
    text = folded(question)
    return any(pattern.search(text) for pattern in _PRESENT)
