"""Feeds: every dialect gives the same links, and no feed leads anywhere but to web pages."""

import json
from datetime import UTC, datetime

import pytest

from corpus.errors import SourceError
from ingest.listing import Link, is_listing, read_listing
from ingest.sources import Hints

NOW = datetime(2026, 1, 1, tzinfo=UTC)
URL = "https://gazette.example/feeds/trade.xml"
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
STORY = Link(
    "https://gazette.example/kelp",
    Hints("Kelp & tariffs", "2025-07-08T10:00:00+09:00", ("Jane Roe",), "The Gazette"),
    dated="2025-07-08T10:00:00+09:00",
)
RSS_STORY = """<title>Kelp &amp; tariffs</title><link>https://gazette.example/kelp</link>
  <pubDate>Tue, 08 Jul 2025 10:00:00 +0900</pubDate><dc:creator>Jane Roe</dc:creator>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Gazette</title><entry>
  <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Kelp &amp; <b>tariffs</b></div></title>
  <link rel="self" href="https://gazette.example/self"/><link href="https://gazette.example/kelp"/>
  <link rel="enclosure" href="https://gazette.example/kelp.mp3"/><id>tag:gazette.example,2025:kelp</id>
  <author><name>Jane Roe</name></author><published>2025-07-08T10:00:00+09:00</published>
  <updated>2025-09-09T10:00:00Z</updated><content type="html">{"text " * 9}</content></entry></feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Gazette",
    "items": [
        {
            "id": "1",
            "url": "https://gazette.example/kelp",
            "title": "Kelp & tariffs",
            "date_published": "2025-07-08T10:00:00+09:00",
            "date_modified": "2025-09-09T10:00:00Z",
            "authors": [{"name": "Jane Roe"}, {"url": "https://roe.example"}],
        }
    ],
}


def links(data: bytes, url: str, now: datetime) -> list[Link]:
    return list(read_listing(data, url, now).links)


def rss(*items: str, head: str = "<title>The Gazette</title>", of_root: str = "") -> bytes:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?>\n<rss version="2.0" {DC} {of_root}><channel>{head}{listed}</channel></rss>'.encode()


def rdf(item: str) -> bytes:
    return f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {DC}>
      <channel rdf:about="x"><title>The Gazette</title></channel><item rdf:about="y">{item}</item></rdf:RDF>""".encode()


def addresses(data: bytes, url: str = URL) -> list[str]:
    return [link.url for link in links(data, url, NOW)]


@pytest.mark.parametrize(
    "data",
    [
        rss(RSS_STORY),
        b"\xef\xbb\xbf\n" + rss(RSS_STORY),
        rss(RSS_STORY).decode().replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16"),
        rss(RSS_STORY.replace("Kelp &amp; tariffs", "<![CDATA[Kelp &amp; <b>tariffs</b>]]>")),
        rss(RSS_STORY, RSS_STORY),
        rss(RSS_STORY) + b"<!-- cut",
        rss(RSS_STORY).removesuffix(b"</channel></rss>"),
        b'<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://x.example/rss-0.91.dtd">'
        + rss(RSS_STORY).partition(b"\n")[2],
        rdf(RSS_STORY),
        rdf(RSS_STORY.replace("pubDate>", "dc:date>").replace("Tue, 08 Jul 2025 10:00:00 +0900", STORY.dated or "")),
        ATOM.encode(),
        json.dumps(JSON_FEED).encode(),
        json.dumps(JSON_FEED, indent=1).replace("version/1.1", "version/1").encode(),
    ],
    ids="rss bom utf-16 cdata twice cut-after cut-inside netscape rdf rdf-dc atom json json-1.0".split(),
)
def test_every_dialect_gives_the_same(data) -> None:
    assert is_listing(data, None)
    assert links(data, URL, NOW) == [STORY]


@pytest.mark.parametrize(
    ("dates", "published", "dated"),
    [
        ("<pubDate>2025-07-08</pubDate>", "2025-07-08", "2025-07-08"),
        ("<atom:updated>2025-07-08T10:00:00Z</atom:updated>", None, "2025-07-08T10:00:00+00:00"),
        ("<pubDate>Tue, 08 Jul 2036 10:00:00 GMT</pubDate>", None, None),
        ("<pubDate>yesterday</pubDate>", None, None),
        ("<pubDate>9999-12-31T23:59:59-14:00</pubDate>", None, None),
        ("<dc:date>2025-07-01</dc:date><pubDate>Tue, 08 Jul 2025 10:00 GMT</pubDate>", "2025-07-08T10:00:00+00:00", 0),
        ("", None, None),
    ],
)
def test_only_a_publication_date_is_one(dates, published, dated) -> None:
    data = rss(f"<link>https://a.example/1</link>{dates}", of_root='xmlns:atom="http://www.w3.org/2005/Atom"')
    (found,) = links(data, URL, NOW)

    assert (found.hints.published, found.dated) == (published, published if dated == 0 else dated)


