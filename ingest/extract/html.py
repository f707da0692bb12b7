"""Web pages: the article without the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.types import Article
from ingest.extract.address import is_web_address, same_site
from ingest.extract.decode import declared_in_html, decode

if TYPE_CHECKING:
    from ingest.document import Document
    from ingest.extract.html_worker import Page


def extract_html(document: Document) -> Article:
    """The article in the page, its text empty when there is none.

    Raises SourceError. A hostile page can take minutes, gigabytes or the process: call it in a worker.
    """
    from ingest.extract.html_worker import read_page

    html = decode(document.data, document.charset, declared_in_html(document.data))
    page = read_page(html, document.url, document.now.date().isoformat())
    return Article(
        url=_address(page, document),
        title=page.title or "",
        text=page.text,
        outlet=page.outlet,
        authors=page.authors,
        published=page.published,
        language=page.language,
    )


def _address(page: Page, document: Document) -> str:
    """The page's own canonical address, if it may speak for it: a page must not pass for one of another site."""
    fetched = is_web_address(document.url)
    if page.url and (not fetched or same_site(page.url, document.url)):
        return page.url
    return document.url
