"""Fetching: real servers on this machine, every limit kept, every failure one plain line."""

import gzip
import time

import pytest

from corpus.errors import SourceError, SourceSkipped
from ingest.fetch import MAX_REDIRECTS, Gone, NotModified, Validators

HTML = b"<html><body><p>Talks ended.</p></body></html>"
RSS = b"<?xml version='1.0'?><rss version='2.0'><channel><title>Gazette</title></channel></rss>"
SITEMAP = b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'></urlset>"
JSON_FEED = b'{"version": "https://jsonfeed.org/version/1.1", "items": []}'
PDF = b"%PDF-1.7\n"
DOCX = b"PK\x03\x04....word/document.xml...."
MIME_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ANYTHING = "application/octet-stream"


def test_a_page_comes_back_with_what_the_server_says_of_it(server, fetch) -> None:
    found = fetch(server.page("/a", content_type="text/html; charset=UTF-8"))

    assert (found.data, found.url) == (HTML, server.url + "/a")
    assert (found.content_type, (found.charset or "").lower(), found.kind) == ("text/html", "utf-8", "html")


@pytest.mark.parametrize(
    ("path", "content_type", "body", "kind"),
    [
        ("/a", "text/plain", b"Talks.", "text"),
        ("/a.md", "text/plain; charset=utf-8", b"# Talks", "markdown"),
        ("/a", "text/markdown", b"# Talks", "markdown"),
        ("/a", "application/xhtml+xml", HTML, "html"),
        ("/a", "text/xml", HTML, "html"),
        ("/a", None, HTML, "html"),
        ("/a", None, b"Talks.", "text"),
        ("/a", "application/pdf", PDF, "pdf"),
        ("/a", ANYTHING, PDF, "pdf"),
        ("/a", "text/html", PDF, "pdf"),
        ("/a", MIME_DOCX, DOCX, "docx"),
        ("/a", ANYTHING, DOCX, "docx"),
        ("/a", "message/rfc822", b"From: a", "mail"),
        ("/a", "multipart/related; boundary=x", b"--x", "mail"),
        ("/a", "application/rss+xml", RSS, "listing"),
        ("/a", "application/atom+xml", b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "listing"),
        ("/a", "application/xml", SITEMAP, "listing"),
        ("/a", "text/xml", RSS, "listing"),
        ("/a", "text/html", RSS, "listing"),
        ("/a", "application/json", JSON_FEED, "listing"),
        ("/a", "application/feed+json", JSON_FEED, "listing"),
        ("/a.xml.gz", "application/gzip", gzip.compress(SITEMAP, mtime=0), "listing"),
        ("/a.xml.gz", "application/x-gzip", gzip.compress(SITEMAP, mtime=0), "listing"),
        ("/a.txt", "text/plain", b"https://a.example/1\nhttps://a.example/2\n", "listing"),
    ],
)
def test_its_kind_follows_its_type_and_its_bytes(server, fetch, path, content_type, body, kind) -> None:
    assert fetch(server.page(path, body, content_type)).kind == kind


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("image/png", HTML),
        ("text/css", HTML),
        ("application/zip", b"PK\x03\x04"),
        (ANYTHING, HTML),
        (ANYTHING, b"PK\x03\x04 a spreadsheet"),
        ("application/json", b'{"a": 1}'),
        ("application/xml", b"<invoice/>"),
        ("application/gzip", gzip.compress(b"a tar file", mtime=0)),
    ],
)
def test_what_is_no_page_is_refused(server, fetch, content_type, body) -> None:
    with pytest.raises(SourceError, match=f"^is {content_type}, not a web page or text; "):
        fetch(server.page("/a", body, content_type))


def test_it_names_itself(server, fetch) -> None:
    fetch(server.page("/a"), user_agent="Gazette/2 (desk)")

    assert [asked["user-agent"] for asked in server.headers_of("/a")] == ["Gazette/2 (desk)"]


def test_redirects_are_followed_and_end_in_the_last_address(server, fetch) -> None:
    server.page("/c")
    server.redirect("/b", server.url + "/c", 301)

    assert fetch(server.redirect("/a", "b")).url == server.url + "/c"


def test_redirects_without_end_are_given_up(server, fetch) -> None:
    with pytest.raises(SourceError, match=r"^redirected more than 5 times"):
        fetch(server.redirect("/a", "/a"))
    assert len(server.asked) == MAX_REDIRECTS + 1


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://a.example/x", "data:text/html,hi"])
def test_redirects_lead_to_web_pages_only(server, fetch, location) -> None:
    with pytest.raises(SourceError, match="is not a web address"):
        fetch(server.redirect("/a", location))


def test_a_redirect_to_what_is_no_address_is_an_error(server, fetch) -> None:
    with pytest.raises(SourceError, match="redirects to something that is no address"):
        fetch(server.redirect("/a", "http://[::1"))


@pytest.mark.parametrize("port", [99_999, 65_536, -1])
def test_a_port_that_no_server_can_have_is_an_error(server, fetch, port) -> None:
    for url in (f"https://127.0.0.1:{port}/", server.redirect("/a", f"http://127.0.0.1:{port}/")):
        with pytest.raises(SourceError, match=rf"^is not a web address \(there is no port {port}\); "):
            fetch(url)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (401, r"^answered 401 \(login required\); save the page"),
        (402, r"^answered 402 \(payment required\); save the page"),
        (403, r"^answered 403 \(forbidden\); "),
        (429, r"^answered 429 .*try again later$"),
        (418, r"^answered 418; check the address$"),
        (451, r"^answered 451 .*legal reasons"),
        (500, r"^answered 500 \(server error\); try again later$"),
        (503, r"^answered 503 \(server error\); try again later$"),
        (204, r"^answered 204, which brings no article; "),
        (304, r"^answered 304; "),
    ],
)
def test_only_200_is_an_article(server, fetch, code, message) -> None:
    with pytest.raises(SourceError, match=message) as error:
        fetch(server.status("/a", code))
    assert not isinstance(error.value, Gone | SourceSkipped)