def test_an_update_counts_for_atom_and_json_as_well() -> None:
    atom = ATOM.replace("<published>2025-07-08T10:00:00+09:00</published>", "")
    feed = {**JSON_FEED, "items": [{"url": "/a", "date_modified": "2025-09-09T10:00:00Z"}]}
    for data in (atom.encode(), json.dumps(feed).encode()):
        (found,) = links(data, URL, NOW)
        assert (found.hints.published, found.dated) == (None, "2025-09-09T10:00:00+00:00")


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/kelp", "https://gazette.example/kelp"),
        ("kelp", "https://gazette.example/feeds/kelp"),
        ("../../../kelp", "https://gazette.example/kelp"),
        ("//other.example/kelp", "https://other.example/kelp"),
        ("?id=1", "https://gazette.example/feeds/trade.xml?id=1"),
        ("HTTPS://Gazette.Example:443/kelp#part", "https://gazette.example/kelp"),
        (" https://gazette.example/kelp\n", "https://gazette.example/kelp"),
    ],
)
def test_relative_links_count_from_the_feeds_address(link, address) -> None:
    assert addresses(rss(f"<link>{link}</link>")) == [address]
    assert addresses(json.dumps({**JSON_FEED, "items": [{"url": link}]}).encode()) == [address]


@pytest.mark.parametrize(
    "link",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,hi",
        "ftp://a.example/x",
        "mailto:desk@a.example",
        "http://",
        "http://[::1",
        "https://a.example:99999/",
        "https://a.example/a b",
        "https://a.example/\u202e",
        "https://desk:hunter2@a.example/",
        "https://a.example/" + "x" * 3000,
        "",
    ],
)
def test_other_links_are_refused_and_the_rest_goes_on(link) -> None:
    for data in (
        rss(f"<link>{link}</link>", RSS_STORY),
        json.dumps({**JSON_FEED, "items": [{"url": link}, *JSON_FEED["items"]]}).encode(),
    ):
        found = read_listing(data, URL, NOW)
        assert found.links == (STORY,)
        assert len(found.refused) == 1
        assert "hunter2" not in found.refused[0]
        assert "holds a user name" in found.refused[0] or "hunter2" not in link
        assert len(found.refused[0]) < 200


def test_a_feed_whose_links_are_all_refused_says_so() -> None:
    with pytest.raises(SourceError, match=r"^none of its addresses can be read \(.*is no web address\)$"):
        links(rss("<link>javascript:alert(1)</link>"), URL, NOW)


def test_a_saved_feed_has_no_address_to_count_from() -> None:
    data = rss("<link>/kelp</link>", RSS_STORY, of_root='xml:base="https://evil.example/"')
    found = read_listing(data, "file:///tmp/feed.xml", NOW)

    assert found.links == (STORY,)
    assert found.refused == ("/kelp is relative, and a saved listing has no address it could count from",)


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("https://gazette.example/blog/", "https://gazette.example/blog/kelp"),
        ("blog/", "https://gazette.example/feeds/blog/kelp"),
        ("https://evil.example/", "https://gazette.example/feeds/kelp"),
        ("//evil.example/", "https://gazette.example/feeds/kelp"),
        ("file:///etc/", "https://gazette.example/feeds/kelp"),
        ("http://[", "https://gazette.example/feeds/kelp"),
    ],
)
def test_xml_base_stays_on_the_feeds_site(base, address) -> None:
    atom = '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{}"><entry><link href="kelp"/></entry></feed>'
    assert addresses(atom.format(base).encode()) == [address]
    assert addresses(rss("<link>kelp</link>", of_root=f'xml:base="{base}" base="https://evil.example/"')) == [address]


def test_an_id_is_a_link_only_when_it_is_an_address() -> None:
    data = rss(
        "<guid>https://a.example/1</guid>", "<guid>1234</guid>", '<guid isPermaLink="false">https://a.example/2</guid>'
    )
    assert addresses(data) == ["https://a.example/1"]
    items = [{"id": "https://a.example/1"}, {"id": "1234"}, {"id": 7}, {"external_url": "https://b.example/"}]
    assert addresses(json.dumps({**JSON_FEED, "items": items}).encode()) == [
        "https://a.example/1",
        "https://b.example/",
    ]


def test_a_feed_without_items_has_no_links() -> None:
    assert links(rss(), URL, NOW) == []
    assert links(json.dumps({**JSON_FEED, "items": []}).encode(), URL, NOW) == []


@pytest.mark.parametrize(
    "data",
    [
        b"<rss><channel>" + b"<a>" * 100_000,
        b"<rss",
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": 7}',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 100_000,
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [' + b"9" * 10_000 + b"]}",
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "\xff"}',
    ],
)
def test_a_damaged_feed_is_one_error(data) -> None:
    with pytest.raises(SourceError):
        links(data, URL, NOW)


def test_names_and_titles_are_short_and_on_one_line() -> None:
    item = f"<title>a\n\n b{'x' * 9000}</title><link>/a</link>" + "".join(
        f"<dc:creator>Writer {n}</dc:creator>" for n in range(40)
    )
    (found,) = links(rss(item, head=f"<title>{'y' * 9000}</title>"), URL, NOW)

    assert found.hints.title is not None
    assert found.hints.title.startswith("a bxx")
    assert len(found.hints.title) == 300
    assert len(found.hints.outlet or "") == 200
    assert len(found.hints.authors) <= 20


def test_mail_addresses_are_no_authors() -> None:
    item = "<link>/a</link><author>roe@gazette.example (Jane Roe)</author>"
    assert links(rss(item), URL, NOW)[0].hints.authors == ("Jane Roe",)
    assert links(rss("<link>/a</link><author>roe@gazette.example</author>"), URL, NOW)[0].hints.authors == ()
