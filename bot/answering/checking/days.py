"""Days, months and years that a text names, and whether another text names them as well."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAMES = "January February March April May June July August September October November December".split()
MONTHS = {name[:3].lower(): number for number, name in enumerate(NAMES, 1)}
_MONTH = "(?P<{0}>" + "|".join(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in NAMES) + r"|Sept)\b\.?"
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?(?:(?:-|–| and | to )(?P<to_{0}>[0-3]?\d)(?!\d|%))?\b"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)\b"
DATES = re.compile(
    "|".join(
        (
            rf"\b{_MONTH.format('m1')} {_DAY.format('d1')}(?!\d|%|,\d)(?:,? {_YEAR.format('y1')})?",
            rf"\b{_DAY.format('d2')} {_MONTH.format('m2')}(?:,? {_YEAR.format('y2')})?",
            rf"\b{_YEAR.format('y3')}-(?P<m3>[01]\d)-(?P<d3>[0-3]\d)\b",
            rf"\b{_MONTH.format('m4')},? (?:of )?{_YEAR.format('y4')}",
            rf"(?<![\d$€£.,]){_YEAR.format('y5')}(?![,.]?\d|%)",
            rf"\b{_MONTH.format('m6')}(?! \d)",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as far as it is named: year, month and day, None where they are not; and where it stands."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int


def days(text: str) -> list[Day]:
    """The dates of a text, in order; of "May 8-10" the first and the last. Months are capitalised."""
    return [day for match in DATES.finditer(text) for day in _read(match)]


def is_said_by(one: Day, others: Iterable[Day], published: Iterable[Day]) -> bool:
    """Whether one of the others names the same, as far as both say. A year may also be that of publication."""
    others, published = list(others), list(published)
    if one.year is not None and all(day.year != one.year for day in [*others, *published]):
        return False
    return one.month is None or any(_agree(one, day) for day in [*others, *published])


def _agree(one: Day, other: Day) -> bool:
    same_day = one.day is None or one.day == other.day
    return one.month == other.month and same_day and (one.year is None or other.year in {None, one.year})


def _read(match: re.Match[str]) -> Iterator[Day]:
    found = {key: value for key, value in match.groupdict().items() if value is not None}
    parts = {key[0]: value for key, value in found.items() if not key.startswith("to_")}
    month = parts.get("m")
    first = Day(
        int(parts["y"]) if "y" in parts else None,
        None if month is None else int(month) if month.isdigit() else MONTHS[month[:3].lower()],
        int(parts["d"]) if "d" in parts else None,
        match.start(),
        match.end(),
    )
    yield first
    yield from (replace(first, day=int(value)) for key, value in found.items() if key.startswith("to_"))
