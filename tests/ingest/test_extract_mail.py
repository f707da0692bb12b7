"""Messages and saved pages: the text that was written, from whom, when, and from which address."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from ingest.document import Document
from ingest.extract import extract

if TYPE_CHECKING:
    from corpus.types import Article

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PROSE = [
    "Talks between the two harbour towns ended on Friday without an agreement on the price of ice.",
    "The mayors had met four times since spring, and each time one of them left before the soup was served.",
    "Fishermen on both sides said that they would go on buying ice from the brewery, which asks nothing.",
]
BODY = "\n\n".join(PROSE)
PAGE = (
    "<html><head><title>Ice talks fail</title></head><body><nav><a href='/'>Home</a></nav><article><h1>Ice talks fail"
    "</h1>" + "".join(f"<p>{text}</p>" for text in PROSE) + "<p hidden>Not seen.</p></article></body></html>"
)


def letter(
    text: str = BODY, sender: str = "Ann Lee <ann@gazette.example>", subject: str = "Ice talks fail"
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "bo@paper.example", subject
    message["Date"] = "Tue, 08 Jul 2025 09:30:00 -0400"
    message.set_content(text)
    return message


def read(message: EmailMessage | bytes) -> Article:
    data = message if isinstance(message, bytes) else message.as_bytes()
    return extract(Document("a.eml", "file:///ice.eml", "mail", data, NOW))


def test_a_message_is_an_article() -> None:
    article = read(letter())

    assert (article.title, article.text) == ("Ice talks fail", BODY)
    assert (article.authors, article.outlet) == (("Ann Lee",), "gazette.example")
    assert article.published == "2025-07-08T09:30:00-04:00"
    assert article.url == "file:///ice.eml"


@pytest.mark.parametrize(
    ("sender", "authors", "outlet"),
    [
        ("The Daily Ice <news@ice.example>", (), "The Daily Ice"),
        ("Gazette <news@gazette.example>", (), "Gazette"),
        ("news@gazette.example", (), "gazette.example"),
        ("=?utf-8?q?J=C3=B6rg_Ek?= <j@a.example>", ("Jörg Ek",), "a.example"),
    ],
)
def test_a_sender_is_an_author_or_an_outlet(sender: str, authors: tuple[str, ...], outlet: str) -> None:
    data = letter().as_bytes().replace(b"Ann Lee <ann@gazette.example>", sender.encode())

    article = read(data)

    assert (article.authors, article.outlet) == (authors, outlet)


@pytest.mark.parametrize("subject", ["Re: Ice talks fail", "FWD: Re: Ice talks fail", "AW: Ice talks fail"])
def test_the_marks_of_replies_leave_the_title(subject: str) -> None:
    assert read(letter(subject=subject)).title == "Ice talks fail"


@pytest.mark.parametrize(
    "after",
    [
        "\n\n-- \nAnn Lee\nThe Gazette",
        "\n\nOn Mon, 7 Jul 2025 at 10:00, Bo Ek <bo@paper.example> wrote:\n> Did they meet?\n>> Who?",
        "\n\n-----Original Message-----\nFrom: Bo Ek\n\nDid they meet?",
    ],
)
def test_quoted_replies_and_signatures_are_left_out(after: str) -> None:
    assert read(letter(BODY + after)).text == BODY


def test_the_text_is_taken_before_the_html_and_attachments_are_ignored() -> None:
    message = letter()
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment("Attached words. " * 50, filename="more.txt")

    assert read(message).text == BODY


def test_html_is_read_as_a_page_when_the_text_only_points_to_it() -> None:
    message = letter("View this message in your browser.")
    message.add_alternative(PAGE, subtype="html")

    article = read(message)

    assert article.text.split("\n\n")[-3:] == PROSE
    assert "Not seen" not in article.text
    assert (article.title, article.url) == ("Ice talks fail", "file:///ice.eml")


def test_a_charset_that_is_wrong_or_unknown_ends_in_text() -> None:
    data = letter("Café und Öl. " * 20).as_bytes().replace(b'charset="utf-8"', b'charset="x-nothing"')

    assert "Café und Öl." in read(data).text


def saved_page(page: bytes, location: str = "https://gazette.example/ice", charset: str = "utf-8") -> bytes:
    """As Chromium saves one."""
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {location}\r\nSubject: Ice talks\r\n"
        "Date: Sat, 1 Nov 2025 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----x----"\r\n\r\n\r\n'
    )
    part = f'------x----\r\nContent-Type: text/html; charset="{charset}"\r\nContent-Location: {location}\r\n\r\n'
    style = "\r\n------x----\r\nContent-Type: text/css\r\nContent-Location: cid:css@x\r\n\r\np { color: red }\r\n"
    return head.encode() + part.encode() + page + style.encode() + b"------x------\r\n"


def test_a_saved_page_is_read_as_the_page_at_its_address() -> None:
    article = read(saved_page(PAGE.encode()))

    assert (article.url, article.title) == ("https://gazette.example/ice", "Ice talks fail")
    assert article.text.split("\n\n")[-3:] == PROSE
    assert article.published is None  # the day of saving is not the day of publication


def test_a_saved_page_keeps_its_charset() -> None:
    page = PAGE.replace("brewery", "пивоварня").encode("cp1251")

    assert "пивоварня" in read(saved_page(page, charset="windows-1251")).text


@pytest.mark.parametrize("location", ["file:///home/bo/ice.html", "javascript:alert(1)", "cid:1@x", ""])
def test_an_address_that_is_not_of_the_web_is_not_taken(location: str) -> None:
    assert read(saved_page(PAGE.encode(), location)).url == "file:///ice.eml"


def test_a_message_without_text_is_an_error() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ann Lee <ann@gazette.example>", "Ice"
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")

    with pytest.raises(SourceError, match=r"^the message has no text"):
        read(message)


@pytest.mark.parametrize("data", [b"just words", b"<html><body>Hello</body></html>", b"\x89PNG\r\n" * 99])
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^it is no message"):
        read(data)


def test_parts_without_end_are_refused() -> None:
    head = b'From: a@b.example\nContent-Type: multipart/mixed; boundary="x"\n\n'

    with pytest.raises(SourceError, match=r"^it has 3,001 parts"):
        read(head + b"--x\n\nw\n" * 3_000 + b"--x--\n")


def test_parts_in_parts_without_end_are_refused() -> None:
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(3_000))

    with pytest.raises(SourceError):
        read(b"From: a@b.example\n" + nested)


@given(st.binary(max_size=400))
def test_whatever_the_headers_hold_the_answer_is_an_article_or_a_source_error(noise: bytes) -> None:
    for data in (b"From: " + noise + b"\n\nSome words.", b"Content-Type: text/plain; " + noise + b"\n\nSome words."):
        try:
            assert read(data).text
        except SourceError:
            continue
