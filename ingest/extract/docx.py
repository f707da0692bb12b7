"""Word documents: what a reader sees of the body, with title, date and authors from it before its properties."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from corpus.errors import SourceError
from corpus.types import Article
from ingest.extract import archive
from ingest.extract.docx_styles import Styles
from ingest.extract.docx_text import Block, Reader
from ingest.extract.lines import ends_sentence
from ingest.extract.signature import signature, stated_title

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ingest.document import Document

_OLD = b"\xd0\xcf\x11\xe0"
_NOT_READABLE = "it is an old Word file or is protected by a password; save it as .docx without one"
_DAMAGED = "it is no Word document that can be read; save it again in Word"
_TITLE_WITHIN = 20
_HEAD = 5
_LONGEST_TITLE = 300
# python-docx's template carries this date into every document that is made from it.
_TEMPLATE_YEAR = 2013
_TEMPLATE_AUTHOR = "python-docx"


def extract_docx(document: Document) -> Article:
    """The article in a Word document. Raises SourceError.

    Without a date in the text the day on which the document was created counts as published.
    """
    if document.data.startswith(_OLD):
        raise SourceError(_NOT_READABLE)
    archive.check(document.data)
    blocks, properties = _read(document.data)
    head = _title_at(blocks)
    signed = signature([block.text for block in blocks], head)
    return Article(
        url=document.url,
        title=" ".join(blocks[i].text for i in head) or stated_title(properties.title),
        text=_text([block for i, block in enumerate(blocks) if i not in head and i not in signed.lines]),
        authors=signed.authors,
        published=signed.published or _created(properties),
    )


def _read(data: bytes) -> tuple[list[Block], Any]:
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        word = docx.Document(BytesIO(data))
        parts = {part.reltype: part.target_part for part in word.part.rels.values() if not part.is_external}
        numbering = parts.get(RELATIONSHIP_TYPE.NUMBERING)
        reader = Reader(Styles(word.styles.element, getattr(numbering, "element", None)))
        return list(reader.blocks(word.element.body)), word.core_properties
    except MemoryError:
        raise
    except Exception as error:  # the library checks little, and a damaged file makes it raise anything
        raise SourceError(_DAMAGED) from error


def _title_at(blocks: Sequence[Block]) -> range:
    """Where the title is: by its style, else the first heading, else a bold or large line at the top."""
    top = blocks[:_TITLE_WITHIN]
    usual = _usual_size(blocks)
    by_style = [i for i, block in enumerate(top) if block.style == "title"]
    by_level = [i for i, block in enumerate(top) if block.style == "heading 1"]
    by_type = [
        i
        for i, block in enumerate(top[:_HEAD])
        if (block.bold or block.size > usual) and not ends_sentence(block.text) and not block.joins
    ]
    found = by_style or by_level[:1] or by_type[:1]
    start = next((i for i in found if len(blocks[i].text) <= _LONGEST_TITLE), None)
    return range(0) if start is None else range(start, start + 1)


def _usual_size(blocks: Sequence[Block]) -> int:
    letters: dict[int, int] = {}
    for block in blocks:
        letters[block.size] = letters.get(block.size, 0) + len(block.text)
    return max(letters, key=lambda size: letters[size], default=0)


def _text(blocks: Sequence[Block]) -> str:
    parts = [("\n" if block.joins else "\n\n") + block.text for block in blocks]
    return "".join(parts).strip()


def _created(properties: Any) -> str | None:
    created: datetime | None = properties.created
    if created is None or (created.year == _TEMPLATE_YEAR and properties.author == _TEMPLATE_AUTHOR):
        return None
    return created.date().isoformat()
