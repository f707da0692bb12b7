"""Sitemaps and lists of addresses, hostile listings of every kind, and which links are chosen."""

import gzip
import json
import random
import time
import tracemalloc
import zlib
from contextlib import suppress
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from ingest.listing import Link, is_listing, read_listing, selected
from ingest.listing.link import MAX_LINKS
from ingest.listing.unpack import MAX_UNPACKED
from ingest.sources import Hints

NOW = datetime(2026, 1, 1, tzinfo=UTC)
URL = "https://gazette.example/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'


def links(data: bytes, url: str, now: datetime) -> list[Link]:
    return list(read_listing(data, url, now).links)


def sitemap(*urls: str, space: str = SPACE) -> bytes:
    listed = "".join(f"<url>{url}</url>" for url in urls)
    return f'<?xml version="1.0"?><urlset {space} {NEWS} {IMAGE}>{listed}</urlset>'.encode()


def test_pages_with_their_last_change() -> None:
    data = sitemap(
        "<loc> https://gazette.example/a </loc><lastmod>2025-07-08</lastmod>",
        "<image:image><image:loc>https://gazette.example/a.png</image:loc></image:image>"
        "<loc>/b</loc><lastmod>2025-07-09T01:00:00+09:00</lastmod>",
        "<loc>https://gazette.example/c</loc><lastmod>soon</lastmod>",
        "<loc>https://gazette.example/a#again</loc>",
    )
    assert links(data, URL, NOW) == [
        Link("https://gazette.example/a", dated="2025-07-08"),
        Link("https://gazette.example/b", dated="2025-07-09T01:00:00+09:00"),
        Link("https://gazette.example/c"),
    ]


def test_news_say_more() -> None:
    news = """<loc>https://gazette.example/a</loc><lastmod>2025-09-09</lastmod><news:news><news:publication>
      <news:name>The Gazette</news:name><news:language>en</news:language></news:publication>
      <news:publication_date>2025-07-08T10:00:00+09:00</news:publication_date>
      <news:title>Kelp &amp; tariffs</news:title></news:news>"""
    day = "2025-07-08T10:00:00+09:00"
    assert links(sitemap(news), URL, NOW) == [
        Link("https://gazette.example/a", Hints("Kelp & tariffs", day, (), "The Gazette"), dated=day)
    ]


def test_an_index_leads_to_more_sitemaps() -> None:
    data = f"""<sitemapindex {SPACE}><sitemap><loc>https://gazette.example/1.xml.gz</loc><lastmod>2025-07-08</lastmod>
      </sitemap><sitemap><loc>/2.xml</loc></sitemap></sitemapindex>""".encode()
    assert links(data, URL, NOW) == [
        Link("https://gazette.example/1.xml.gz", is_sitemap=True, dated="2025-07-08"),
        Link("https://gazette.example/2.xml", is_sitemap=True),
    ]


@pytest.mark.parametrize("space", ["", SPACE, 'xmlns="http://www.google.com/schemas/sitemap/0.84"'])
def test_packed_or_not_in_any_name_space(space) -> None:
    data = sitemap("<loc>https://gazette.example/a</loc>", space=space)
    for form in (data, gzip.compress(data, mtime=0), b"\xef\xbb\xbf" + data, b"\n" + data):
        assert is_listing(form, None)
        assert links(form, URL, NOW) == [Link("https://gazette.example/a")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"# Only a comment",
        b"Talks stalled.\n\nhttps://a.example/1",
        b"<html><body><rss></rss></body></html>",
        b"<!DOCTYPE html><urlset></urlset>",
        b"<invoice/>",
        b'{"version": 1, "items": []}',
        b"\x1f\x8b not gzip",
        gzip.compress(b"plain", mtime=0),
        b"<!-- rss -->" * 9,
        b"<!DOCTYPE",
        b"<?xml",
    ],
)
def test_what_is_no_listing(data) -> None:
    assert not is_listing(data, None)
    with pytest.raises(SourceError, match=r"no feed, sitemap or list of web addresses|damaged"):
        links(data, URL, NOW)


PASSWD = "file:///etc/passwd"  # noqa: S105 - a file's address


