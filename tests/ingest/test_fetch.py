"""Fetching: real servers on 127.0.0.1, every limit kept, every failure one plain line."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from corpus.errors import SourceError
from ingest.fetch import MAX_REDIRECTS, fetch, is_private
from ingest.settings import FetchSettings

SETTINGS = FetchSettings(max_bytes=10_000, timeout_s=10)
HTML = b"<html><body><p>Talks ended.</p></body></html>"

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers with what the test put under the path, and remembers what was asked."""

    answers: dict[str, Answer]
    asked: list[str]
    stopping: threading.Event

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.answers.get(self.path, status(404))(self)

    def log_message(self, *_: object) -> None:
        """Keeps quiet."""


class Server:
    """A running server: its address, and what it was asked."""

    def __init__(self, host: str) -> None:
        self.handler = type("TestHandler", (Handler,), {"answers": {}, "asked": [], "stopping": threading.Event()})
        self.server = ThreadingHTTPServer((host, 0), self.handler)
        self.url = f"http://{host}:{self.server.server_port}"

    def on(self, path: str, answer: Answer) -> str:
        self.handler.answers[path] = answer
        return self.url + path

    @property
    def asked(self) -> list[str]:
        return list(self.handler.asked)


@contextmanager
def running(host: str = "127.0.0.1") -> Iterator[Server]:
    server = Server(host)
    thread = threading.Thread(target=server.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.handler.stopping.set()
        server.server.shutdown()
        server.server.server_close()
        thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as one:
        yield one


def page(body: bytes = HTML, content_type: str | None = "text/html; charset=UTF-8", **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(200)
        if content_type:
            handler.send_header("Content-Type", content_type)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def status(code: int, **headers: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def test_a_page_comes_back_with_what_the_server_says_of_it(server: Server) -> None:
    found = fetch(server.on("/a", page()), SETTINGS)

    assert (found.data, found.url) == (HTML, server.url + "/a")
    assert (found.content_type, (found.charset or "").lower(), found.kind) == ("text/html", "utf-8", "html")


@pytest.mark.parametrize(
    ("path", "content_type", "body", "kind"),
    [
        ("/a", "text/plain", b"Talks.", "text"),
        ("/a.md", "text/plain; charset=utf-8", b"# Talks", "markdown"),
        ("/a", "text/markdown", b"# Talks", "markdown"),
        ("/a", "application/xhtml+xml", HTML, "html"),
        ("/a", None, HTML, "html"),
        ("/a", None, b"Talks.", "text"),
    ],
)
def test_its_kind_follows_its_type(server: Server, path: str, content_type: str | None, body: bytes, kind: str) -> None:
    assert fetch(server.on(path, page(body, content_type)), SETTINGS).kind == kind


def test_it_names_itself(server: Server) -> None:
    seen: list[str | None] = []

    def answer(handler: Handler) -> None:
        seen.append(handler.headers["User-Agent"])
        page()(handler)

    fetch(server.on("/a", answer), SETTINGS)

    assert seen == [SETTINGS.user_agent]


def test_redirects_are_followed_and_end_in_the_last_address(server: Server) -> None:
    server.on("/c", page())
    server.on("/b", status(301, Location=server.url + "/c"))

    assert fetch(server.on("/a", status(302, Location="b")), SETTINGS).url == server.url + "/c"


def test_redirects_without_end_are_given_up(server: Server) -> None:
    with pytest.raises(SourceError, match="redirected more than 5 times"):
        fetch(server.on("/a", status(302, Location="/a")), SETTINGS)
    assert len(server.asked) == MAX_REDIRECTS + 1


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://a.example/x", "data:text/html,hi"])
def test_redirects_lead_to_web_pages_only(server: Server, location: str) -> None:
    with pytest.raises(SourceError, match="is not a web address"):
        fetch(server.on("/a", status(302, Location=location)), SETTINGS)


def test_a_public_page_does_not_lead_to_a_private_one() -> None:
    with running("127.0.0.2") as public, running("127.0.0.1") as inside:
        secret = inside.on("/secret", page())
        url = public.on("/a", status(302, Location=secret))

        with pytest.raises(SourceError, match="private network address"):
            fetch(url, SETTINGS, private=lambda address: address == "127.0.0.1")

        assert inside.asked == []


def test_a_private_page_that_a_person_named_may_lead_to_another() -> None:
    with running("127.0.0.2") as other, running("127.0.0.1") as inside:
        other.on("/b", page())

        found = fetch(inside.on("/a", status(302, Location=other.url + "/b")), SETTINGS)

        assert found.data == HTML


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("169.254.169.254", True),
        ("::1", True),
        ("fe80::1%eth0", True),
        ("::ffff:192.168.1.1", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),  # noqa: S104 - judged, not bound to
        ("224.0.0.1", True),
        ("8.8.8.8", False),
        ("2606:4700::1111", False),
        ("::ffff:8.8.8.8", False),
    ],
)
def test_which_addresses_are_private(address: str, private: bool) -> None:
    assert is_private(address) is private


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (404, r"^answered 404 \(not found\); check the address$"),
        (403, r"^answered 403 \(forbidden\); "),
        (410, r"^answered 410 \(gone\); check the address$"),
        (429, r"^answered 429 .*try again later$"),
        (418, r"^answered 418; check the address$"),
        (500, r"^answered 500 \(server error\); try again later$"),
        (503, r"^answered 503 \(server error\); try again later$"),
        (202, r"^answered 202, which brings no article; "),
        (204, r"^answered 204, which brings no article; "),
        (304, r"^answered 304; "),
    ],
)
def test_only_200_is_an_article(server: Server, code: int, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        fetch(server.on("/a", status(code)), SETTINGS)


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "application/json", "text/css"])
def test_what_is_no_page_is_refused_by_its_type(server: Server, content_type: str) -> None:
    with pytest.raises(SourceError, match=f"^is {content_type}, not a web page or text; "):
        fetch(server.on("/a", page(content_type=content_type)), SETTINGS)


