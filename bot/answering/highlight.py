"""The words of a sentence that a question asks for: its figure, its date or its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answering.checking.days import days
from bot.answering.checking.names import words
from bot.answering.checking.quantities import quantities
from bot.answering.kinds import kind_of

if TYPE_CHECKING:
    from bot.answering.checking.quantities import Quantity

Place = tuple[int, int]

COUNT = re.compile(r"\bhow (?:many|often|long|far)\b", re.IGNORECASE)
SHARE = re.compile(r"\b(?:rates?|percent\w*|per cent|share|tariffs?|dut(?:y|ies)|lev(?:y|ies))\b", re.IGNORECASE)
PERSON = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr)\. [A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}|\b[A-Z][a-z'’-]+(?: [A-Z]\.)?(?: [A-Z][a-z'’-]+){1,2}\b"
)


def highlight_of(sentence: str, question: str) -> Place | None:
    """Where the sentence has what the question asks for; None when it asks for nothing of the kind, or has none."""
    kind = kind_of(question)
    if kind == "number":
        return _figure(sentence, question)
    if kind == "when":
        return next(((day.start, day.end) for day in days(sentence)), None)
    return _person(sentence, question) if kind == "who" else None


def _figure(sentence: str, question: str) -> Place | None:
    return next(((one.start, one.end) for one in asked_figures(sentence, question)), None)


def asked_figures(sentence: str, question: str) -> list[Quantity]:
    """The quantities of the unit that is asked for, that the question does not name itself."""
    dated = [(day.start, day.end) for day in days(sentence)]
    known = quantities(question)
    return [
        one
        for one in quantities(sentence)
        if _is_of(one, question)
        and not one.is_said_by(known)
        and not any(start <= one.start < end for start, end in dated)
    ]


def _is_of(quantity: Quantity, question: str) -> bool:
    if COUNT.search(question):
        return quantity.unit == "" or quantity.unit in question.lower()  # "how many tons"
    return quantity.unit == "percent" if SHARE.search(question) else quantity.unit != ""


def _person(sentence: str, question: str) -> Place | None:
    known = words(question)
    return next((match.span() for match in PERSON.finditer(sentence) if not words(match[0]) & known), None)
