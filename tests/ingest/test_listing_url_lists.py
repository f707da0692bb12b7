"""Lists of addresses: told from articles, read in every encoding, and odd lines refused by name."""

import time
from datetime import UTC, datetime

import pytest

from ingest.listing import Link, is_listing, read_listing
from ingest.sources import FileSource, ListingSource, expand, sniffed

NOW = datetime(2026, 1, 1, tzinfo=UTC)
URL = "file:///saved/pages.txt"
A, B = "http://a.example/1", "http://b.example/2"
PROSE = "Norway raised its tariff on kelp by half."


def links(data: bytes, url: str, now: datetime) -> list[Link]:
    return list(read_listing(data, url, now).links)


def test_a_list_of_addresses() -> None:
    data = b"\xef\xbb\xbf# Trade\r\nhttps://a.example/1\r\n\r\n  HTTP://A.example/2  \nhttps://a.example/1\n# end"
    assert is_listing(data, "text/plain")
    assert [link.url for link in links(data, URL, NOW)] == ["https://a.example/1", "http://a.example/2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_its_encoding_does_not_matter(tmp_path, encoding) -> None:
    path = tmp_path / "pages.txt"
    path.write_bytes(f"# Länder\r\n{A}\r\n{B}\r\n".encode(encoding))

    assert list(expand([str(path)])) == [ListingSource(str(path), path)]
    assert sniffed(path.read_bytes()) == "listing"
    assert [link.url for link in links(path.read_bytes(), URL, NOW)] == [A, B]


@pytest.mark.parametrize(
    ("odd", "refused"),
    [
        ("not a url", "not a url is no web address"),
        ("word", "word is no web address"),
        ("ftp://c.example/x", "ftp://c.example/x is no web address"),
        ("file:///etc/passwd", "file:///etc/passwd is no web address"),
        ("http://c.example/with a blank", "http://c.example/with a blank is no web address"),
        ("http://desk:hunter2@c.example/x", "http://c.example/x holds a user name or password, which is not sent"),
        ("ftp://desk:hunter2@c.example/x", "ftp://c.example/x is no web address"),
        ("desk:hunter2@c.example/x", "an address with a user name is no web address"),
    ],
)
@pytest.mark.parametrize("url", [URL, "https://gazette.example/pages.txt"])
def test_odd_lines_are_refused_by_name(tmp_path, odd, refused, url) -> None:
    path = tmp_path / "pages.txt"
    path.write_text(f"{A}\n{odd}\n{B}", "utf-8")

    assert list(expand([str(path)])) == [ListingSource(str(path), path)]
    assert sniffed(path.read_bytes()) == "listing"
    found = read_listing(path.read_bytes(), url, NOW)
    assert [link.url for link in found.links] == [A, B]
    assert found.refused == (refused,)


@pytest.mark.parametrize("first", ["ftp://c.example/x", "file:///etc/passwd", "http:c.example", "http://"])
def test_a_first_line_that_cannot_be_fetched_makes_it_no_article(first) -> None:
    assert sniffed(f"{first}\n{A}".encode()) == "listing"


def test_comments_behind_addresses_are_cut_off() -> None:
    data = f"{A} # a comment of more words than six, as it happens\n{B}#part\t# two\n#{A}/x".encode()
    assert is_listing(data, None)
    assert [link.url for link in links(data, URL, NOW)] == [A, B]


@pytest.mark.parametrize(
    "text",
    [
        f"{A}\n\n{PROSE}",
        f"{A}\n{B}\n{PROSE}",
        f"{A}\n{B}\nno # {PROSE}",
        f"{A}\n{B}\n挪威将海带关税提高了一半。",
        f"Kelp\n{A}\n{B}",
        f"{A}\nKelp\nby a reporter",
        f"# {A}",
        "Note:kelp",
        f"{A}\0\n{B}",
        "",
    ],
)
def test_an_article_with_addresses_is_no_list(tmp_path, text) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")

    assert list(expand([str(path)])) == [FileSource(str(path), path, "text")]
    assert sniffed(text.encode()) == "text"


def test_a_long_list_is_told_by_its_opening() -> None:
    lines = "\n".join(f"{A}?{'n' * 100}={n}" for n in range(2000))
    for size in (65_535, 65_536, 65_537, len(lines)):
        assert is_listing(lines[:size].encode(), None)
    assert len(links(lines.encode(), URL, NOW)) == 2000


@pytest.mark.parametrize("part", ["\n", " ", "\t#", "a:", "http://a\n", "é\n", "http://a # ", "-\n"])
def test_strange_texts_take_no_time(part) -> None:
    began = time.process_time()
    is_listing((f"{A}\n" + part * 200_000).encode(), None)
    is_listing((part * 200_000).encode("latin-1"), None)
    assert time.process_time() - began < 2
