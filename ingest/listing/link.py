"""One entry of a listing, and the addresses that an entry may have."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from corpus.errors import SourceError
from ingest.extract.address import is_web_address, normal
from ingest.extract.dates import parse
from ingest.extract.normalise import EARLIEST_CLOCK, one_line
from ingest.sources.names import shown_name
from ingest.sources.source import Hints

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_LINKS = 50_000
"""The sitemap protocol's limit for one file (https://www.sitemaps.org/protocol.html)."""

NO_HINTS = Hints()
_MAX_REFUSED = 20
_MAX_NAMES = 20
_LONGEST_DATE = 100
_LONGEST_TITLE = 300
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Link:
    """One page or further sitemap. `dated` (ISO 8601) is the day that `--since` looks at: when it was published,
    else when it was changed."""

    url: str
    hints: Hints = NO_HINTS
    is_sitemap: bool = False
    dated: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The links, each once, and up to 20 reasons for which entries were refused."""

    links: tuple[Link, ...]
    refused: tuple[str, ...]


@dataclass(slots=True)
class Collector:
    """Gathers the links of the listing at `url`."""

    url: str
    _links: dict[str, Link] = field(default_factory=dict)
    _refused: list[str] = field(default_factory=list)
    _entries: int = 0

    def add(
        self,
        address: object,
        hints: Hints = NO_HINTS,
        *,
        dated: str | None = None,
        is_sitemap: bool = False,
        is_absolute: bool = False,
    ) -> None:
        """Take one entry in, or note why not; one that has to be absolute does not count from `url`.

        Raises SourceError when there are too many.
        """
        self._entries += 1
        if self._entries > MAX_LINKS:
            raise too_many()
        try:
            url = resolved(address, None if is_absolute else self.url)
        except SourceError as error:
            if len(self._refused) < _MAX_REFUSED:
                self._refused.append(str(error))
        else:
            self._links.setdefault(url, Link(url, hints, is_sitemap, dated or hints.published))

    def listing(self) -> Listing:
        """Everything gathered, in order."""
        return Listing(tuple(self._links.values()), tuple(self._refused))


def too_many() -> SourceError:
    """For a listing beyond the limit."""
    return SourceError(f"it lists more than {MAX_LINKS:,} addresses; split it, or give a part of it")


def resolved(address: object, base: str | None) -> str:
    """The address in its one form; a relative one counts from `base`, and is none without.

    Raises SourceError when it is none to fetch.
    """
    if not isinstance(address, str) or not (text := address.strip()):
        raise SourceError("an entry has no address")
    try:
        if base is not None and not urlsplit(text).scheme:
            if not is_web_address(base):
                raise SourceError(f"{_shown(text)} is relative, and a saved listing has no address it could count from")
            text = urljoin(base, text)
        if not is_web_address(text):
            raise SourceError(f"{_shown(text)} is no web address")
        if "@" in urlsplit(text).netloc:
            raise SourceError(f"{_shown(text)} holds a user name or password, which is not sent")
        return normal(text)
    except ValueError:
        raise SourceError(f"{_shown(text)} is no web address") from None


def believed(text: object, now: datetime) -> str | None:
    """The ISO date or time that the text is, with its zone; None when it is none or lies after `now`."""
    if not isinstance(text, str) or len(text) > _LONGEST_DATE:
        return None
    found = parse(text)
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(found)
        latest = now if moment.tzinfo else (now + EARLIEST_CLOCK).replace(tzinfo=None)
        is_future = moment > latest
    except (ValueError, OverflowError):  # the calendar's ends
        return None
    return None if is_future else found


def instant(iso: str) -> datetime:
    """The moment of an ISO date or time, in UTC where it names no zone."""
    moment = datetime.fromisoformat(iso)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def title(text: object) -> str | None:
    """A title on one line, at most 300 characters."""
    return _line(text, _LONGEST_TITLE)


def name(text: object) -> str | None:
    """An outlet's or author's name on one line, at most 200 characters."""
    return _line(text, _LONGEST_NAME)


def names(values: Iterable[object]) -> tuple[str, ...]:
    """Up to 20 names, each once, without mail addresses."""
    found = dict.fromkeys(one for value in values if (one := name(value)) and "@" not in one)
    return tuple(found)[:_MAX_NAMES]


def _line(text: object, longest: int) -> str | None:
    if not isinstance(text, str):
        return None
    return one_line(text[: 4 * longest])[:longest].strip() or None


def _shown(text: str) -> str:
    shown = shown_name(text)
    return one_line(shown[:200])[:100] if "@" not in shown else "an address with a user name"
