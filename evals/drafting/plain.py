"""Questions without a chat model: from headings, and from figures and days that a sentence is asked for.

A figure's question is its own sentence with the asking word in the figure's place ("Washington also promised to
remove its what percent tariffs on British steel?"): stiff, and right; whoever edits it says it as people ask.
"""

from __future__ import annotations

import re
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from bot.answering.checking.days import days
from bot.answering.checking.quantities import CURRENCIES, quantities
from evals.drafting.proposal import Proposal, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answering.checking.days import Day
    from bot.answering.checking.quantities import Quantity
    from corpus.types import Article
    from evals.drafting.source import Sentence

MOST = 12  # proposals: a person reads them all
LONGEST = 240  # characters of a sentence that still reads as a question
COUNT = re.compile(r"\d[\d,]+ [a-z]{3,}")  # of things that it names: 42 countries
BEFORE_FIGURE = re.compile(r"\b(?:an?|the) $", re.IGNORECASE)
BEFORE_DAY = re.compile(r"(?P<at>\b(?:on|in) )?(?:\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?$", re.IGNORECASE)
GOES_ON = re.compile(r", (?:and|but|while|which|who|because)\b|; ")
# What opens such a sentence stands in the one before it.
LEANS = re.compile(r"^[“\"]?(?:that|this|these|those|it|its|he|his|she|her|they|their|both|such)\b", re.IGNORECASE)


def proposals(article: Article, found: Sequence[Sentence]) -> list[Proposal]:
    """At most a dozen: the title's and the headings' first, then one figure or day a sentence, spread over the text."""
    headed = [*_titled(article, found), *(one for sentence in found for one in _headed(article, sentence))]
    asked = [one for sentence in found if (one := _asked(sentence.text))]
    figures, dates = ([one for one in asked if (one.type == "when") is when] for when in (False, True))
    mixed = [one for one in chain.from_iterable(zip_longest(figures, dates)) if one is not None]
    return [*headed, *_spread(mixed, MOST - len(headed))][:MOST]


def _titled(article: Article, found: Sequence[Sentence]) -> Iterator[Proposal]:
    if found:
        yield _told(article.title, _question(article.title), found[0], "title")


def _headed(article: Article, sentence: Sentence) -> Iterator[Proposal]:
    if sentence.heading and sentence.heading != article.title:
        question = f"{_question(sentence.heading)[:-1]} ({article.title})?"
        yield _told(sentence.heading, question, sentence, "heading")


def _told(title: str, question: str, sentence: Sentence, made_from: str) -> Proposal:
    return Proposal(question, type_of(title), sentence.text, (sentence.text,), made_from)


def _question(title: str) -> str:
    return title.rstrip(" ?.!:") + "?" if _asks(title) else f"What about: {title.rstrip(' ?.!:')}?"


def _asks(title: str) -> bool:
    return bool(re.match(r"(?:why|how|what|who|when|where|which|does|do|is|are|will|can)\b", title, re.IGNORECASE))


def _asked(sentence: str) -> Proposal | None:
    """The sentence asked for its first figure, or else for its first day."""
    if len(sentence) > LONGEST or LEANS.match(sentence) or not sentence.endswith("."):
        return None
    figure = next((one for one in quantities(sentence) if one.unit or COUNT.match(sentence, one.start)), None)
    if figure is not None:
        said = sentence[figure.start : figure.end]
        before = BEFORE_FIGURE.sub("", sentence[: figure.start])
        question = _in_place(before, _asking_word(figure), sentence[figure.end :])
        return Proposal(question, "number", sentence, (sentence,), "figure", ((said, *_otherwise(said)),))
    day = next(iter(days(sentence)), None)
    if day is None:
        return None
    before = sentence[: day.start]
    named = BEFORE_DAY.search(before)
    at, start = (named["at"] or "", named.start()) if named else ("", day.start)
    question = _in_place(before[:start], at.lower() + _asking_time(day), sentence[day.end :])
    return Proposal(question, "when", sentence, (sentence,), "day", ((sentence[day.start : day.end],),))


def _in_place(before: str, word: str, after: str) -> str:
    """The sentence with the asking word in a gap, as far as the clause goes that the gap is in."""
    goes_on = GOES_ON.search(after)
    clause = after[: goes_on.start()] if goes_on else after
    return (before + word if before else word[0].upper() + word[1:]) + clause.rstrip(" ,.") + "?"


def _asking_word(figure: Quantity) -> str:
    if figure.unit == "percent":
        return "what percent"
    if figure.unit == "points":
        return "how many points"
    if figure.unit in CURRENCIES.values():
        return "how much money"
    return f"how many {figure.unit}s" if figure.unit else "how many"


def _asking_time(day: Day) -> str:
    return "what day" if day.day else "what month" if day.month else "what year"


def _otherwise(said: str) -> Iterator[str]:
    """The other ways in which a percentage is written."""
    bare = re.fullmatch(r"([\d.,]+) ?(?:%|percent|per cent)", said)
    if bare:
        yield from (form for form in (f"{bare[1]} percent", f"{bare[1]}%", f"{bare[1]} per cent") if form != said)


def _spread(found: Sequence[Proposal], most: int) -> list[Proposal]:
    """As many as there is room for, at even distances."""
    if len(found) <= most:
        return list(found)
    return [found[round(place * (len(found) - 1) / max(1, most - 1))] for place in range(max(0, most))]
