"""Reading named fields of front matter and JSONL rows, with one wording for what is wrong with them."""

from __future__ import annotations

import reprlib
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from ingest.extract.address import is_web_address
from ingest.extract.dates import iso
from ingest.extract.normalise import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHOWN = 60


def text(fields: Mapping[str, object], name: str) -> str | None:
    """A field that is text (a number is text, too); None when it is absent or empty."""
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise SourceError(f"{name} is {shown(value)}; write it as text")
    return str(value).strip() or None


def names(fields: Mapping[str, object], name: str) -> tuple[str, ...]:
    """A field that is one text or a list of texts."""
    value = fields.get(name)
    if value is None:
        return ()
    values: list[object] = value if isinstance(value, list) else [value]
    found = [one_line(item) for item in values if isinstance(item, str)]
    if len(found) < len(values):
        raise SourceError(f"{name} is {shown(value)}; write a name or a list of names")
    return tuple(item for item in found if item)


def address(fields: Mapping[str, object], name: str = "url") -> str | None:
    """A field that is a web address."""
    value = text(fields, name)
    if value is not None and not is_web_address(value):
        raise SourceError(f"{name} is {shown(value)}; write a full http:// or https:// address")
    return value


def published(fields: Mapping[str, object], name: str = "published") -> str | None:
    """A field that is an ISO date."""
    value = fields.get(name)
    if value is None or value == "":
        return None
    day = iso(value) if isinstance(value, str) else None
    if day is None:
        raise bad_date(name, value)
    return day


def bad_date(name: str, value: object) -> SourceError:
    """The error for a date that cannot be read."""
    return SourceError(f"{name} is {shown(value)}, which is no date; write 2025-07-08 or 2025-07-08T09:30:00-04:00")


def shown(value: object) -> str:
    """The value as a message quotes it: one line, not too long, however much is nested in it."""
    quoted = repr(value) if isinstance(value, str) else reprlib.repr(value)
    quoted = one_line(quoted[: 2 * _SHOWN])
    return quoted if len(quoted) <= _SHOWN else f"{quoted[:_SHOWN]}…"
