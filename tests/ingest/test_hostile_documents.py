"""Documents made to do harm: each ends within its limits with a reason, or is read; the next one is read as ever."""

from __future__ import annotations

import re
import time
import zipfile
import zlib
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from corpus.errors import SourceError
from ingest.document import Document
from ingest.extract import extract
from ingest.worker import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.types import Article
    from ingest.document import Kind

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TIMEOUT_S = 15.0
MEMORY_BYTES = 1_000_000_000
# What starting and ending processes may take on top of that on a busy machine.
GRACE_S = 10.0
SENTENCE = "Talks between the two harbour towns ended on Friday without an agreement on the price of ice."
# One line: what is wrong, and what to do.
REASON = re.compile(r"[^\n]+; [^\n]+")
PLAIN = f"Ice talks fail\n\n{SENTENCE}\n"


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(jobs=1, timeout_s=TIMEOUT_S, memory_bytes=MEMORY_BYTES) as started:
        yield started


def read(workers: Workers, kind: Kind, data: bytes) -> Article | SourceError:
    """What becomes of the document, within the limits; the next document must be read after it."""
    started = time.monotonic()
    try:
        found: Article | SourceError = workers.call(extract, Document("a", f"file:///a.{kind}", kind, data, NOW))
    except SourceError as error:
        found = error
    assert not isinstance(found, SourceError) or REASON.fullmatch(str(found))
    assert time.monotonic() - started < TIMEOUT_S + GRACE_S
    after = workers.call(extract, Document("b", "file:///b.txt", "text", PLAIN.encode(), NOW))
    assert after.text == SENTENCE
    return found


def docx(document_xml: str) -> bytes:
    data = BytesIO()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relation}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", document_xml)
    return data.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def body(inside: str, doctype: str = "") -> str:
    return f"{doctype}<w:document {W}><w:body>{inside}</w:body></w:document>"


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


LOL = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("doctype", "text"),
    [
        (f'<!DOCTYPE d [<!ENTITY a0 "lol">{LOL}]>', "&a11;"),
        ('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
    ],
)
def test_an_xml_bomb_and_an_external_entity_are_refused(workers: Workers, doctype: str, text: str) -> None:
    found = read(workers, "docx", docx(body(paragraph(SENTENCE + text), doctype)))

    assert isinstance(found, SourceError)
    assert str(found).startswith("its XML declares a document type")


def test_a_word_document_of_plain_xml_is_read(workers: Workers) -> None:
    found = read(workers, "docx", docx(body(paragraph(SENTENCE))))

    assert not isinstance(found, SourceError)
    assert found.text == SENTENCE


def test_a_word_document_of_ever_more_of_the_same_is_refused(workers: Workers) -> None:
    found = read(workers, "docx", docx(body(paragraph("a" * 1_000) * 60_000)))

    assert isinstance(found, SourceError)
    assert str(found).startswith("it unpacks to ")


def test_elements_nested_without_end_in_word(workers: Workers) -> None:
    found = read(workers, "docx", docx(body("<w:sdt><w:sdtContent>" * 50_000 + "</w:sdtContent></w:sdt>" * 50_000)))

    assert isinstance(found, SourceError)


@pytest.mark.slow
def test_a_page_of_200_000_paragraphs(workers: Workers) -> None:
    page = "<html><body><article>" + f"<p>{SENTENCE}</p>" * 200_000 + "</article></body></html>"

    found = read(workers, "html", page.encode())

    assert isinstance(found, SourceError) or SENTENCE in found.text


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "blockquote", "span"])
def test_a_page_of_10_000_nested_tags(workers: Workers, tag: str) -> None:
    page = (
        f"<html><body><article><p>{SENTENCE}</p>" + f"<{tag}>" * 10_000 + f"<p>{SENTENCE}</p></article></body></html>"
    )

    found = read(workers, "html", page.encode())

    assert isinstance(found, SourceError) or SENTENCE in found.text


@pytest.mark.parametrize("page", ["<" * 1_000_000, "<a " + "b='c' " * 200_000, "&" * 1_000_000, "<!--" * 300_000])
def test_a_page_of_nothing_but_marks(workers: Workers, page: str) -> None:
    assert isinstance(read(workers, "html", page.encode()), SourceError)


def pdf(content: bytes, filters: str = "/FlateDecode", page: str = "", more: str = "") -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> "
        + f"/XObject << /X 6 0 R >> >> {page} /Contents 4 0 R >>".encode(),
        f"<< /Filter {filters} /Length {len(content)} >> stream\n".encode() + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        more.encode() or b"<< >>",
    ]
    data, offsets = b"%PDF-1.7\n", []
    for number, written in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n".encode() + written + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 7\n0000000000 65535 f \n{table}trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + end.encode()


SHOWN = f"BT /F1 10 Tf 72 700 Td ({SENTENCE}) Tj ET\n"


def squeezed(data: bytes) -> bytes:
    return zlib.compress(zlib.compress(data, 9), 9)


PDFS = {
    "a stream of 400 MB": pdf(squeezed(b" " * 400_000_000), "[/FlateDecode /FlateDecode]"),
    "text that is drawn without end": pdf(zlib.compress(SHOWN.encode() * 150_000)),
    "operators nested without end": pdf(zlib.compress(b"q " * 2_000_000 + SHOWN.encode())),
    "arrays nested without end": pdf(zlib.compress(b"[" * 2_000_000 + SHOWN.encode())),
    "a form that draws itself": pdf(
        zlib.compress(b"/X Do " + SHOWN.encode()),
        more="<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 5 >> "
        "stream\n/X Do\nendstream",
    ),
    "a page as large as a country": pdf(
        zlib.compress(b"1 1 1 rg\n" + SHOWN.encode()), page="/MediaBox [0 0 1e9 1e9] /UserUnit 9999"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_made_to_do_harm(workers: Workers, name: str) -> None:
    found = read(workers, "pdf", PDFS[name])

    assert isinstance(found, SourceError) or found.text.startswith("Talks between")


def test_a_pdf_that_is_cut_off(workers: Workers) -> None:
    whole = pdf(zlib.compress(SHOWN.encode()))

    found = read(workers, "pdf", whole[: len(whole) // 2])

    assert isinstance(found, SourceError)
    assert str(found).startswith("the PDF is cut off or damaged")


def test_messages_in_messages_without_end(workers: Workers) -> None:
    found = read(workers, "mail", b"From: a@b.example\n" + b"Content-Type: message/rfc822\n\n" * 20_000 + b"Words.")

    assert isinstance(found, SourceError) or found.text
