"""Who wrote an article, as pages say it: bylines, names over roles, credits and biographies at the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BYLINE = re.compile(
    r"(?:(?:written|reported|posted|story|words|text|analysis|opinion|interview)\s+)?by:?\s+(?P<names>.+)"
    r"|(?:von|par|por|words:|text:)\s+(?P<other>.+)",
    re.IGNORECASE,
)
_DATE_AND_BYLINE = re.compile(r"(?P<date>(?=\D{0,40}\d).{6,60}?),?\s+by\s+(?P<names>.{3,160})", re.IGNORECASE)
_BY_ALONE = re.compile(
    r"(?:(?:written|reported|story|words|text)\s+)?by:?|von|par|por|words:?|authors?:?", re.IGNORECASE
)
_AUTHOR_LABEL = re.compile(r"authors?\s*:\s*(?P<names>.+)", re.IGNORECASE)
_PERSON = re.compile(
    r"[A-ZÀ-Þ][\w'’.-]*(?:\s+(?:(?:de|da|van|von|der|bin|al|el|la|le|du|dos)\s+)*[A-ZÀ-Þ][\w'’.-]*){0,4}"
)
_NAMES_END = re.compile(
    r"\s*(?:[|•·]|\s[-–—]\s|,?\s+(?:for|in|at|on)\s|\d|,\s*(?:[a-z]|Updated|Published|Posted)).*", re.DOTALL
)
_NAMES_SPLIT = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s+und\s+|\s+et\s+|\s*&\s*|\s*;\s*", re.IGNORECASE)
_NAME = r"(?P<name>[A-ZÀ-Þ][\w'’.-]+(?:\s+[A-ZÀ-Þ][\w'’.-]*){1,4})"
_WORK = (
    r"(?:reporter|correspondent|editor|writer|columnist|journalist|bureau|producer|contributor|freelancer?"
    r"|staff|fellow|analyst|redakteur(?:in)?|korrespondent(?:in)?)"
)
_ROLE = re.compile(rf"(?:.{{0,60}}[\s-])?{_WORK}s?(?:\s.{{0,40}})?", re.IGNORECASE)
_BIO = re.compile(
    rf"{_NAME},?\s+(?:(?:is|was|works as)\s+(?:an?|the|our|{_WORK})\b.{{0,200}}"
    rf"|covers\b.{{1,200}}\b(?:for|at)\b.{{0,150}}"
    r"|(?:reports|writes)\s+(?:on|about|from|for)\b.{0,200}|(?:has|joined"
    r"|leads)\b.{1,200}\b(?:coverage|newsroom|bureau)\b.{0,150}).*"
)
_BIO_OF_A_WRITER = re.compile(rf"\b(?:{_WORK}s?|covers|reports (?:on|from)|writes (?:on|about|for))\b", re.IGNORECASE)
_CREDITS = re.compile(
    r"(?:.{3,160}\bcontributed (?:reporting|research|to this|from)\b.{0,100}"
    r"|(?:additional |with )?(?:reporting|editing|research|writing"
    r"|translat\w+)(?: and \w+)? (?:by|from|in)\b.{3,200}"
    r"|\((?:additional |with )?(?:reporting|editing)\b.{3,250}|with files from .{2,100})",
    re.IGNORECASE,
)
_REPORTED = re.compile(r"\(?reporting(?: and (?:writing|editing))? by (?P<names>[^;()]{3,160})", re.IGNORECASE)
_PLACE = re.compile(r"\s+in\s+[A-ZÀ-Þ][\w'’-]*(?:\s+[A-ZÀ-Þ][\w'’-]*){0,2}")
_LONGEST_NAME = 5
_LONGEST_ROLE = 8
# Longer lines are paragraphs; the patterns here never need more than a line's start.
_LONGEST_LINE = 1_000


def signed_by(line: str) -> tuple[str, ...]:
    """The people that a byline names ("By Ann Lee and Bo Ek | July 8, 2025"), or none."""
    if len(line) > _LONGEST_LINE:
        return ()
    found = _BYLINE.fullmatch(line) or _AUTHOR_LABEL.fullmatch(line)
    if found is None:
        return _before_role(line)
    groups = found.groupdict()
    named = people(groups["names"] or groups["other"])
    return named if groups["names"] or all(map(_is_full_name, named)) else ()


def date_and_names(line: str) -> tuple[str, tuple[str, ...]]:
    """What stands before "by", and the people after it ("Posted on May 2, 2022 by Ann Lee"); empty without them."""
    found = _DATE_AND_BYLINE.fullmatch(line) if " by " in line[:_LONGEST_LINE].lower() else None
    return (found["date"], people(found["names"])) if found else ("", ())


def _before_role(line: str) -> tuple[str, ...]:
    """The name in "Ann Lee, Trade Correspondent"."""
    name, comma, role = line.partition(",")
    return people(name) if comma and _is_full_name(name.strip()) and is_role(role.strip()) else ()


def _is_full_name(text: str) -> bool:
    return 1 < len(text.split()) <= _LONGEST_NAME and _PERSON.fullmatch(text) is not None


def people(names: str) -> tuple[str, ...]:
    """The names in a list of people and their roles, empty when one of them is no name."""
    parts = [part for part in _NAMES_SPLIT.split(_NAMES_END.sub("", names).strip()) if part]
    # After a full name, one word alone is where the writer is or works ("By Ann Lee, Rome").
    alone = bool(parts) and _is_full_name(parts[0])
    parts = parts[:1] + [part for part in parts[1:] if not is_role(part) and not (alone and len(part.split()) == 1)]
    named = [part.title() if part.isupper() else part for part in parts]
    return tuple(named) if all(_PERSON.fullmatch(name) for name in named) else ()


def is_role(line: str) -> bool:
    """Whether the line is what a writer's work is called ("Senior Trade Correspondent")."""
    return len(line.split()) <= _LONGEST_ROLE and _ROLE.fullmatch(line) is not None


def names_signed(line: str, following: str) -> tuple[str, ...]:
    """The people on a line that the next one shows to be a byline: a name over a role."""
    named = people(line)
    return named if named and all(map(_is_full_name, named)) and is_role(following) and not is_role(line) else ()


def is_by(line: str) -> bool:
    """Whether a byline's name stands on the next line."""
    return _BY_ALONE.fullmatch(line) is not None


def is_credit(text: str) -> bool:
    """Whether a line at an article's end says who made it: "Reporting by …", or a writer's biography."""
    text = text[:_LONGEST_LINE]
    return _CREDITS.fullmatch(text) is not None or writer(text) is not None


def writer(text: str) -> str | None:
    """The writer whose biography the text is."""
    bio = _BIO.fullmatch(text[:_LONGEST_LINE])
    return bio["name"] if bio and _BIO_OF_A_WRITER.search(text[:_LONGEST_LINE]) else None


def reporters(text: str) -> Iterator[str]:
    """The people in "Reporting by Ann Lee in Rome and Bo Ek; Editing by …"."""
    found = _REPORTED.match(text)
    if found:
        yield from people(_PLACE.sub("", found["names"]).strip())
