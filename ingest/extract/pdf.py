"""PDF: the text in reading order, with title, date and authors from what is printed before what is stated.

pdfium reads the file (2 ms a page against 115 ms with pdfplumber on the same pages of articles); the order of what it
finds and the paragraphs are our own: see pdf_text.py, pdf_layout.py and pdf_paragraphs.py.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from corpus.errors import SourceError
from corpus.types import Article
from ingest.extract.lines import ends_sentence
from ingest.extract.pdf_layout import lines
from ingest.extract.pdf_paragraphs import paragraphs as paragraphs_of
from ingest.extract.pdf_paragraphs import text_of
from ingest.extract.signature import signature, stated_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.document import Document
    from ingest.extract.pdf_paragraphs import Paragraph

ENCRYPTED = "it is protected by a password; save it without one"
_CUT_OFF = "the PDF is cut off or damaged: its end is missing; get it again"
_DAMAGED = "it is no PDF that can be read; open it in a viewer and save it again"
_NO_TEXT = (
    "the PDF has no text layer, only pictures of pages; run text recognition over it (ocrmypdf) and give the result"
)
_UNSEEN = "none of its text stands upright to be seen; turn its pages and save it again"
_MOST_PAGES = 1_000
_MOST_LETTERS = 20_000_000
_END = b"%%EOF"
_END_WITHIN = 4_096
_LINEARISED = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d{1,12})")
_LARGER = 1.12
_HEAD = 5
_MOST_TITLE_PARTS = 3
_LONGEST_TITLE = 300
_MASTHEAD_WORDS = 2
_UNDER_MASTHEAD = 0.5
_MADE = re.compile(r"D:((?:19|20)\d\d)(\d\d)(\d\d)")
# Browsers save a page on the day on which somebody read it.
_BROWSERS = re.compile(r"mozilla|chrom(?:e|ium)|skia|webkit|quartz|firefox|safari|edge", re.IGNORECASE)


def extract_pdf(document: Document) -> Article:
    """The article in a PDF. Raises SourceError; a hostile one can end the process: call it in a worker.

    Without a date in the text the day on which the file was made counts as published, unless a browser made it.
    """
    _check_whole(document.data)
    paragraphs, stated = _read(document.data)
    head = _title_parts(paragraphs)
    signed = signature([part.text for part in paragraphs], head)
    return Article(
        url=document.url,
        title=" ".join(paragraphs[i].text for i in head) or stated_title(stated.get("Title")),
        text=text_of(part for i, part in enumerate(paragraphs) if i not in signed.lines and i not in head),
        authors=signed.authors,
        published=signed.published or _made(stated),
    )


def _check_whole(data: bytes) -> None:
    """Readers repair a file that is cut off by leaving out what is missing; an article is not to shrink so."""
    whole = _LINEARISED.search(data[:1_024])
    if _END not in data[-_END_WITHIN:] or (whole and int(whole[1]) > len(data)):
        raise SourceError(_CUT_OFF if data.lstrip().startswith(b"%PDF-") else _DAMAGED)


def _read(data: bytes) -> tuple[list[Paragraph], dict[str, str]]:
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        pdf = PdfDocument(data)
    except PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == FPDF_ERR_PASSWORD
        raise SourceError(ENCRYPTED if is_locked else _DAMAGED) from None
    try:
        return paragraphs_of(lines(_pages(pdf))), pdf.get_metadata_dict()
    except PdfiumError:
        raise SourceError(_DAMAGED) from None
    finally:
        pdf.close()


def _pages(pdf: Any) -> list[list[Any]]:
    from ingest.extract.pdf_text import has_text, runs

    if len(pdf) > _MOST_PAGES:
        raise SourceError(f"it has {len(pdf):,} pages; the limit is {_MOST_PAGES:,}; split it")
    pages = []
    letters = 0
    for number in range(len(pdf)):
        page = pdf[number]
        pages.append(runs(page, number))
        page.close()
        letters += sum(len(run.text) for run in pages[-1])
        if letters > _MOST_LETTERS:
            raise SourceError(f"it holds more than {_MOST_LETTERS:,} letters; split it")
    if not letters:
        raise SourceError(_UNSEEN if any(has_text(pdf[number]) for number in range(len(pdf))) else _NO_TEXT)
    return pages


def _title_parts(paragraphs: Sequence[Paragraph]) -> range:
    """Which paragraphs are the title: the largest type on the first page, over as many lines as it takes."""
    first = [i for i, part in enumerate(paragraphs) if part.page == 0 and part.text.strip()]
    body = _body_size(paragraphs)
    large = [i for i in first if paragraphs[i].size > body * _LARGER and len(paragraphs[i].text) <= _LONGEST_TITLE]
    # A masthead is set larger than the headline under it.
    largest = max((paragraphs[i].size for i in large), default=0.0)
    worded = [i for i in large if _is_headline(paragraphs[i], largest)] or large
    if worded:
        best = max(worded, key=lambda i: (round(paragraphs[i].size), -i))
        return _same_type(paragraphs, best)
    bold = [i for i in first[:_HEAD] if paragraphs[i].bold and not ends_sentence(paragraphs[i].text)]
    return range(bold[0], bold[0] + 1) if bold else range(0)


def _is_headline(paragraph: Paragraph, largest: float) -> bool:
    return len(paragraph.text.split()) > _MASTHEAD_WORDS and paragraph.size > largest * _UNDER_MASTHEAD


def _same_type(paragraphs: Sequence[Paragraph], start: int) -> range:
    end = start + 1
    while end < min(len(paragraphs), start + _MOST_TITLE_PARTS) and _alike(paragraphs[end], paragraphs[start]):
        end += 1
    return range(start, end)


def _alike(one: Paragraph, other: Paragraph) -> bool:
    return round(one.size) == round(other.size) and one.page == other.page


def _body_size(paragraphs: Sequence[Paragraph]) -> float:
    letters: dict[float, int] = {}
    for part in paragraphs:
        letters[part.size] = letters.get(part.size, 0) + len(part.text)
    return max(letters, key=lambda size: letters[size], default=0.0)


def _made(stated: dict[str, str]) -> str | None:
    """The day on which the file was made; not its time, which is nobody's publication time."""
    found = _MADE.match(stated.get("CreationDate", ""))
    if found is None or _BROWSERS.search(f"{stated.get('Creator', '')} {stated.get('Producer', '')}"):
        return None
    try:
        return datetime(int(found[1]), int(found[2]), int(found[3])).date().isoformat()  # noqa: DTZ001 - a day only
    except ValueError:
        return None
