"""Web pages: the article without the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.types import Article
from ingest.extract.decode import declared_in_html, decode

if TYPE_CHECKING:
    from ingest.document import Document


def extract_html(document: Document) -> Article:
    """The article in the page.

    Raises SourceSkipped when it is none, SourceError when it cannot be read. A hostile page can take minutes,
    gigabytes or the process: call it in a worker.
    """
    from ingest.extract.html_worker import read_page

    html = decode(document.data, document.charset, declared_in_html(document.data))
    page = read_page(html, document.url, document.now.date().isoformat())
    return Article(
        url=page.url or document.url,
        title=page.title or "",
        text=page.text,
        outlet=page.outlet,
        publisher=page.publisher,
        authors=page.authors,
        published=page.published,
        language=page.language,
        topics=page.topics,
    )
