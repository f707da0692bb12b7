"""Follow-ups made to stand alone: "and in June?" means nothing to search without the question before it.

What is carried over is the last question that stood alone: with its country or its time replaced where the follow-up
is nothing but another one ("and Korea?"), else in front of it, with the names that the last answer gave where the
follow-up says "it" or "they".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answering.checking.names import CALENDAR
from corpus.asking.aliases import mentions
from corpus.asking.mentions import mentions as dates
from corpus.lexical import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.types import Turn

MOST_TURNS = 6  # of a conversation that are looked back on
MOST_CHARACTERS = 500  # of a question or an answer that are
SHORT = 3  # a question of so few words after another one is about the same thing
MOST_NAMES = 3
PRONOUN = re.compile(
    r"\b(?:its?|they|them|theirs?|he|him|his|she|hers?"
    r"|(?:this|that|these|those)(?! (?:day|week|month|quarter|year|spring|summer|autumn|fall|winter)s?\b))\b"
    r"|\bthere ?[?.!]*$",
    re.IGNORECASE,
)
OPENER = re.compile(
    r"^(?:(?:ok|okay|and|but|so|also|then|yes|no|well|now)\b[ ,]*)*(?:(?:what|how) about\b)?", re.IGNORECASE
)
LITTLE = re.compile(r"\b(?:in|for|from|to|with|on|of|by|during|the|about|as well|too|then)\b", re.IGNORECASE)
NAME = re.compile(r"\b[A-Z][\w&-]*(?:\.? [A-Z][\w&-]*){1,3}|\b[A-Z]{3,}\b|(?<=[a-z,] )[A-Z][\w&-]+")
HOME = "unitedstates"  # of two countries in a question the other one is meant: most articles are about this one


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question with what it leans on, as far as it leans on anything."""
    base, last = "", ""
    for turn in history[-MOST_TURNS:]:
        asked = turn.question[:MOST_CHARACTERS].strip()
        if asked:
            base = _replaced(base, asked) or (base if base and _leans(asked) else asked)
            last = turn.answer[:MOST_CHARACTERS]
    if not base or not _leans(question):
        return question
    return _replaced(base, question) or " ".join(filter(None, (base, _names(base, last, question), question)))


def _leans(question: str) -> bool:
    opener = OPENER.match(question)
    return bool((opener and opener[0]) or PRONOUN.search(question)) or len(question.split()) <= SHORT


def _replaced(base: str, question: str) -> str | None:
    """The question before, about another country or time; None where the follow-up says more or names neither."""
    rest = OPENER.sub("", question).strip(" ?.!,")
    for found, known in ((_countries(rest), _countries(base)), (_times(rest), _times(base))):
        if len(found) == 1 and known and not LITTLE.sub("", rest[: found[0][0]] + rest[found[0][1] :]).strip(" ?.!,"):
            (start, end), (first, last) = known[-1], found[0]
            return base[:start] + rest[first:last] + base[end:]
    return None


def _countries(text: str) -> list[tuple[int, int]]:
    """Where countries are named, the home country only where there is no other."""
    named = [one for one in mentions(text) if one.thing.kind == "country"]
    others = [one for one in named if one.thing.key != HOME]
    return [(one.start, one.end) for one in others or named]


def _times(text: str) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in dates(text.lower())] if text.isascii() else []


def _names(base: str, answer: str, question: str) -> str:
    """The first names of the last answer that the question before does not have, where the follow-up has a pronoun."""
    if not PRONOUN.search(question):
        return ""
    known = set(terms(base))
    named = (name for name in dict.fromkeys(NAME.findall(answer)) if name.lower() not in CALENDAR)
    new = [name for name in named if not set(terms(name)) <= known]
    return f"({', '.join(new[:MOST_NAMES])})" if new else ""