@pytest.mark.parametrize("headers", [{}, {"Content_Length": "20000"}])
def test_a_page_over_the_limit_is_refused(server: Server, headers: dict[str, str]) -> None:
    with pytest.raises(SourceError, match=r"^is larger than 10,000 bytes; "):
        fetch(server.on("/a", page(b"x" * 20_000, **headers)), SETTINGS)


def test_the_limit_counts_what_is_unpacked(server: Server) -> None:
    packed = gzip.compress(b"x" * 1_000_000)
    assert len(packed) < SETTINGS.max_bytes

    with pytest.raises(SourceError, match=r"^is larger than 10,000 bytes; "):
        fetch(server.on("/a", page(packed, Content_Encoding="gzip")), SETTINGS)


def drip(handler: Handler, start: bytes) -> None:
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
def test_the_time_limit_is_for_the_whole_page(server: Server, start: bytes) -> None:
    limited = FetchSettings(timeout_s=0.5)
    began = time.monotonic()

    with pytest.raises(SourceError, match=r"^did not answer within 0\.5 s; "):
        fetch(server.on("/a", lambda handler: drip(handler, start)), limited)

    assert time.monotonic() - began < 5


def test_a_server_that_breaks_off_is_an_error(server: Server) -> None:
    with pytest.raises(SourceError, match=r"^broke off the transfer"):
        fetch(server.on("/a", page(b"half", Content_Length="100")), SETTINGS)


def test_damaged_compression_is_an_error(server: Server) -> None:
    with pytest.raises(SourceError, match=r"^sent damaged compressed data"):
        fetch(server.on("/a", page(b"not gzip", Content_Encoding="gzip")), SETTINGS)


def test_a_server_that_is_not_there_is_an_error() -> None:
    with running() as gone:
        url = gone.url

    with pytest.raises(SourceError, match=r"^cannot be reached \(.*\); check the address and the network$"):
        fetch(url, SETTINGS)


@pytest.mark.parametrize("url", ["http://", "gazette.example", "ftp://a.example", "http://[::1", "http://a:b:c/"])
def test_what_is_no_address_is_an_error(url: str) -> None:
    with pytest.raises(SourceError, match="is not a web address"):
        fetch(url, SETTINGS)


def test_proxies_of_the_environment_are_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert fetch(server.on("/a", page()), SETTINGS).data == HTML
