"""A real web site on loopback whose pages a test can set, change and take away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest


@dataclass
class Answer:
    """What a path answers. An `etag` is compared with If-None-Match."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    etag: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    wait: threading.Event | None = None


class Handler(BaseHTTPRequestHandler):
    """Answers with what the test put under the path, and remembers what was asked."""

    site: Site

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        answer = self.site.pages.get(self.path, Answer(status=404))
        if answer.wait:
            answer.wait.wait(30)
        same = answer.etag is not None and self.headers.get("If-None-Match") == answer.etag
        self.send_response(304 if same else answer.status)
        if answer.etag:
            self.send_header("ETag", answer.etag)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if same:
            self.end_headers()
            return
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Keeps quiet."""


class Site:
    """Pages by path, and what was asked of them."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.released = threading.Event()
        handler = type("SiteHandler", (Handler,), {"site": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign] # a client that hangs up is no error
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def put(self, path: str, body: str = "", **fields: object) -> str:
        """Put an answer under a path; returns its address."""
        self.pages[path] = Answer(body.encode(), **fields)  # type: ignore[arg-type] # the fields of Answer
        return self.url + path

    def article(self, path: str, title: str, *paragraphs: str, **fields: object) -> str:
        """Put an article under a path; returns its address."""
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        head = f"<html lang=en><head><title>{title}</title></head>"
        html = f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>"
        return self.put(path, html, **fields)

    def feed(self, path: str, links: list[str], etag: str | None = None, dates: list[str] | None = None) -> str:
        """Put an RSS feed of these addresses under a path; returns its address."""
        days = dates or ["Tue, 08 Jul 2025 09:30:00 GMT"] * len(links)
        items = "".join(
            f"<item><title>T</title><link>{link}</link><pubDate>{day}</pubDate></item>"
            for link, day in zip(links, days, strict=True)
        )
        rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Kelp News</title>{items}</channel></rss>'
        return self.put(path, rss, content_type="application/rss+xml", etag=etag)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A running site that ingest may read, without the pause between requests."""
    monkeypatch.setenv("ACCORD_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    monkeypatch.setenv("ACCORD_FETCH__DELAY_S", "0")
    one = Site()
    thread = threading.Thread(target=one.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield one
    one.released.set()
    one.server.shutdown()
    one.server.server_close()
    thread.join()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory that is not there yet."""
    return tmp_path / "data"
