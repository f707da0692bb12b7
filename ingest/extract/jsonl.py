"""JSONL: one article a line, each good or bad by itself."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from corpus.errors import SourceError
from corpus.types import Article
from ingest.document import Document
from ingest.extract import NO_ARTICLE, fields
from ingest.extract.normalise import finished

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from ingest.extract.html import HtmlExtractor

Row: TypeAlias = tuple[str, Article | SourceError]
"""A line's name (`FILE:LINE`) and its article, or what is wrong with it (without the name)."""


def rows(source: str, lines: Iterable[bytes], *, now: datetime, html: HtmlExtractor, max_bytes: int) -> Iterator[Row]:
    """The articles of a JSONL file, in order. Blank lines are skipped, a bad line does not stop the rest.

    A line: `{"url", "title", "outlet", "published", "text" | "html", "authors"?, "language"?}`. Other keys
    are ignored. `max_bytes` limits one line; `now` is the moment after which no publication date is believed.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        name = f"{source}:{number}"
        try:
            yield name, _article(name, line, now, html, max_bytes)
        except SourceError as error:
            yield name, error


def _article(name: str, line: bytes, now: datetime, html: HtmlExtractor, max_bytes: int) -> Article:
    if len(line) > max_bytes:
        raise SourceError(f"the line is longer than {max_bytes:,} bytes; shorten it or raise ACCORD_FETCH__MAX_BYTES")
    row = _object(line)
    url, title = fields.address(row), fields.text(row, "title")
    if not url or not title:
        raise SourceError(f"{'title' if url else 'url'} is missing; add it to the line")
    stated = Article(
        url=url,
        title=title,
        text=_string(row, "text"),
        outlet=fields.text(row, "outlet"),
        publisher=fields.text(row, "publisher"),
        authors=fields.names(row, "authors"),
        published=fields.published(row),
        language=fields.text(row, "language"),
        topics=fields.names(row, "topics"),
    )
    article = finished(stated if stated.text.strip() else _from_html(name, row, stated, now, html), now)
    if not article.text or not article.title:
        raise SourceError(NO_ARTICLE if article.title else "title is missing; add it to the line")
    return article


def _object(line: bytes) -> Mapping[str, object]:
    try:
        row = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise SourceError("the line is not UTF-8; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise SourceError(f"the line is not JSON ({error.msg}, column {error.colno}); correct it") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets nested without end
        raise SourceError("the line is not JSON that can be read; correct it") from None
    if not isinstance(row, dict):
        raise SourceError('the line is not a JSON object; write {"url": …, "title": …, "text": …}')
    return row


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _string(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise SourceError(f"{name} is {fields.shown(value)}; write it as text")
    return value or ""


def _from_html(name: str, row: Mapping[str, object], stated: Article, now: datetime, html: HtmlExtractor) -> Article:
    """What the page says where the row itself says nothing; the address is always the row's."""
    page = _string(row, "html")
    if not page.strip():
        raise SourceError("text is missing; add it (or html) to the line")
    data = page.encode("utf-8", errors="replace")
    found = html.extract(Document(name, stated.url, "html", data, now, "utf-8"))
    return replace(
        stated,
        text=found.text,
        outlet=stated.outlet or found.outlet,
        authors=stated.authors or found.authors,
        published=stated.published or found.published,
        language=stated.language or found.language,
    )
