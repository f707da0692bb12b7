"""Follow-ups made to stand alone: "and in June?" means nothing to search without the question before it.

What is carried over is the last question that stood alone: with its country or its time replaced where the follow-up
is nothing but another one ("and Korea?"), else in brackets behind it, with the names that the last answer gave where
the follow-up says "it" or "they". In brackets, without its asking words, it helps more than in front.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answering.checking.names import CALENDAR
from bot.answering.small_talk import reply_to
from corpus.asking.aliases import mentions
from corpus.asking.mentions import mentions as dates
from corpus.lexical import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answering.types import Turn

MOST_TURNS = 6  # of a conversation that are looked back on
MOST_CHARACTERS = 500  # of a question or an answer that are
SHORT = 3  # a question of so few words after another one is about the same thing
OPENED = 5  # and one of so few words after an "and" or "what about"
MOST_NAMES = 3
PRONOUN = re.compile(
    r"\b(?:they|them|theirs?|he|him|his|she|hers?|its|it(?! (?:true|possible|likely|legal|fair|clear|right)\b))\b"
    r"|\b(?:under|about|with|by|of|for|to|from|like|after|before|is|was|are|were|did|does|do|has|have) "
    r"(?:this|that|these|those)(?! (?:day|week|month|quarter|year|spring|summer|autumn|fall|winter)s?\b)\b"
    r"|\b(?:there|this|that|these|those) ?[?.!]*$",
    re.IGNORECASE,
)
OPENER = re.compile(r"^(?:(?:ok|okay|and|but|so|also)\b[ ,]*)*(?:(?:what|how) about\b)?", re.IGNORECASE)
DEFINITE = re.compile(r"\b(?:the|that|this|those|these)\b", re.IGNORECASE)  # "how many cars get the lower rate?"
ASKS = re.compile(
    r"^(?:(?:so|and|ok|okay|but)\b[ ,]*)*(?:(?:what|why|how|who|when|where|which)\b(?:['’]s)?\s*)?"
    r"(?:(?:is|are|was|were|did|does|do|has|have|much|many)\b\s*)*",
    re.IGNORECASE,
)
INSIDE = re.compile(r"(?<=[a-z,] )[A-Z]")
LITTLE = re.compile(
    r"\b(?:in|for|from|to|with|on|of|by|during|the|about|ones?|as well|too|then)\b|['’]s\b", re.IGNORECASE
)
NAME = re.compile(r"\b[A-Z][\w&-]*(?:\.? [A-Z][\w&-]*){1,3}|\b[A-Z]{3,}\b|(?<=[a-z,] )[A-Z][\w&-]+")
HOME = "unitedstates"  # of two countries in a question the other one is meant: most articles are about this one

_Place = tuple[int, int, int | None]  # start, end, and the year that a time names


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question with what it leans on, as far as it leans on anything."""
    base, last = "", ""
    for turn in history[-MOST_TURNS:]:
        asked = turn.question[:MOST_CHARACTERS].strip()
        if asked and not reply_to(asked):
            base = _replaced(base, asked) or (base if base and _leans(asked) else asked)
            last = turn.answer[:MOST_CHARACTERS]
    if not base or not _leans(question):
        return question
    about = "; ".join(filter(None, (_topic(base), _names(base, last, question))))
    return _replaced(base, question) or f"{question} ({about})"


def _leans(question: str) -> bool:
    opener = OPENER.match(question)
    rest = question[opener.end() :] if opener else question
    words = len(rest.split())
    if words <= (OPENED if rest != question else SHORT) or _is_left_open(question):
        return True
    named = INSIDE.search(question) or any(one.thing.kind != "word" for one in mentions(question))
    return not named and not any(map(str.isdigit, question)) and DEFINITE.search(question) is not None


def _topic(base: str) -> str:
    """What the question before is about: without the words that ask."""
    return ASKS.sub("", base).rstrip(" ?.!")


def _is_left_open(question: str) -> bool:
    """Whether a pronoun stands for something that the question has not named before it."""
    pronoun = PRONOUN.search(question)
    if pronoun is None:
        return False
    before = question[: pronoun.start()]
    return not (INSIDE.search(before) or any(one.thing.kind != "word" for one in mentions(before)))


def _replaced(base: str, question: str) -> str | None:
    """The question before, about another country or time; None where the follow-up says more or names neither, and
    where it is not plain which one it is to replace."""
    rest = OPENER.sub("", question).strip(" ?.!,")
    for found, known in ((_countries(rest), _countries(base)), (_times(rest), _times(base))):
        if len(found) != 1 or len(known) != 1:
            continue
        (first, last, year), (start, end, own) = found[0], known[0]
        if not LITTLE.sub("", f"{rest[:first]} {rest[last:]}").strip(" ?.!,"):
            new = rest[first:last] + (f" {own}" if own and not year else "")
            return base if new.lower() in base.lower() else base[:start] + new + base[end:]
    return None


def _countries(text: str) -> list[_Place]:
    """Where countries are named, the home country only where there is no other."""
    named = [one for one in mentions(text) if one.thing.kind == "country"]
    others = [one for one in named if one.thing.key != HOME]
    return [(one.start, one.end, None) for one in others or named]


def _times(text: str) -> list[_Place]:
    plain = text.replace("’", "'").lower()
    return [(one.start, one.end, one.year) for one in dates(plain)] if len(plain) == len(text) else []


def _names(base: str, answer: str, question: str) -> str:
    """The first names of the last answer that the question before does not have, where the follow-up has a pronoun."""
    if not _is_left_open(question):
        return ""
    known = set(terms(base))
    named = (name for name in dict.fromkeys(NAME.findall(answer)) if name.lower() not in CALENDAR)
    new = [name for name in named if not set(terms(name)) <= known]
    return ", ".join(new[:MOST_NAMES])
