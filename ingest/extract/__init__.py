"""From a document's bytes to an article: what it says, without what surrounds it.

    markdown.py   front matter and Markdown           plain.py      text files
    html.py       web pages                           page_dump.py  pages saved as text
    jsonl.py      rows of articles

Every article leaves with non-empty, tidied text (see normalise.py), so that passages can slice it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from corpus.errors import SourceError

if TYPE_CHECKING:
    from corpus.types import Article
    from ingest.document import Document
    from ingest.extract.html import HtmlExtractor

# Part of what decides whether a document must be read again: raise it when the same bytes give other text.
EXTRACTOR_VERSION = "1"

EMPTY = "the file is empty; put an article into it or leave it out"
NO_ARTICLE = "no article text was found; check that it holds an article and not only headings, links or a login page"

_LONGEST_TITLE = 200


def extract(document: Document, html: HtmlExtractor) -> Article:
    """The article in the document. `html` is used for web pages only.

    Raises SourceError whose message does not name the source: the caller puts that in front.
    """
    from ingest.extract.normalise import finished

    if not document.data.strip():
        raise SourceError(EMPTY)
    article = finished(_read(document, html), document.now)
    if not article.text:
        raise SourceError(NO_ARTICLE)
    return article if article.title else replace(article, title=_fallback_title(article, document))


def _read(document: Document, html: HtmlExtractor) -> Article:
    if document.kind == "markdown":
        from ingest.extract.markdown import extract_markdown

        return extract_markdown(document)
    if document.kind == "text":
        from ingest.extract.plain import extract_plain

        return extract_plain(document)
    if document.kind == "html":
        return html.extract(document)
    raise SourceError("it holds many articles, one a line; read it as JSONL")


def _fallback_title(article: Article, document: Document) -> str:
    """The first line when it can pass for a title, else the file's name."""
    first = article.text.split("\n", 1)[0].strip()
    if len(first) <= _LONGEST_TITLE:
        return first
    stem = PurePosixPath(unquote(urlsplit(document.url).path)).stem or PurePosixPath(document.source).stem
    return stem.replace("-", " ").replace("_", " ").strip() or first[:_LONGEST_TITLE].rsplit(" ", 1)[0]
