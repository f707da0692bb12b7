"""Whether a word that can be a date is one, judged by its neighbours.

Texts are folded (lower case, single spaces). Every look goes at most REACH characters to either side, so that the
work grows with the question's length only.
"""

from __future__ import annotations

import re
from functools import lru_cache

REACH = 48
# Months whose name is also a verb, and those that are also first names: these count less easily.
VERBS = frozenset({"mar", "may"})
NAMES = frozenset({"jan", "apr", "jun", "aug"}) | VERBS
# Other years, and round ones, are more often amounts.
COMMON_YEARS = range(1990, 2050)
MONTH_NAMES = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"

LED_IN = re.compile(
    r"\b(?:in|on|of|during|since|until|till|by|before|after|from|through|throughout|around|between|as of|as at"
    r"|early|mid|middle|late|last|past|previous)[ -]$"
)
RANGE_WORD = r" ?(?:to|and|or|until|through|[-–/]) ?"
RANGE_BEFORE = re.compile(
    rf"\b(?:{MONTH_NAMES})[a-z]{{0,6}}\.?(?: [0-9]{{1,2}}(?:st|nd|rd|th)?)?(?:,? (?:19|20)[0-9]{{2}})?{RANGE_WORD}$"
)
RANGE_AFTER = re.compile(rf"{RANGE_WORD}(?:the )?(?:[0-9]{{1,2}} )?(?:{MONTH_NAMES})")
THE = re.compile(r"\bthe $")
THIS = re.compile(r"\bthis $")
ENDED = re.compile(r" ?(?:$|[?!.,;:)])")
SURNAME = re.compile(r"\b(?:theresa|mrs?|ms|minister|pm|premier|leader)\.? may\b")
A_DAY_OF_ITS_OWN = re.compile(r" (?:fool|day\b)")  # April Fool's, May Day
MAYS = re.compile(r" (?:government|cabinet|administration|ministry|premiership)\b")
SEASON_LED_IN = re.compile(
    r"\b(?:in|over|during|since|by|last|this|past|early|mid|late|(?:before|after|until|of)(?= the ))[ -](?:the )?$"
)
FALL_LED_IN = re.compile(
    r"(?:^|[(:,] ?|\b(?:in|the|since|of|last|this|by|during|early|mid|late|until|before|after)[ -])$"
)
LAW_BEFORE = re.compile(r"\b(?:acts?|law|code|agenda)(?: of| from)?,? $")
LAW_AFTER = re.compile(r"(?: [a-z]{1,15}){0,3} (?:act|law|code)\b")
WEEKDAY_LED_IN = re.compile(r"\b(?:on|last|this|past|since|until|till|before|after|by) $")
QUARTER_LED_IN = re.compile(r"\b(?:the|this|last|in|a|its|their|strong|weak|good|bad|poor|record) $")


def month_is_date(text: str, start: int, end: int, month: str) -> bool:
    """Whether a bare month name (`month`: its first three letters) means the month."""
    before, after = before_of(text, start), after_of(text, end)
    if A_DAY_OF_ITS_OWN.match(after) or (month == "may" and (names_may(text) or MAYS.match(after))):
        return False
    if THIS.search(before):  # "this may raise prices"
        return month not in VERBS or bool(ENDED.match(after))
    ranged = RANGE_BEFORE.search(before) or RANGE_AFTER.match(after)
    if month not in NAMES or LED_IN.search(before) or ranged:
        return True
    return month != "mar" and bool(THE.search(before))  # "the march on Washington"


def day_is_date(text: str, start: int, end: int, month: str) -> bool:
    """Whether a month's name and a number mean that day: "may 8 countries follow" does not."""
    if month not in VERBS or ENDED.match(after_of(text, end)):
        return True
    before = before_of(text, start)
    counted = text.startswith("the ", start)  # "of the 27 may remain"
    return not counted and bool(LED_IN.search(before) or THE.search(before))


def season_is_date(text: str, start: int, end: int, *, fall: bool, year: bool) -> bool:
    """Whether a season's name means the season: "did exports fall" and "spring a surprise" do not."""
    before, after = before_of(text, start), after_of(text, end)
    if year:
        return not fall or bool(FALL_LED_IN.search(before))
    return bool(SEASON_LED_IN.search(before)) and not after.startswith((" of", " in", "-"))


def year_is_date(text: str, start: int, end: int, year: int) -> bool:
    """Whether a bare number means the year: not in a law's name, and not when it may count something."""
    before, after = before_of(text, start), after_of(text, end)
    if LAW_BEFORE.search(before) or LAW_AFTER.match(after):
        return False
    return (year in COMMON_YEARS and year % 100 != 0) or bool(LED_IN.search(before))


def weekday_is_date(text: str, start: int) -> bool:
    """Whether a weekday's name means the latest such day: "Black Friday" does not."""
    return bool(WEEKDAY_LED_IN.search(before_of(text, start)))


def quarter_is_date(text: str, start: int) -> bool:
    """Whether "second quarter" without a year means the stretch of time."""
    return bool(QUARTER_LED_IN.search(before_of(text, start)))


@lru_cache(maxsize=1)  # asked for each "may" of one question
def names_may(text: str) -> bool:
    """Whether the question speaks of somebody called May."""
    return bool(SURNAME.search(text))


def before_of(text: str, start: int) -> str:
    """What stands just before a place."""
    return text[max(0, start - REACH) : start]


def after_of(text: str, end: int) -> str:
    """What stands just after a place."""
    return text[end : end + REACH]