@pytest.mark.parametrize("code", [404, 410])
def test_a_page_that_is_gone_says_so(server, fetch, code) -> None:
    with pytest.raises(Gone, match=rf"^answered {code} \(.*\); check the address$") as error:
        fetch(server.status("/a", code))
    assert error.value.status == code


def test_a_bot_check_is_skipped(server, fetch) -> None:
    with pytest.raises(SourceSkipped, match=r"^answered 202, a bot check or a page still being made; "):
        fetch(server.status("/a", 202))


def test_what_a_server_calls_its_version_is_asked_for_again(server, fetch) -> None:
    modified = "Tue, 08 Jul 2025 10:00:00 GMT"
    url = server.page("/a", ETag='W/"7"', Last_Modified=modified)
    known = fetch(url).validators
    assert known == Validators('W/"7"', modified)

    server.status("/a", 304)

    assert fetch(url, known) == NotModified(url)
    asked = server.headers_of("/a")[-1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('W/"7"', modified)


def test_a_page_that_has_changed_comes_whole(server, fetch) -> None:
    found = fetch(server.page("/a", ETag='"8"'), Validators('"7"'))

    assert (found.data, found.validators) == (HTML, Validators('"8"'))


def test_without_a_version_nothing_is_asked_of_one(server, fetch) -> None:
    found = fetch(server.page("/a"), Validators())

    assert found.validators == Validators()
    assert not {"if-none-match", "if-modified-since"} & set(server.headers_of("/a")[0])


@pytest.mark.parametrize("etag", ["x" * 1001, "caf\u00e9", "tab\tinside"])
def test_versions_that_are_no_headers_are_neither_kept_nor_sent(server, fetch, etag) -> None:
    assert fetch(server.page("/a", ETag=etag)).validators.etag is None

    fetch(server.url + "/a", Validators(etag + "\r\nX-Evil: 1", "\n"))

    assert not {"if-none-match", "if-modified-since", "x-evil"} & set(server.headers_of("/a")[-1])


@pytest.mark.parametrize("headers", [{}, {"Content_Length": "20000"}])
def test_a_page_over_the_limit_is_refused(server, fetch, headers) -> None:
    with pytest.raises(SourceError, match=r"^is larger than 10,000 bytes; "):
        fetch(server.page("/a", b"x" * 20_000, **headers))


def test_the_limit_counts_what_is_unpacked(server, fetch) -> None:
    packed = gzip.compress(b"x" * 1_000_000, mtime=0)
    assert len(packed) < 10_000

    with pytest.raises(SourceError, match=r"^is larger than 10,000 bytes; "):
        fetch(server.page("/a", packed, Content_Encoding="gzip"))


def test_layers_of_compression_are_not_unfolded(server, fetch) -> None:
    with pytest.raises(SourceError, match=r"^is compressed as gzip, gzip, which is not read"):
        fetch(server.page("/a", gzip.compress(gzip.compress(HTML, mtime=0)), Content_Encoding="gzip, gzip"))


def drip(handler, start: bytes) -> None:
    """Sends something every now and then, as long as anybody listens."""
    handler.wfile.write(start)
    while not handler.stopping.wait(0.05):
        try:
            handler.wfile.write(b"x")
        except OSError:
            return


@pytest.mark.parametrize(
    "start",
    [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"],
    ids=["before the answer", "in the headers", "in the body"],
)
def test_the_time_limit_is_for_the_whole_page(server, fetch, start) -> None:
    began = time.monotonic()

    with pytest.raises(SourceError, match=r"^did not answer within 0\.5 s; "):
        fetch(server.on("/a", lambda handler: drip(handler, start)), timeout_s=0.5)

    assert time.monotonic() - began < 5


def test_a_body_without_end_is_cut_off_by_its_size(server, fetch) -> None:
    def endless(handler) -> None:
        server.answer_page(b"")(handler)
        try:
            while not handler.stopping.is_set():
                handler.wfile.write(b"x" * 65_536)
        except OSError:
            return

    with pytest.raises(SourceError, match=r"^is larger than 10,000 bytes; "):
        fetch(server.on("/a", endless))


def test_a_server_that_breaks_off_is_an_error(server, fetch) -> None:
    with pytest.raises(SourceError, match=r"^broke off the transfer"):
        fetch(server.page("/a", b"half", Content_Length="100"))


def test_damaged_compression_is_an_error(server, fetch) -> None:
    with pytest.raises(SourceError, match=r"^sent damaged compressed data"):
        fetch(server.page("/a", b"not gzip", Content_Encoding="gzip"))


def test_a_server_that_is_not_there_is_an_error(gone, fetch) -> None:
    with pytest.raises(SourceError, match=r"^cannot be reached \(.*\); check the address and the network$") as error:
        fetch(gone)
    assert not isinstance(error.value, SourceSkipped)


@pytest.mark.parametrize(
    "url", ["http://", "gazette.example", "ftp://a.example", "http://[::1", "http://a:b:c/", "file:///etc/passwd", ""]
)
def test_what_is_no_address_is_an_error(fetch, url) -> None:
    with pytest.raises(SourceError, match="is not a web address"):
        fetch(url)


def test_proxies_of_the_environment_are_not_used(server, fetch, monkeypatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert fetch(server.page("/a")).data == HTML
