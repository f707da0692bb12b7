"""Publication dates as people and pages write them, to ISO strings.

A day stays a day ("2025-07-08"); a time and its zone are kept where the source gives them in a form with one
meaning. "08/07/2025" has two meanings, so it is unknown.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# German, French, Spanish, Italian, Portuguese, Dutch; names that several of them share stand once.
_OTHER_MONTHS = (
    "januar janvier enero gennaio janeiro januari", "februar février febrero febbraio fevereiro februari",
    "märz mars marzo março maart", "avril abril aprile april", "mai mayo maggio maio mei",
    "juni juin junio giugno junho", "juli juillet julio luglio julho", "août agosto augustus august",
    "septembre septiembre settembre setembro september", "oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro", "dezember décembre diciembre dicembre dezembro december",
)  # fmt: skip
_MONTH_NUMBERS = {name: number for number, names in enumerate(_OTHER_MONTHS, 1) for name in names.split()}
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
# Zones with one offset. "ET" has two, and "CST" several: with those, only the day is certain.
_ZONES = {"utc": 0, "gmt": 0, "z": 0, "bst": 1, "cet": 1, "cest": 2, "jst": 9}
_ZONES |= {"est": -5, "edt": -4, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
_TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?\s*(?P<half>[ap]\.?m\.?)?"
    r"(?:\s*\(?(?P<zone>(?!on\b)[a-z]{1,4}|[+-]\d\d:?\d\d)\)?)?"
)
_DATES = (
    rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
    rf"{_YEAR}[/.](?P<month>\d\d?)[/.](?P<day>\d\d?)",
    rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}",
    # With slashes, only a number over 12 says which one is the day.
    rf"(?P<month>\d\d?)/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}",
    rf"(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d\d?)/{_YEAR}",
    rf"{_YEAR}\s?[年년]\s?(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日일]",
    rf"{_DAY}(?:er|\.|º)?\s+(?:de\s+)?(?P<other>{'|'.join(_MONTH_NUMBERS)})(?:\s+de)?,?\s+{_YEAR}",
)
_FORMS = (
    *(rf"{_WEEKDAY}{form}(?:(?:,|\s+at|\s*[-–—|])?\s+{_TIME})?" for form in _DATES),
    *(rf"{_TIME},?\s+(?:on\s+)?{_WEEKDAY}{form}" for form in _DATES[:2]),
)
_WHOLE = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)
_AFTER_BYLINE = tuple(re.compile(rf"by\s[^\d]{{3,80}}?[\s,]+(?P<date>{form})", re.IGNORECASE) for form in _FORMS)
_BEFORE_BYLINE = tuple(re.compile(rf"(?P<date>{form}),?\s+by\s[^\d]{{3,80}}", re.IGNORECASE) for form in _FORMS)
_JAVA = re.compile(
    rf"(?:[a-z]{{3}}\s+)?(?P<date>[a-z]{{3}}\s+\d\d?)\s+(?P<time>[\d:]{{8}})\s+(?P<zone>[a-z]{{3,4}})\s+{_YEAR}",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)")
_SHORT_HOUR = re.compile(r"(?<=[ T])(?=\d:\d\d)")
_LABEL = re.compile(
    r"(?:(?:first\s+|originally\s+)?published|posted|date|dated|publication date|created|issued)"
    r"(?:\s+on|\s+at)?\s*:?\s*|on\s+",
    re.IGNORECASE,
)
_NOT_PUBLISHED = re.compile(
    r"\b(?:updated?|modified|revised|edited|corrected|copyright|last|reviewed|accessed|retrieved)\b|©|\(c\)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[|•·;]\s*|\s+[-–—/]\s+")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)?)?")
_DAY_LENGTH = len("2025-07-08")
_LONGEST_LINE = 160
_EARLIEST = "1600"
_NOON = 12


def iso(text: str) -> str | None:
    """The ISO 8601 day or time that the whole text is, in one spelling; else None."""
    text = text.strip()
    if not _ISO.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        return None
    return moment.isoformat(timespec="seconds") if len(text) > _DAY_LENGTH else moment.date().isoformat()


def parse(text: str) -> str | None:
    """The date (and time) that the whole text is, in ISO, as in mail headers or English; else None."""
    text = " ".join(text.split())
    return iso(text) or _first_match(_WHOLE, text)


def stamp(text: str) -> str | None:
    """The date (and time) that a machine wrote into a field for it: `parse`, and forms that only machines write."""
    text = " ".join(text.split())
    java = _JAVA.fullmatch(text)
    if java:
        text = f"{java['date']}, {java['year']} {java['time']} {java['zone']}"
    day = parse(_COMPACT.sub(r"\1-\2-\3", text) if _COMPACT.fullmatch(text) else _SHORT_HOUR.sub("0", text))
    return None if day is None or is_unset(day) else day


def is_unset(day: str) -> bool:
    """Whether an ISO day or time is what stands in a field that nobody filled: the first second of Unix time, or
    a day before there were newspapers (1605), such as one of the year 1."""
    if day < _EARLIEST or day.startswith("1970-01-01T00:00:00"):
        return True
    moment = datetime.fromisoformat(day)
    return moment.tzinfo is not None and moment.timestamp() == 0


def published_in(line: str) -> str | None:
    """The publication date that a line such as "Published: July 8, 2025 | 4 min read" states, else None.

    Updates and copyrights are no publication: what follows their word is not read.
    """
    if len(line) > _LONGEST_LINE:
        return None
    line = " ".join(line.split())
    found = (_labelled(part) for part in (line, *_PARTS.split(line)))
    return next((day for day in found if day), None)


def _labelled(text: str) -> str | None:
    later = _NOT_PUBLISHED.search(text)
    text = (text[: later.start()] if later else text).strip(" \t,()[]")
    label = _LABEL.match(text)
    dated = parse(text[label.end() :] if label else text)
    return dated or _first_match(_AFTER_BYLINE, text) or _first_match(_BEFORE_BYLINE, text)


def _first_match(forms: tuple[re.Pattern[str], ...], text: str) -> str | None:
    matches = (form.fullmatch(text) for form in forms)
    found = next((match for match in matches if match), None)
    return _from_parts(found.groupdict()) if found else None


def _from_parts(parts: dict[str, str | None]) -> str | None:
    name, other = parts.get("name"), parts.get("other")
    number = _MONTHS.index(name[:3].lower()) + 1 if name else _MONTH_NUMBERS.get((other or "").lower())
    month = number or int(parts.get("month") or 0)
    try:
        day = date(int(parts["year"] or 0), month, int(parts["day"] or 0))
        clock = _clock(parts)
    except ValueError:
        return None
    return f"{day.isoformat()}T{clock.isoformat('seconds')}" if clock else day.isoformat()


def _clock(parts: dict[str, str | None]) -> time | None:
    """The time of day with its zone; None without one or with a zone of uncertain offset."""
    zone = (parts.get("zone") or "").lower()
    if not parts.get("hour") or (zone.isalpha() and zone not in _ZONES):
        return None
    hour = int(parts["hour"] or 0)
    half = (parts["half"] or "").lower()
    if half and not 1 <= hour <= _NOON:
        return None
    if half:
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
    offset = timezone(_offset(zone)) if zone else None
    return time(hour, int(parts["minute"] or 0), int(parts["second"] or 0), tzinfo=offset)


def _offset(zone: str) -> timedelta:
    if zone in _ZONES:
        return timedelta(hours=_ZONES[zone])
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return ahead if zone[0] == "+" else -ahead
