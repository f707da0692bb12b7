"""Stretches of days, and how days, months, seasons, quarters and years become one.

Whatever does not exist (February 30, the year 2101) is None. Seasons are those of the northern hemisphere.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_YEAR, LAST_YEAR = 1900, 2100
EARLIEST = date(FIRST_YEAR, 1, 1)
LATEST = date(LAST_YEAR, 12, 31)
WEEK = 7
# Between two leap days lie up to eight years (1896 to 1904): a bare "Feb 29" looks back no further.
LOOK_BACK = 8
SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

Part = Literal["early", "middle", "late", "first half", "second half"]
Unit = Literal["day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: date
    last: date


def span_of_days(year: int, month: int, first: int, last: int) -> Period | None:
    """Some days of one month."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= first <= last <= monthrange(year, month)[1]):
        return None
    return Period(date(year, month, first), date(year, month, last))


def span_of_months(year: int, month: int, months: int) -> Period | None:
    """Whole months from `month` on; they may run into the next year."""
    carried, final = divmod(month - 1 + months - 1, 12)
    if not FIRST_YEAR <= year <= year + carried <= LAST_YEAR:
        return None
    end = date(year + carried, final + 1, monthrange(year + carried, final + 1)[1])
    return Period(date(year, month, 1), end)


def span_of_years(first: int, last: int) -> Period | None:
    """Whole years, both included."""
    return Period(date(first, 1, 1), date(last, 12, 31)) if FIRST_YEAR <= first <= last <= LAST_YEAR else None


def latest(build: Callable[[int], Period | None], now: date) -> Period | None:
    """The latest of a yearly period (May, May 8, summer) that has begun by `now`."""
    years = range(now.year, now.year - LOOK_BACK - 1, -1)
    return next((found for year in years if (found := build(year)) and found.first <= now), None)


def last_over(build: Callable[[int], Period | None], now: date) -> Period | None:
    """The latest of a yearly period that has ended before `now`."""
    years = range(now.year, now.year - LOOK_BACK - 1, -1)
    return next((found for year in years if (found := build(year)) and found.last < now), None)


def this_one(build: Callable[[int], Period | None], now: date) -> Period | None:
    """The yearly period that `now` is in, else this year's."""
    around = (build(now.year), build(now.year - 1))
    return next((found for found in around if found and found.first <= now <= found.last), around[0])


def unit_around(day: date, unit: Unit) -> Period | None:
    """The day, week (Monday to Sunday), month, quarter or year that a day is in."""
    if unit == "year":
        return span_of_years(day.year, day.year)
    if unit == "quarter":
        return span_of_months(day.year, (day.month - 1) // 3 * 3 + 1, 3)
    if unit == "month":
        return span_of_months(day.year, day.month, 1)
    start = day - timedelta(days=day.weekday() if unit == "week" else 0)
    return _within(start, start + timedelta(days=WEEK - 1 if unit == "week" else 0))


def back(day: date, count: int, unit: Unit) -> date:
    """The day that many units before another, never before EARLIEST; the month's last day where it has no such day."""
    if unit in {"day", "week"}:
        days = count * (WEEK if unit == "week" else 1)
        return day - timedelta(days=days) if days < (day - EARLIEST).days else EARLIEST
    months = day.year * 12 + day.month - 1 - count * {"month": 1, "quarter": 3, "year": 12}[unit]
    year, month = divmod(months, 12)
    if year < FIRST_YEAR:
        return EARLIEST
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def part_of(period: Period, part: Part) -> Period:
    """The first, middle or last third of a period, or one of its halves, in whole months from half a year up."""
    shares = {"early": (0, 1, 3), "middle": (1, 2, 3), "late": (2, 3, 3), "first half": (0, 1, 2)}
    begin, end, whole = shares.get(part, (1, 2, 2))
    months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    if period.first.day == 1 and months % whole == 0:
        years, month = divmod(period.first.month - 1 + months * begin // whole, 12)
        return span_of_months(period.first.year + years, month + 1, months * (end - begin) // whole) or period
    days = (period.last - period.first).days + 1
    cuts = [days * share // whole for share in (begin, end)]
    return Period(period.first + timedelta(days=cuts[0]), period.first + timedelta(days=max(cuts[1], cuts[0] + 1) - 1))


def _within(first: date, last: date) -> Period | None:
    return Period(max(first, EARLIEST), min(last, LATEST)) if first <= LATEST and last >= EARLIEST else None
