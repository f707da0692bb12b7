"""One page of HTML in, its article's parts out. A hostile page can take long: this runs where it can be stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.errors import SourceSkipped
from ingest.extract import NO_ARTICLE
from ingest.extract.address import canonical
from ingest.extract.hidden import drop_hidden, parsed
from ingest.extract.html_body import article_lines, joined, without_frame
from ingest.extract.html_metadata import Metadata, metadata
from ingest.extract.lines import first_publisher
from ingest.extract.not_article import check_page, signs_of


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says about its article. `url` is its canonical address, where that may be believed."""

    text: str
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    publisher: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    topics: tuple[str, ...] = ()


def read_page(html: str, url: str, today: str) -> Page:
    """The article in the page and what the page states about it. `today` is an ISO day: later dates are not believed.

    Raises SourceSkipped when the page holds no article.
    """
    tree = _visible(html)
    if tree is None:
        raise SourceSkipped(NO_ARTICLE)
    stated = metadata(tree, url)
    signs = signs_of(tree, stated.article, says_article=stated.says_article)
    lines, text = _read(tree, stated, url)
    check_page(stated.title or "", lines, text, signs)
    return _page(stated, text, lines, url, today)


def text_in(html: str, url: str) -> str:
    """The text that the page is read as, whether or not it is an article."""
    tree = _visible(html)
    return "" if tree is None else _read(tree, metadata(tree, url), url)[1]


def _visible(html: str) -> Any:
    tree = parsed(html)
    if tree is not None:
        drop_hidden(tree)
    return tree


def _read(tree: Any, stated: Metadata, url: str) -> tuple[list[str], str]:
    """The lines of the article, and its text without what frames it."""
    _drop_scripts(tree)
    lines = article_lines(tree, url)
    return lines, joined(without_frame(lines, stated.titles))


def _page(stated: Metadata, text: str, lines: list[str], url: str, today: str) -> Page:
    publisher = next(filter(None, map(first_publisher, reversed(lines))), None) or stated.publisher
    return Page(
        text=text,
        url=canonical(stated.canonical, url),
        title=stated.title,
        outlet=stated.outlet,
        publisher=publisher if publisher != stated.outlet else None,
        published=stated.published
        if stated.published and stated.published[: len(today)] <= _day_after(today)
        else None,
        authors=stated.authors,
        language=stated.language,
        topics=stated.topics,
    )


def _day_after(today: str) -> str:
    """Where the sun rises first it is tomorrow; the exact moment is judged with the article's other fields."""
    from datetime import date, timedelta

    day = date.fromisoformat(today)
    return (day + timedelta(days=1)).isoformat() if day < date.max else today


def _drop_scripts(tree: Any) -> None:
    """Takes out structured data, which says things that no reader of the page sees, before the text is looked for."""
    for script in list(tree.iter("script")):
        script.drop_tree()
