"""Sources that differ: another article's figure for what is asked, and a question that says what its sources do not.

Only what can be shown is said: both sides stand in quoted sentences. Two sentences are taken to speak of one thing when
they share much of their words, the same countries, and about as much of the question; anything less names differences
that are none (docs/evaluation.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.answering.checking.days import days, is_said_by
from bot.answering.checking.quantities import quantities
from bot.answering.checking.support import content
from bot.answering.highlight import asked_figures
from bot.answering.kinds import kind_of
from bot.answering.types import Citation, Draft, Note
from bot.answering.wording import countries
from corpus.types import Span

if TYPE_CHECKING:
    from bot.answering.checking.days import Day
    from bot.answering.checking.quantities import Quantity
    from bot.answering.evidence import Candidate, Evidence
    from corpus.types import Passage

DEEPEST = 40  # candidates looked at
SHARED = 0.4  # of the words of the sentence that has fewer
ASKED = 0.5  # of the question's words
AS_WELL = 0.2  # how much less of the question the other may have
REPLACES = re.compile(
    r"\b(?:rais\w+|increas\w+|hik\w+|doubl\w+|tripl\w+|cut|cuts|lower\w*|reduc\w+|halv\w+|revis\w+|correct\w+|up from"
    r"|down from|instead|no longer|replac\w+|climb\w*|rose|fell|updat\w+|went up)\b",
    re.IGNORECASE,
)
BRACKETS = re.compile(r"[\[\]]")


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure in a sentence of a passage."""

    figure: Quantity
    text: str
    span: Span
    passage: Passage

    @property
    def said(self) -> str:
        return self.text[self.figure.start : self.figure.end]

    @property
    def day(self) -> str:
        return (self.passage.published or "")[:10]

    @property
    def source(self) -> str:
        # A name in brackets would be read as a marker.
        return f"{BRACKETS.sub('', self.passage.outlet or 'unknown outlet')}, {self.day or 'no date'}"


def with_conflicts(draft: Draft, evidence: Evidence) -> Draft:
    """The draft with a note where another source has another figure for what is asked; that source is cited, too."""
    if kind_of(evidence.question) != "number":
        return draft
    cited = (
        _Told(f, c.quote, Span(c.start, c.end), c.passage) for c in draft.citations for f in _figure(c.quote, evidence)
    )
    first = next(cited, None)
    others = (_of(candidate, evidence) for candidate in evidence.candidates[:DEEPEST])
    other = next((one for one in others if first and one and _differ(first, one, evidence.question)), None)
    return _noted(draft, first, other) if first and other else draft


def _of(candidate: Candidate, evidence: Evidence) -> _Told | None:
    found = (_Told(one, candidate.text, candidate.span, candidate.passage) for one in _figure(candidate.text, evidence))
    return next(found, None)


def _figure(text: str, evidence: Evidence) -> list[Quantity]:
    """The figure that is asked for, where the sentence has no more than one of the kind."""
    found = asked_figures(text, evidence.question)
    return found if len({one.value for one in found}) == 1 else []


def _differ(one: _Told, other: _Told, question: str) -> bool:
    same = one.passage.article_id == other.passage.article_id or one.passage.story == other.passage.story
    known = one.figure.is_said_by(quantities(other.text)) or other.figure.is_said_by(quantities(one.text))
    elsewhen = not _may_be_of_one_time(days(one.text), days(other.text))
    return (
        not (same or known or elsewhen) and one.figure.unit == other.figure.unit and _same_thing(one, other, question)
    )


def _same_thing(one: _Told, other: _Told, question: str) -> bool:
    words, others, asked = content(one.text), content(other.text), content(question)
    shared = len(words & others) >= SHARED * min(len(words), len(others))
    had, has = (len(asked & found) / max(1, len(asked)) for found in (words, others))
    return shared and has >= max(ASKED, had - AS_WELL) and countries(one.text) == countries(other.text)


def _may_be_of_one_time(one: list[Day], other: list[Day]) -> bool:
    """Whether two sentences that both name days share any: what fell in April may fall otherwise in June."""
    return not (one and other) or any(is_said_by(day, other, ()) for day in one)


def _noted(draft: Draft, one: _Told, other: _Told) -> Draft:
    """The note, the earlier figure first."""
    earlier, later = sorted((one, other), key=lambda told: told.day)
    draft, number = _cited(draft, earlier)
    draft, second = _cited(draft, later)
    text = (
        f"Sources differ: {earlier.said} ({earlier.source}) [{number}], "
        f"{later.said} ({later.source}) [{second}]. {_which_holds(earlier, later)}"
    )
    return replace(draft, notes=(*draft.notes, Note("conflict", text, (number, second))))


def _which_holds(earlier: _Told, later: _Told) -> str:
    if not (earlier.day and later.day):
        return "Which is the later one is not known."
    if earlier.day == later.day:
        return "Neither is the later one."
    if REPLACES.search(later.text) and not REPLACES.search(earlier.text):
        return "The later one tells of a change and supersedes the earlier."
    return "The later one does not say that it replaces the earlier."


def _cited(draft: Draft, told: _Told) -> tuple[Draft, int]:
    """The draft with a citation of the sentence, and that citation's number."""
    for citation in draft.citations:
        if (citation.passage.article_id, citation.start) == (told.passage.article_id, told.span.start):
            return draft, citation.n
    number = max((one.n for one in draft.citations), default=0) + 1
    new = Citation(number, told.text, told.span.start, told.span.end, told.passage)
    return replace(draft, citations=(*draft.citations, new)), number
