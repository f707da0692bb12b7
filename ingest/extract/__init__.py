"""From a document's bytes to an article: what it says, without what surrounds it.

    markdown.py   front matter and Markdown           plain.py      text files
    html.py       web pages                           page_dump.py  pages saved as text
    jsonl.py      rows of articles                pdf.py        what was made to be printed
    docx.py       Word                            mail.py       messages, and pages saved as one

Every article leaves with non-empty, tidied text (see normalise.py), so that passages can slice it.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from corpus.errors import SourceEmpty, SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.types import Article
    from ingest.document import Document, Kind

# Part of what decides whether a document must be read again: raise it when the same bytes give other text.
EXTRACTOR_VERSION = "2"

EMPTY = "it is empty; give one that holds an article, or leave it out"
NO_ARTICLE = "no article text was found; check that it holds an article and not only headings, links or a login page"

_LONGEST_TITLE = 200
# By name: each brings libraries that take time to import.
_READERS: dict[Kind, tuple[str, str]] = {
    "markdown": ("markdown", "extract_markdown"),
    "text": ("plain", "extract_plain"),
    "html": ("html", "extract_html"),
    "pdf": ("pdf", "extract_pdf"),
    "docx": ("docx", "extract_docx"),
    "mail": ("mail", "extract_mail"),
}


def extract(document: Document) -> Article:
    """The article in the document; all but JSONL.

    Raises SourceEmpty when it holds nothing, SourceError for any other fault; the message does not name the
    source: the caller puts that in front. Hostile documents can take minutes, gigabytes or the process: call it
    in a worker.
    """
    from ingest.extract.normalise import finished

    if not document.data.strip():
        raise SourceEmpty(EMPTY)
    article = finished(_reader(document.kind)(document), document.now)
    if not article.text:
        # Markdown is taken as it is: no text means that none was written. Elsewhere it may not have been found.
        raise (SourceEmpty if document.kind == "markdown" else SourceError)(NO_ARTICLE)
    return article if article.title else replace(article, title=_fallback_title(article, document))


def _reader(kind: Kind) -> Callable[[Document], Article]:
    module, name = _READERS.get(kind, ("", ""))
    if not module:
        raise SourceError("it holds many articles, one a line; read it as JSONL")
    reader: Callable[[Document], Article] = getattr(import_module(f"ingest.extract.{module}"), name)
    return reader


def _fallback_title(article: Article, document: Document) -> str:
    """The first line when it can pass for a title, else the file's name."""
    first = article.text.split("\n", 1)[0].strip()
    if len(first) <= _LONGEST_TITLE:
        return first
    stem = PurePosixPath(unquote(urlsplit(document.url).path)).stem or PurePosixPath(document.source).stem
    return stem.replace("-", " ").replace("_", " ").strip() or first[:_LONGEST_TITLE].rsplit(" ", 1)[0]
