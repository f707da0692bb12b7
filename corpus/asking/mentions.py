"""Stretches of time as a question writes them: which words they are, and which days those can mean.

English only. Each kind of expression is one pattern and one reader; a reader says None for what is no date after
all (February 30, "may" as a verb), and the words are then not read as a part of another expression either.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from corpus.asking.context import (
    MONTH_NAMES,
    day_is_date,
    month_is_date,
    quarter_is_date,
    season_is_date,
    year_is_date,
)
from corpus.asking.periods import SEASON_STARTS, Period, span_of_days, span_of_months, span_of_years

MONTHS = MONTH_NAMES.split("|")
NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
CENTURY = 2000

MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
# Years that are too early are read, so that "July 4, 1776" is no July 4 of ours.
YEAR = r"(?P<year>(?:1[0-9]|20)[0-9]{2}|2100|['’][0-9]{2})(?![0-9%])"
NTH_OF_DAY = r"(?P<nth>st|nd|rd|th)?"
DAY = rf"(?P<day>[0-3]?[0-9]){NTH_OF_DAY}"
TO_DAY = r" ?(?:-|–|to|and|through) ?(?P<to>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9])"
# In "May 30 to 2 June" the second number is June's.
NO_MONTH = rf"(?! (?:of )?(?:{MONTH_NAMES}))"
OF_YEAR = rf"(?:,? (?:of |in )?{YEAR})?"
# "10%", "10.5", "10-15%", "25 percent", "100 million" are amounts.
NO_AMOUNT = r"(?![0-9]|[.,:][0-9]|[-–][0-9]| ?(?:%|percent|per cent|pc\b|million|billion|trillion|bn\b|m\b|k\b))"
NO_AMOUNT_BEFORE = r"(?<![\w$£€¥#.,/])(?<![0-9]-)"
A_YEAR = r"(?:(?:19|20)[0-9]{2}|2100)"


@dataclass(frozen=True, slots=True)
class Mention:
    """An expression at `[start, end)` of the folded question, and the days that it means in a given year.

    `year` is the one that it names itself. `words` is what a season or month is called: "the summer" and "the
    8th of May" may follow "since", where "since the May deal" is about the deal.
    """

    start: int
    end: int
    year: int | None
    in_year: Callable[[int], Period | None]
    may_follow_the: bool = False


Reader = Callable[[re.Match[str]], Mention | None]


def mentions(text: str) -> list[Mention]:
    """The dated expressions of a folded question, in order, none overlapping another; the longest wins."""
    found = [(match, read) for pattern, read in _PATTERNS for match in pattern.finditer(text)]
    found.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    kept: list[Mention] = []
    end = 0
    for match, read in found:
        if match.start() >= end:
            end = match.end()
            if mention := read(match):
                kept.append(mention)
    return kept


def _iso(match: re.Match[str]) -> Mention | None:
    month, day = int(match["number"]), match["day"]
    if day is None:
        return _mention(match, partial(span_of_months, month=month, months=1))
    return _mention(match, partial(span_of_days, month=month, first=int(day), last=int(day)))


def _day(match: re.Match[str]) -> Mention | None:
    name, spelt = _month(match), match.group()
    sure = match["year"] or match["nth"] or " of " in spelt
    if not sure and not day_is_date(match.string, match.start(), match.end(), name):
        return None
    first, last = int(match["day"]), int(match["to"] or match["day"])
    in_year = partial(span_of_days, month=MONTHS.index(name) + 1, first=first, last=last)
    return _mention(match, in_year, may_follow_the=spelt.startswith("the "))


def _whole_month(match: re.Match[str]) -> Mention | None:
    name = _month(match)
    if not match["year"] and not month_is_date(match.string, match.start(), match.end(), name):
        return None
    return _mention(match, partial(span_of_months, month=MONTHS.index(name) + 1, months=1))


def _quarter(match: re.Match[str]) -> Mention | None:
    if match["nth"] and not match["year"] and not quarter_is_date(match.string, match.start()):
        return None
    quarter = int(match["number"] or NTH[match["nth"]])
    return _mention(match, partial(span_of_months, month=quarter * 3 - 2, months=3), may_follow_the=True)


def _half(match: re.Match[str]) -> Mention | None:
    half = int(match["number"] or NTH[match["nth"]])
    return _mention(match, partial(span_of_months, month=half * 6 - 5, months=6), may_follow_the=True)


def _season(match: re.Match[str]) -> Mention | None:
    season, place = match["season"], (match.start(), match.end())
    if not season_is_date(match.string, *place, fall=season == "fall", year=bool(match["year"])):
        return None
    return _mention(match, partial(span_of_months, month=SEASON_STARTS[season], months=3), may_follow_the=True)


def _years(match: re.Match[str]) -> Mention | None:
    first, to = match["year"], match["to"]
    last = int(to) if len(to) == len(first) else int(first[:2] + to)
    return _mention(match, lambda year: span_of_years(year, last))


def _decade(match: re.Match[str]) -> Mention | None:
    return _mention(match, lambda year: span_of_years(year, year + 9), may_follow_the=True)


def _year(match: re.Match[str]) -> Mention | None:
    if not year_is_date(match.string, match.start(), match.end(), int(match["year"])):
        return None
    return _mention(match, lambda year: span_of_years(year, year))


def _mention(
    match: re.Match[str], in_year: Callable[[int], Period | None], *, may_follow_the: bool = False
) -> Mention | None:
    named = match["year"]
    year = None if named is None else int(named) if len(named) > len("'25") else CENTURY + int(named[1:])
    if year is not None and in_year(year) is None:
        return None
    return Mention(match.start(), match.end(), year, in_year, may_follow_the)


def _month(match: re.Match[str]) -> str:
    return match["month"][:3]


_PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern, re.ASCII), read)
    for pattern, read in (
        (
            r"(?<![\w./-])(?P<year>(?:19|20)[0-9]{2}|2100)-(?P<number>0[1-9]|1[0-2])(?:-(?P<day>[0-3][0-9]))?(?![\w-])",
            _iso,
        ),
        (rf"\b{MONTH} ?(?:the )?{DAY}(?:{TO_DAY}{NO_MONTH})?{NO_AMOUNT}{OF_YEAR}", _day),
        (rf"(?<![.,$£€¥\w-])(?:the )?{DAY}(?:{TO_DAY})? (?:of )?{MONTH}{OF_YEAR}", _day),
        (rf"\b{MONTH}(?:(?:,? (?:of )?|-){YEAR})?", _whole_month),
        (
            rf"\b(?:q(?P<number>[1-4])|(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)[ -]quarter)\b{OF_YEAR}",
            _quarter,
        ),
        (rf"\b(?:h(?P<number>[12])|(?P<nth>first|second|1st|2nd) half)\b,? (?:of |in )?{YEAR}", _half),
        (rf"\b(?P<season>spring|summer|autumn|fall|winter)\b(?:,? (?:of )?{YEAR})?", _season),
        (rf"{NO_AMOUNT_BEFORE}(?P<year>{A_YEAR}) ?[-–] ?(?P<to>{A_YEAR}|[0-9]{{2}})(?![\w%-]|\.[0-9])", _years),
        (r"\b(?P<year>(?:19|20)[0-9]0)['’]?s\b", _decade),
        (rf"{NO_AMOUNT_BEFORE}(?P<year>{A_YEAR})(?![\w/]){NO_AMOUNT}", _year),
    )
)
