"""What runs in the child process: one page of HTML in, its article's parts out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ingest.extract.address import is_web_address
from ingest.extract.dates import parse
from ingest.extract.hidden import drop_hidden, parsed
from ingest.extract.lines import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

_META_DATES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "parsely-pub-date",
)
_ITEM = re.compile(r"- |\|")
_CHANGED = re.compile(r"modif|updated|revis", re.IGNORECASE)
_META_NAMES = ("property", "name", "itemprop", "http-equiv")
_MOST_NESTED = 20
# Trafilatura falls back to whatever text there is; a menu's few words are no article.
_FEWEST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says about its article; `text` is empty when no article was found."""

    text: str = ""
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None


def warm_up() -> None:
    """Imports the extractor, which takes longer than most pages, before the first page's time runs."""
    import trafilatura  # noqa: F401 - imported for the time it takes


def read_page(html: str, url: str, today: str) -> Page:
    """The article in the page and what the page states about it."""
    tree = parsed(html)
    if tree is None:
        return Page()
    published = _stated_date(tree)
    drop_hidden(tree)
    _drop_updates(tree)
    found = _extracted(tree, url, today)
    text = _paragraphs(found.text or "", found.title or "") if found is not None else ""
    if len(text.split()) < _FEWEST_WORDS and not any(ends_sentence(line) for line in text.split("\n")):
        return Page()
    return Page(
        text=text,
        url=_canonical(tree),
        title=found.title,
        outlet=found.sitename or urlsplit(url).hostname,
        published=published or (parse(found.date) if found.date else None),
        authors=tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
        language=found.language or tree.get("lang"),
    )


def _extracted(tree: Any, url: str, today: str) -> Any:
    from trafilatura import bare_extraction

    return bare_extraction(
        tree,
        url=url,
        favor_precision=True,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        # The extensive search guesses from any digits on the page, "Copyright 2019" among them.
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": today},
    )


def _drop_updates(tree: Any) -> None:
    """Takes out the times of changes, which would be read as publication dates where there are no others."""
    for meta in list(tree.iter("meta")):
        if _CHANGED.search(" ".join(str(meta.get(name, "")) for name in _META_NAMES)):
            meta.drop_tree()


def _paragraphs(text: str, title: str) -> str:
    """Blank lines between paragraphs, none inside a list or a table; the title is no text."""
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and lines[0].strip() == title.strip():
        del lines[0]
    parts = lines[:1]
    for before, line in pairwise(lines):
        together = _ITEM.match(before) and _ITEM.match(line)
        parts.append(("\n" if together else "\n\n") + line)
    return "".join(parts)


def _canonical(tree: Any) -> str | None:
    links = (link.get("href", "").strip() for link in tree.iter("link") if "canonical" in link.get("rel", "").lower())
    return next((link for link in links if is_web_address(link)), None)


def _stated_date(tree: Any) -> str | None:
    """The publication date that the page's metadata states, with its time and zone."""
    return next((day for value in _date_values(tree) if (day := parse(value))), None)


def _date_values(tree: Any) -> Iterator[str]:
    metas = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta.get("content", "")
        for meta in tree.iter("meta")
    }
    yield from (metas[name] for name in _META_DATES if name in metas)
    for script in tree.iter("script"):
        if script.get("type", "").strip().lower() == "application/ld+json":
            yield from _published_in_json(script.text or "")
    yield from (element.get("datetime", "") for element in tree.iter("time") if "pubdate" in element.attrib)


def _published_in_json(source: str) -> Iterator[str]:
    try:
        yield from _published_values(json.loads(source), _MOST_NESTED)
    except (ValueError, RecursionError):
        return


def _published_values(value: Any, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(value, dict):
        stated = value.get("datePublished")
        if isinstance(stated, str):
            yield stated
        for child in value.values():
            yield from _published_values(child, depth - 1)
    elif isinstance(value, list):
        for child in value:
            yield from _published_values(child, depth - 1)
