"""The real bot in simcord's Discord, over real stores that the real command line has filled."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import structlog

from accord.settings import load
from bot.answering.chain import Answerer
from bot.answering.generating.models import open_chat_model
from bot.answering.types import Answer, Ask
from bot.opening import open_answerer
from bot.settings import AnswerSettings, BotSettings
from corpus.catalogue import Catalogue
from corpus.opening import open_searcher
from corpus.search import Searcher

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "corpus" / "articles"
SHIPPED = ("2025-07-08-why-us-japan-talks-stalled.md", "2025-05-09-uk-deal-car-quota.md")
HOSTILE = {
    "title": "[Free money](http://evil.example/title) for @everyone",
    "url": "https://news.example.org/kelp_(quota)",
    "outlet": "<@&1> Gazette",
    "published": "2025-06-01",
    "text": "Norway raised its kelp quota to [90 tonnes](http://evil.example/quota) and told @everyone, <@&1> and "
    "<@123456789012345678> to see https://evil.example/bare for **details**.",
}
ENDLESS = "Greenland rewrote its walrus ivory registry so that " + ", ".join(
    f"carvers in district {n} must report every tusk" for n in range(18)
)
LONG = {
    "title": "The walrus ivory registry",
    "url": "https://news.example.org/walrus",
    "outlet": "Long Reads",
    "published": "2025-06-02",
    "text": f"{ENDLESS}.",
}


Script = Callable[[list[dict[str, str]]], list[str] | int]


class ChatServer:
    """A chat model's server as OpenAI's speaks, for models that cannot be had here. `script` makes of the messages
    the pieces of a reply, or the status of a failure."""

    def __init__(self) -> None:
        self.script: Script = lambda _: []
        self.requests: list[dict[str, Any]] = []
        self.held = threading.Event()  # a piece "HANG" waits for it
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def says(self, *replies: str) -> None:
        """One reply a request, the last one again and again."""
        left = list(replies)
        self.script = lambda _: [left.pop(0) if len(left) > 1 else left[0]]

    def close(self) -> None:
        """Stop serving."""
        self.held.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        chat = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                chat.requests.append({**asked, "authorization": self.headers.get("Authorization")})
                reply = chat.script(asked["messages"])
                self.send_response(reply if isinstance(reply, int) else 200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                for piece in [] if isinstance(reply, int) else reply:
                    self._send(piece)
                self.wfile.write(b"data: [DONE]\n\n")

            def _send(self, piece: str) -> None:
                if piece == "HANG":
                    chat.held.wait(60)
                    return
                choice = {"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}
                event = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
                self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
                self.wfile.flush()

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@pytest.fixture
def chat_server() -> Iterator[ChatServer]:
    """A scripted chat model on loopback."""
    server = ChatServer()
    yield server
    server.close()


class Stub:
    """Answers by a function: for what a real store cannot be made to do. All else is the real answerer's."""

    def __init__(self, reply: Callable[[Ask], Answer], real: Any = None) -> None:
        self.reply, self.real = reply, real
        self.catalogue = real.catalogue if real else Catalogue(Path("none"))

    def answer(self, ask: Ask, watch: Any = None) -> Answer:
        return self.reply(ask)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def ingest(source: Path, data_dir: Path) -> None:
    """Run `accord ingest` in a process of its own."""
    command = [sys.executable, "-m", "accord", "ingest", str(source), "--data-dir", str(data_dir)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ACCORD_")}
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr


@pytest.fixture(autouse=True)
def _every_log_line() -> None:
    """Another test may have set the log to warnings only."""
    structlog.reset_defaults()


@pytest.fixture(scope="session", name="ingest")
def _ingest() -> Callable[[Path, Path], None]:
    return ingest


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two shipped articles, one that attacks the reader, and one with an endless sentence."""
    folder = tmp_path_factory.mktemp("articles")
    for name in SHIPPED:
        (folder / name).write_text((ARTICLES / name).read_text("utf-8"), "utf-8")
    lines = [json.dumps(article) for article in (HOSTILE, LONG)]
    (folder / "others.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


@pytest.fixture(scope="session")
def answerer(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    """The real answerer over a store of `articles`."""
    data_dir = tmp_path_factory.mktemp("store")
    ingest(articles, data_dir)
    opened = open_answerer(load(data_dir=data_dir))
    opened.answer(Ask("tariffs"))  # the models are loaded once, here
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def stub() -> type[Stub]:
    """Makes an answerer of a function."""
    return Stub


QUESTION = "why did talks stall on autos?"


@pytest.fixture(scope="module")
def searcher(_filled: Path) -> Iterator[Searcher]:
    """Search in the four shipped articles."""
    found = open_searcher(BotSettings(data_dir=_filled / "store"))
    yield found
    found.close()


@pytest.fixture
def opened(searcher: Searcher, chat_server: ChatServer) -> Callable[..., Answerer]:
    """Answering with the scripted model: `opened(chat_timeout_s=1)`."""

    def made(**settings: Any) -> Answerer:
        chosen = BotSettings(chat_model="scripted", chat_url=chat_server.url, answer=AnswerSettings(**settings))
        return Answerer(searcher, chosen.answer, open_chat_model(chosen))

    return made


@pytest.fixture
def ask(opened: Callable[..., Answerer], chat_server: ChatServer) -> Callable[..., Answer]:
    """Asks with the scripted model: `ask("reply", "reply to the second try")`."""

    def asked(*replies: str, watch: Any = None, **settings: Any) -> Answer:
        if replies:
            chat_server.says(*replies)
        return opened(**settings).answer(Ask(QUESTION), watch)

    return asked
