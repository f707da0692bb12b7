"""Messages (.eml), and web pages that were saved in a message's form (.mhtml)."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.utils import parseaddr
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from corpus.types import Article
from ingest.extract.address import is_web_address
from ingest.extract.bylines import people
from ingest.extract.dates import parse
from ingest.extract.decode import decode
from ingest.extract.html import extract_html
from ingest.extract.normalise import one_line, tidy
from ingest.extract.plain import unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from ingest.document import Document

_NO_MESSAGE = "it is no message and no saved page; save it again as .eml or .mhtml"
_NO_BODY = "the message has no text, only attachments; give those"
_MOST_PARTS = 2_000
_HEADERS_WITHIN = 64_000
_FIRST_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?(?:From [^\r\n]{0,200}\r?\n)?[!-9;-~]{1,80}:[ \t\r\n]")
_REPLY = re.compile(r"\s*(?:(?:re|fwd?|aw|wg|tr)\s*(?:\[\d{1,3}\])?\s*:\s*){1,9}", re.IGNORECASE)
_SIGNATURE = re.compile(r"\n-- ?\n.*", re.DOTALL)
_QUOTED = re.compile(r"(?m)^>.*(?:\n|$)")
_QUOTES_FOLLOW = re.compile(r"(?m)^(?:On [^\n]{5,200}|[^\n]{5,200})\bwrote:[ ]*\n(?=\s*>)")
_ORIGINAL = re.compile(r"(?m)^-{3,12} ?(?:original|forwarded) message ?-{3,12}[ ]*$.*", re.IGNORECASE | re.DOTALL)
# Fewer words are a pointer to the HTML beside them ("View this in your browser").
_FEWEST_WORDS = 30
# Names of desks and lists, which sign for an outlet.
_LISTS = re.compile(
    r"\b(?:news|newsletter|letter|brief|briefing|daily|weekly|desk|team|alerts?|press|digest)\b", re.IGNORECASE
)


def extract_mail(document: Document) -> Article:
    """The article in a message or a saved page; attachments are left out. Raises SourceError.

    A saved page is read as the page, at its own address. HTML needs the care of `extract_html`.
    """
    message = _message(document.data)
    location = _location(message)
    body = _root(message) if _is_page(message, location) else None
    if body is not None:
        article = _page(body, _location(body) or location, document)
        return article if article.title else replace(article, title=_header(message, "Subject"))
    return _letter(message, document)


def _message(data: bytes) -> EmailMessage:
    if not _FIRST_HEADER.match(data.lstrip()[:_HEADERS_WITHIN]):
        raise SourceError(_NO_MESSAGE)
    try:
        message = message_from_bytes(data.lstrip(), policy=policy.default)
        many = sum(1 for _ in message.walk())
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError):
        raise SourceError(_NO_MESSAGE) from None
    if many > _MOST_PARTS:
        raise SourceError(f"it has {many:,} parts; the limit is {_MOST_PARTS:,}")
    return message


def _header(message: EmailMessage, name: str) -> str:
    """A header's text; the library raises all kinds of errors on headers that nobody would write."""
    try:
        return one_line(str(message.get(name, "")))
    except Exception:  # noqa: BLE001 - of the parsers of headers, whose faults are known to vary
        return ""


def _location(message: EmailMessage) -> str:
    """The address of a saved page or of a part of it."""
    names = ("Snapshot-Content-Location", "Content-Location")
    found = ("".join(_header(message, name).split()) for name in names)
    return next((value for value in found if is_web_address(value)), "")


def _is_page(message: EmailMessage, location: str) -> bool:
    """Whether it is a saved page: it says where it was or that a program saved it, or it has no sender."""
    sender = _header(message, "From").lower()
    return bool(location or not sender) or "saved by" in sender


def _root(message: EmailMessage) -> EmailMessage | None:
    """The page itself: the part that `start` names, else the first of HTML."""
    pages = [part for part in _parts(message) if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
    start = message.get_param("start")
    named = [part for part in pages if start and _header(part, "Content-ID") == start]
    return next(iter(named or pages), None)


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    yield from (part for part in message.walk() if not part.is_multipart() and not part.is_attachment())


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _page(body: EmailMessage, location: str, document: Document) -> Article:
    data, charset = _bytes(body), body.get_content_charset()
    page = replace(document, kind="html", data=data, charset=charset, url=location or document.url)
    return extract_html(page)


def _letter(message: EmailMessage, document: Document) -> Article:
    plain = _first(message, "text/plain")
    html = _first(message, "text/html")
    if plain is None and html is None:
        raise SourceError(_NO_BODY)
    article = Article(url=document.url, title="", text=_plain_text(plain) if plain is not None else "")
    if html is not None and len(article.text.split()) < _FEWEST_WORDS:
        article = replace(_page(html, "", document), url=document.url)
    authors, outlet = _sender(message)
    return replace(
        article,
        title=_REPLY.sub("", _header(message, "Subject"), count=1) or article.title,
        authors=article.authors or authors,
        outlet=outlet or (article.outlet if authors else None),
        published=parse(_header(message, "Date")) or article.published,
    )


def _first(message: EmailMessage, kind: str) -> EmailMessage | None:
    found = (part for part in _parts(message) if part.get_content_type() == kind)
    return next((part for part in found if _bytes(part).strip()), None)


def _plain_text(part: EmailMessage) -> str:
    """The text that was written for this message, without quoted replies and the signature."""
    text = tidy(decode(_bytes(part), part.get_content_charset()))
    text = _SIGNATURE.sub("\n", _ORIGINAL.sub("", text))
    text = _QUOTED.sub("", _QUOTES_FOLLOW.sub("", f"{text}\n"))
    return unwrapped(tidy(text))


def _sender(message: EmailMessage) -> tuple[tuple[str, ...], str | None]:
    """Who sent it: a person is an author, a newsletter an outlet."""
    name, address = parseaddr(_header(message, "From"))
    name = one_line(name)
    if not name:
        return (), address.rpartition("@")[2] or None
    persons = people(name) if " " in name and not _LISTS.search(name) else ()
    return (persons, address.rpartition("@")[2] or None) if persons else ((), name)
