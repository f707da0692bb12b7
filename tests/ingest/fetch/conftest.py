"""What the tests of fetching share: real servers, and a clock that jumps instead of waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ingest.fetch import Fetched, Fetcher, NotModified, Validators
from ingest.settings import FetchSettings

HTML = b"<html><body><p>Talks ended.</p></body></html>"
ROBOTS = "/robots.txt"

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers with what the test put under the path, and remembers what was asked."""

    answers: dict[str, Answer]
    asked: list[str]
    headers_of: dict[str, list[dict[str, str]]]
    stopping: threading.Event

    def do_GET(self) -> None:
        self.asked.append(self.path)
        named = {name.lower(): value for name, value in self.headers.items()}
        self.headers_of.setdefault(self.path, []).append(named)
        self.answers.get(self.path, status(404))(self)

    def log_message(self, *_: object) -> None:
        """Keeps quiet."""


def page(body: bytes = HTML, content_type: str | None = "text/html; charset=UTF-8", **headers: str) -> Answer:
    """An answer with a body."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        if content_type:
            handler.send_header("Content-Type", content_type)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        try:
            handler.wfile.write(body)
        except OSError:
            return  # whoever asked has heard enough

    return answer


def status(code: int, **headers: str) -> Answer:
    """An answer without a body."""
    return lambda handler: _empty(handler, code, headers)


def _empty(handler: Handler, code: int, headers: dict[str, str]) -> None:
    handler.send_response(code)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def broken(handler: Handler) -> None:
    """Hangs up without a word."""
    handler.close_connection = True
    handler.connection.close()


class Server:
    """A running server: its address, what it answers, and what it was asked."""

    HTML = HTML
    answer_page = staticmethod(page)
    answer_status = staticmethod(status)
    answer_broken = staticmethod(broken)

    def __init__(self, host: str) -> None:
        own = {"answers": {}, "asked": [], "headers_of": {}, "stopping": threading.Event()}
        self.handler = type("TestHandler", (Handler,), own)
        self.server = ThreadingHTTPServer((host, 0), self.handler)
        self.port = self.server.server_port
        self.url = f"http://{host}:{self.port}"

    def on(self, path: str, *answers: Answer) -> str:
        """Answers the path so, one after the other and the last for good, and returns its address."""
        left = list(answers)

        def answer(handler: Handler) -> None:
            (left.pop(0) if len(left) > 1 else left[0])(handler)

        self.handler.answers[path] = answer
        return self.url + path

    def page(self, path: str, body: bytes = HTML, content_type: str | None = "text/html", **headers: str) -> str:
        """A page under the path."""
        return self.on(path, page(body, content_type, **headers))

    def status(self, path: str, code: int, **headers: str) -> str:
        """An empty answer under the path."""
        return self.on(path, status(code, **headers))

    def redirect(self, path: str, to: str, code: int = 302) -> str:
        """A redirect under the path."""
        return self.status(path, code, Location=to)

    def robots(self, text: str) -> None:
        """Its robots.txt."""
        self.page(ROBOTS, text.encode(), "text/plain")

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, but for robots.txt."""
        return [path for path in self.handler.asked if path != ROBOTS]

    @property
    def asked_for_robots(self) -> int:
        """How often robots.txt was asked for."""
        return self.handler.asked.count(ROBOTS)

    def headers_of(self, path: str) -> list[dict[str, str]]:
        """The headers of each request for the path."""
        return self.handler.headers_of.get(path, [])


@contextmanager
def _running(host: str) -> Iterator[Server]:
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
    """A server on 127.0.0.1."""
    with _running("127.0.0.1") as one:
        yield one


@pytest.fixture
def other() -> Iterator[Server]:
    """A server on another host, 127.0.0.2."""
    with _running("127.0.0.2") as one:
        yield one


@pytest.fixture
def serve() -> Iterator[Callable[[str], Server]]:
    """Starts more servers: `serve("127.0.0.3")`."""
    with ExitStack() as stack:
        yield lambda host: stack.enter_context(_running(host))


@pytest.fixture
def gone() -> str:
    """The address of a server that is there no more."""
    with _running("127.0.0.1") as one:
        return one.url


class JumpingClock:
    """A clock whose waits end at once, and which remembers them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.waits: list[float] = []
        self.stopped = False
        self.start = datetime(2026, 1, 1, tzinfo=UTC)

    def seconds(self) -> float:
        return sum(self.waits)

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.seconds())

    def wait(self, seconds: float) -> bool:
        with self._lock:
            self.waits.append(seconds)
        return self.stopped

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture
def clock() -> JumpingClock:
    """A clock that jumps."""
    return JumpingClock()


@pytest.fixture
def fetcher(clock: JumpingClock) -> Callable[..., Fetcher]:
    """Makes the fetcher of a run that may read this machine's servers and never really waits."""

    def make(*, allowed: tuple[str, ...] = ("127.0.0.0/8",), **settings: object) -> Fetcher:
        clock.stopped = False
        limits = FetchSettings(**{"max_bytes": 10_000, "timeout_s": 10, "delay_s": 0} | settings)
        return Fetcher(limits, allowed, clock)

    return make


@pytest.fixture
def fetch(fetcher: Callable[..., Fetcher]) -> Callable[..., Fetched | NotModified]:
    """Fetches one address as a run of its own: `fetch(url, timeout_s=1)`."""

    def run(url: str, validators: Validators | None = None, **settings: object) -> Fetched | NotModified:
        with fetcher(**settings) as one:
            return one.fetch(url, validators)

    return run
