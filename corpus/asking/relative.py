"""Stretches of time that count from now: "yesterday", "last week", "the past two months", "on Tuesday"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import cast

from corpus.asking.context import before_of, weekday_is_date
from corpus.asking.periods import WEEK, Period, Unit, back, unit_around

COUNTS = {
    word: count
    for count, words in enumerate(
        ("a an one", "two couple", "three few", "four", "five several", "six", "seven", "eight", "nine", "ten"), start=1
    )
    for word in words.split()
} | {"eleven": 11, "twelve": 12}
COUNT = rf"(?:a )?(?P<count>[0-9]{{1,3}}|{'|'.join(COUNTS)})(?: of)?"
UNIT = r"(?P<unit>day|week|month|quarter|year)"
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
WITHIN = re.compile(r"\b(?:over|in|within|during|for|throughout) the $")
NIGHT_BEFORE = ("yesterday", "last night")

Found = tuple[int, int, Period]
Reader = Callable[[re.Match[str], date], Period | None]


def relative(text: str, now: date) -> list[Found]:
    """Where the folded question counts from now, and the period that it means."""
    return [
        (match.start(), match.end(), period)
        for pattern, read in _PATTERNS
        for match in pattern.finditer(text)
        if (period := read(match, now))
    ]


def _unit(match: re.Match[str], now: date) -> Period | None:
    """The calendar's own: last week is Monday to Sunday; but "the past week" and "over the last week" end now."""
    which, unit = match["which"], cast("Unit", match["unit"])
    if which == "past" or (which == "last" and WITHIN.search(before_of(match.string, match.start()))):
        return Period(back(now, 1, unit), now)
    here = unit_around(now, unit)
    if which == "this" or here is None:
        return here
    return unit_around(back(here.first, 1, unit), unit)


def _weekend(match: re.Match[str], now: date) -> Period | None:
    week = unit_around(now if match["which"] == "this" else back(now, 1, "week"), "week")
    return Period(max(week.first, week.last - timedelta(days=1)), week.last) if week else None


def _rolling(match: re.Match[str], now: date) -> Period:
    return Period(back(now, _count(match), cast("Unit", match["unit"])), now)


def _ago(match: re.Match[str], now: date) -> Period | None:
    unit = cast("Unit", match["unit"])
    return unit_around(back(now, _count(match), unit), unit)


def _near_day(match: re.Match[str], now: date) -> Period | None:
    return unit_around(back(now, 1, "day") if match.group() in NIGHT_BEFORE else now, "day")


def _weekday(match: re.Match[str], now: date) -> Period | None:
    """The latest such day; today only when nothing says "last"."""
    if not weekday_is_date(match.string, match.start()):
        return None
    days = (now.weekday() - WEEKDAYS.index(match.group())) % WEEK
    last = before_of(match.string, match.start()).endswith(("last ", "past "))
    return unit_around(back(now, WEEK if last and not days else days, "day"), "day")


def _count(match: re.Match[str]) -> int:
    return COUNTS.get(match["count"]) or int(match["count"])


_PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern, re.ASCII), read)
    for pattern, read in (
        (r"\b(?P<which>last|this|past|previous) (?P<unit>week|month|quarter|year)\b(?! of\b|-)", _unit),
        (r"\b(?P<which>last|this|past) weekend\b", _weekend),
        (rf"\b(?:past|last|previous) {COUNT} {UNIT}s?\b", _rolling),
        (rf"(?<!and )\b{COUNT} {UNIT}s? ago\b", _ago),
        (r"\b(?:yesterday|last night|today|tonight|this (?:morning|afternoon|evening))\b(?!['’]s)", _near_day),
        (rf"\b(?:{'|'.join(WEEKDAYS)})\b", _weekday),
    )
)
