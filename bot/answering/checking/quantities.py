"""Quantities in a text: a value with its unit, written in any of the ways in which news write one.

"25%" and "25 percent" are the same quantity; "a quarter" is another claim, as is "25 points". A value may be a rounding
of another one only as far as its own digits go: "$1.2 billion" of "$1.23 billion", never "$1.3 billion".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.answering.checking.days import days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
WORDS = {word: number for number, word in enumerate(SMALL.split())}
TENS = {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
SCALES = {
    **dict.fromkeys(("hundred", "hundreds"), 2),
    **dict.fromkeys(("thousand", "thousands", "k"), 3),
    **dict.fromkeys(("million", "millions", "mn", "m"), 6),
    **dict.fromkeys(("billion", "billions", "bn", "b"), 9),
    **dict.fromkeys(("trillion", "trillions", "tn"), 12),
}  # powers of ten
CURRENCIES = {
    **dict.fromkeys(("$", "us$", "dollar", "dollars"), "dollar"),
    **dict.fromkeys(("€", "euro", "euros"), "euro"),
    **dict.fromkeys(("£", "pounds"), "pound"),
    **dict.fromkeys(("¥", "yen"), "yen"),
    **dict.fromkeys(("₹", "rupees"), "rupee"),
    **dict.fromkeys(("cent", "cents"), "cent"),
    "c$": "canadian dollar",
    "a$": "australian dollar",
    "yuan": "yuan",
}
PERCENT = {"%", "percent", "per cent", "pct", "percentage point", "percentage points", "points", "point"}

_WORD = "|".join(sorted((*WORDS, *TENS), key=len, reverse=True))
_COUNTED = r"(?:hour|day|week|month|year|barrel|ton)s?\b|tonnes?\b|metric[ ]tons?\b"
_MONEY = r"dollars?\b|euros?\b|pounds\b|yen\b|yuan\b|rupees\b|cents?\b"
_UNIT = rf"%|percentage[ ]points?\b|per[ ]?cent\b|pct\b|points?\b|{_MONEY}|{_COUNTED}"
QUANTITY = re.compile(
    rf"""(?:(?P<sign>(?:US|C|A)?\$|[€£¥₹])\s?)?
         (?:(?<![A-Za-z\d])(?P<digits>\d+(?:,\d{{3}})*(?:\.\d+)?)
           |(?<!\w)(?P<words>(?:{_WORD})(?:[ -](?:{_WORD}))?)(?!\w))
         (?P<scale>(?:\s?(?:k|mn?|bn?|tn)\b|[ -](?:hundred|thousand|million|billion|trillion)s?\b)*)
         (?:[ -]?(?P<unit>{_UNIT}))?""",
    re.IGNORECASE | re.VERBOSE,
)
RANGE = re.compile(r"\s?(?:-|–|to|or|and|through)\s?")
SECTION = re.compile(r"(?:\bsections?|\bno\.|\barticles?|§)\s?$", re.IGNORECASE)
SECTION_WIDTH = 12
LARGE = 1_000_000
ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in units of one, what it counts ("percent", "points", a currency, or "" for a plain number), its last
    digit's worth, and where it stands."""

    value: Decimal
    unit: str
    precision: Decimal
    start: int
    end: int

    def is_said_by(self, others: Iterable[Quantity]) -> bool:
        """Whether one of the others is the same quantity, or this one a rounding of it."""
        return any(_is(self, other) for other in others)


def quantities(text: str) -> list[Quantity]:
    """The quantities of a text, in order. Ordinals, sections of laws and what is part of a date are none.

    In "5 to 10 percent" the five are percent, too.
    """
    dated = [(day.start, day.end) for day in days(text)]
    found = [one for one in _found(text) if not any(start <= one.start < end for start, end in dated)]
    for place in range(len(found) - 2, -1, -1):
        one, following = found[place], found[place + 1]
        if not one.unit and RANGE.fullmatch(text[one.end : following.start]):
            found[place] = replace(one, unit=following.unit)
    return found


def _found(text: str) -> Iterator[Quantity]:
    for match in QUANTITY.finditer(text):
        ordinal = ORDINAL.match(text, match.end()) and not match["unit"]
        if ordinal or SECTION.search(text, max(0, match.start() - SECTION_WIDTH), match.start()):
            continue
        value, digit = _value(match)
        yield Quantity(value, _unit(match), digit, match.start(), match.end())


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    power = sum(SCALES[word] for word in re.findall(r"[a-z]+", match["scale"].casefold()))
    scale = Decimal(10) ** power
    if match["words"]:
        parts = re.split("[ -]", match["words"].casefold())
        return sum((Decimal(TENS.get(part, WORDS.get(part, 0))) for part in parts), Decimal(0)) * scale, scale
    digits = match["digits"].replace(",", "")
    whole, _, decimals = digits.partition(".")
    power = -len(decimals) if decimals else len(whole) - len(whole.rstrip("0") or whole)
    return Decimal(digits) * scale, scale * Decimal(10) ** power


def _unit(match: re.Match[str]) -> str:
    unit = re.sub(r"\s+", " ", (match["unit"] or "").casefold())
    if unit in PERCENT:
        return "points" if "point" in unit else "percent"
    if match["sign"]:
        return CURRENCIES[match["sign"].casefold()]
    return CURRENCIES.get(unit) or unit.removeprefix("metric ").replace("tonne", "ton").rstrip("s")


def _is(one: Quantity, other: Quantity) -> bool:
    if one.unit != other.unit:
        return False
    # Large sums are rounded, to no fewer than two digits: "$3 billion" for "$2.6 billion" is another claim.
    rounded = one.value >= LARGE and one.value >= 10 * one.precision
    return one.value == other.value or (rounded and abs(one.value - other.value) * 2 <= one.precision)