@pytest.mark.parametrize(
    "data",
    [
        f'<!DOCTYPE r [<!ENTITY x SYSTEM "{PASSWD}">]><rss><channel><title>&x;</title></channel></rss>',
        f'<!DOCTYPE r [<!ENTITY x SYSTEM "{PASSWD}">]><urlset><url><loc>https://a.example/&x;</loc></url></urlset>',
        f'<!DOCTYPE r [<!ENTITY % x SYSTEM "{PASSWD}"> %x;]><urlset><url><loc>https://a.example/</loc></url></urlset>',
        f'<!DOCTYPE r SYSTEM "{PASSWD}"><urlset><url><loc>https://a.example/1</loc></url></urlset>',
        f'<urlset><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{PASSWD}" parse="text"/></urlset>',
        PASSWD,
        "/etc/passwd",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_file_of_this_machine_is_read(data, encoding) -> None:
    try:
        found = str(links(data.encode(encoding), URL, NOW))
    except SourceError as error:
        found = str(error)
    assert "root:" not in found
    assert "/etc/passwd is" not in found or data == PASSWD


def laughs(root: str) -> bytes:
    names = "abcdefghi"
    more = "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in pairwise(names))
    return f'<!DOCTYPE r [<!ENTITY a "{"ha" * 50}">{more}]>{root}'.encode()


@pytest.mark.parametrize(
    "data",
    [
        laughs('<rss version="2.0"><channel><title>&i;</title></channel></rss>'),
        laughs("<urlset><url><loc>&i;</loc></url></urlset>"),
        laughs('<rss version="&i;"><channel/></rss>'),
        laughs("<urlset><url><loc>&i;</loc></url></urlset>").decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="utf-7"?>'
        + laughs("<urlset><url><loc>&i;</loc></url></urlset>").replace(b"<!ENTITY", b"+ADw-!ENTITY"),
        b'<!DOCTYPE r [<!ENTITY a "' + b"x" * 100_000 + b'">]><urlset>' + b"<url>&a;</url>" * 10_000 + b"</urlset>",
        b"<urlset>" + b"<a>" * 100_000,
        b"<urlset><url><loc>https://a.example/1</loc></url>",
        gzip.compress(b"<urlset>" + b" " * 60_000_000, mtime=0),
        gzip.compress(sitemap(*["<loc>https://a.example/1</loc>"] * 100))[:-20],
    ],
    ids="laughs-rss laughs-sitemap laughs-attribute utf-16 utf-7 quadratic deep cut gzip-bomb cut-gzip".split(),
)
def test_bombs_do_not_go_off(data) -> None:
    began = time.process_time()
    with pytest.raises(SourceError):
        links(data, URL, NOW)
    assert time.process_time() - began < 5


def test_a_packed_bomb_is_not_unpacked_whole() -> None:
    packer = zlib.compressobj(wbits=31)
    bomb = (
        b"".join(packer.compress((b"<urlset>" if n == 0 else b"") + b" " * 1_000_000) for n in range(400))
        + packer.flush()
    )
    tracemalloc.start()
    try:
        with pytest.raises(SourceError, match="unpacks to more than"):
            links(bomb, URL, NOW)
        assert tracemalloc.get_traced_memory()[1] < 3 * MAX_UNPACKED
    finally:
        tracemalloc.stop()


def test_more_than_fifty_thousand_addresses_are_refused() -> None:
    many = range(MAX_LINKS + 1)
    listings = [
        sitemap(*(f"<loc>/{n}</loc>" for n in many)),
        "\n".join(f"https://a.example/{n}" for n in many).encode(),
        b"<rss><channel>" + b"<item/>" * len(many) + b"</channel></rss>",
        json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{}] * len(many)}).encode(),
    ]
    for data in listings:
        with pytest.raises(SourceError, match=r"^it lists more than 50,000 addresses; "):
            links(data, URL, NOW)


@pytest.mark.parametrize(
    "data",
    [
        b"<item " + b" ".join(b'a%d="1"' % n for n in range(50_000)) + b"/>",
        b"<item>" + b"<link>https://a.example/1</link>" * 50_000 + b"</item>",
        b"<item>" + b"<author>a</author>" * 50_000 + b"<link>https://a.example/1</link></item>",
        b"".join(b'<x:y xmlns:x="http://n%d.example/"/>' % n for n in range(20_000)),
        b"<item><title>" + b"&amp;" * 200_000 + b"</title><link>https://a.example/1</link></item>",
        b"<![CDATA[" * 50_000,
    ],
    ids="attributes links authors name-spaces ampersands cdata".split(),
)
def test_lopsided_feeds_take_no_time(data) -> None:
    began = time.process_time()
    with suppress(SourceError):
        assert len(links(b'<rss version="2.0"><channel>' + data + b"</channel></rss>", URL, NOW)) <= 1
    assert time.process_time() - began < 5


@given(
    st.sampled_from([b"", b"<rss>", b"<feed>", b"<urlset><url>", b"https://a.example/\n", b"\x1f\x8b", b"<?xml ?>"]),
    st.binary(max_size=200),
)
def test_strange_bytes_end_in_an_error_at_worst(start, rest) -> None:
    is_listing(start + rest, "application/rss+xml")
    with suppress(SourceError):
        links(start + rest, URL, NOW)


OLD, NEWEST = Link("u:1", dated="2025-01-01"), Link("u:3", dated="2025-07-08")
NEW = Link("u:2", dated="2025-07-08T01:00:00+09:00")
UNDATED, ALSO_UNDATED = Link("u:4"), Link("u:5")
OLD_MAP, MAP = Link("u:6", is_sitemap=True, dated="2024-01-01"), Link("u:7", is_sitemap=True)
ALL = [OLD, UNDATED, NEW, OLD_MAP, ALSO_UNDATED, MAP, NEWEST]


@pytest.mark.parametrize(
    ("since", "limit", "wanted"),
    [
        (None, None, ALL),
        ("2025-07-08", None, [UNDATED, NEW, ALSO_UNDATED, MAP, NEWEST]),
        ("2025-07-09", None, [UNDATED, ALSO_UNDATED, MAP]),
        (None, 1, [OLD_MAP, MAP, NEWEST]),
        (None, 2, [NEW, OLD_MAP, MAP, NEWEST]),
        (None, 4, [OLD, UNDATED, NEW, OLD_MAP, MAP, NEWEST]),
        ("2025-07-08", 3, [UNDATED, NEW, MAP, NEWEST]),
        (None, 0, [OLD_MAP, MAP]),
        (None, 99, ALL),
    ],
)
def test_the_newest_are_chosen_in_their_order(since, limit, wanted) -> None:
    assert selected(ALL, since, limit) == wanted


def test_every_date_that_a_listing_gives_can_be_chosen_by() -> None:
    chosen = random.Random(7)  # noqa: S311 - a fixed order for the test
    lines = [f"<loc>/{n}</loc><lastmod>{1900 + n}-01-0{1 + n % 9}</lastmod>" for n in range(120)]
    chosen.shuffle(lines)
    found = links(sitemap(*lines), URL, NOW)
    newest = selected(found, None, 10)

    assert sorted(link.dated or "" for link in newest) == sorted(link.dated or "" for link in found)[-10:]
