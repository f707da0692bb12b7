"""Bytes become the text that their writer meant, or are refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from ingest.extract.decode import declared_in_html, decode

TEXT = "Zölle auf Stahl – „vorläufig“, 25 %"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_utf8_needs_no_declaration(text: str) -> None:
    assert decode(text.encode()).removeprefix("\ufeff") == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides(mark: bytes, encoding: str) -> None:
    assert decode(mark + TEXT.encode(encoding), "iso-8859-1") == TEXT


@pytest.mark.parametrize("charset", ["shift_jis", "iso-2022-jp", "euc-jp", "utf-8"])
def test_a_declared_charset_is_believed(charset: str) -> None:
    assert decode("日本との交渉".encode(charset), charset) == "日本との交渉"


def test_a_default_declaration_does_not_spoil_utf8() -> None:
    assert decode(TEXT.encode(), "ISO-8859-1") == TEXT


@pytest.mark.parametrize("charset", ["no-such-charset", "hex", "utf-8", "ascii", "punycode", "a\0b", None])
def test_a_wrong_or_missing_declaration_is_survived(charset: str | None) -> None:
    data = ("A long plain sentence about tariffs and quotas. " * 3 + "It’s over – “done”").encode("cp1252")

    assert decode(data, charset).endswith("It’s over – “done”")


def test_text_in_another_script_is_guessed() -> None:
    text = "Переговоры о пошлинах завершились без соглашения, сообщили министры двух стран. " * 4

    assert decode(text.encode("cp1251")) == text


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\nplain words after it",
        b"PK\x03\x04rest",
        b"\x89PNG\r\n\x1a\n",
        b"a long text with one \x00 in it" + b" and more words" * 50,
        bytes(range(1, 32)) * 4,
    ],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^it is binary, not text; "):
        decode(data)


@pytest.mark.parametrize(
    ("html", "charset"),
    [
        (b'<html><meta charset="windows-1251">', "windows-1251"),
        (b"<META http-equiv=Content-Type content='text/html; charset=Shift_JIS'>", "Shift_JIS"),
        (b"<meta charset=utf-16>", None),
        (b"<p>charset=latin-1</p>", None),
    ],
)
def test_a_page_names_its_charset(html: bytes, charset: str | None) -> None:
    assert declared_in_html(html) == charset
