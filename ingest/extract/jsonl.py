"""JSONL: one article a line, each good or bad by itself."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import SourceEmpty, SourceError
from corpus.types import Article
from ingest.document import Document
from ingest.extract import NO_ARTICLE, fields
from ingest.extract.normalise import finished

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from typing import IO

_LIMIT = "ACCORD_FETCH__MAX_BYTES"
_SKIPPED_AT_ONCE = 1 << 20


def row_lines(lines: IO[bytes], max_bytes: int) -> Iterator[tuple[int, bytes | SourceError]]:
    """The file's lines with their numbers from 1, blank ones left out.

    A line of more than `max_bytes` bytes is an error in its place, and is never held in memory whole.
    """
    longest = max_bytes + len("\r\n")
    number = 0
    while line := lines.readline(longest):
        number += 1
        is_cut = len(line) == longest and not line.endswith(b"\n")
        if is_cut or len(line.rstrip(b"\r\n")) > max_bytes:
            _skip_rest(lines, line)
            yield number, SourceError(f"the line is longer than {max_bytes:,} bytes; shorten it or raise {_LIMIT}")
        elif line.strip():
            yield number, line


def _skip_rest(lines: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = lines.readline(_SKIPPED_AT_ONCE)


def needs_worker(line: bytes) -> bool:
    """Whether the line may bring HTML, which is read in a worker."""
    return b'"html"' in line


def row(name: str, line: bytes, now: datetime) -> Article:
    """The article of one line, called `name` in messages about its page. Raises SourceError.

    A line: `{"url", "title", "outlet", "published", "text" | "html", "authors"?, "language"?}`. Other keys
    are ignored. `now` is the moment after which no publication date is believed.
    """
    said = _object(line)
    url, title = fields.address(said), fields.text(said, "title")
    if not url or not title:
        raise SourceError(f"{'title' if url else 'url'} is missing; add it to the line")
    stated = Article(
        url=url,
        title=title,
        text=_string(said, "text"),
        outlet=fields.text(said, "outlet"),
        publisher=fields.text(said, "publisher"),
        authors=fields.names(said, "authors"),
        published=fields.published(said),
        language=fields.text(said, "language"),
        topics=fields.names(said, "topics"),
    )
    article = finished(stated if stated.text.strip() else _from_html(name, said, stated, now), now)
    if not article.text or not article.title:
        raise SourceError(NO_ARTICLE if article.title else "title is missing; add it to the line")
    return article


def _object(line: bytes) -> Mapping[str, object]:
    try:
        said = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise SourceError("the line is not UTF-8; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise SourceError(f"the line is not JSON ({error.msg}, column {error.colno}); correct it") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets nested without end
        raise SourceError("the line is not JSON that can be read; correct it") from None
    if not isinstance(said, dict):
        raise SourceError('the line is not a JSON object; write {"url": …, "title": …, "text": …}')
    return said


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _string(said: Mapping[str, object], name: str) -> str:
    value = said.get(name)
    if value is not None and not isinstance(value, str):
        raise SourceError(f"{name} is {fields.shown(value)}; write it as text")
    return value or ""


def _from_html(name: str, said: Mapping[str, object], stated: Article, now: datetime) -> Article:
    """What the page says where the row itself says nothing; the address is always the row's."""
    from ingest.extract.html import extract_html

    page = _string(said, "html")
    if not page.strip():
        if "text" in said or "html" in said:
            raise SourceEmpty("text is empty; write it, or leave the line out")
        raise SourceError("text is missing; add it (or html) to the line")
    data = page.encode("utf-8", errors="replace")
    found = extract_html(Document(name, stated.url, "html", data, now, "utf-8"))
    return replace(
        stated,
        text=found.text,
        outlet=stated.outlet or found.outlet,
        authors=stated.authors or found.authors,
        published=stated.published or found.published,
        language=stated.language or found.language,
    )
