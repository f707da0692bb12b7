"""What all tests share: the command line, articles, a filled store, and a refusal of the network."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from accord.__main__ import main

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "corpus" / "articles"
SHARED = ROOT.parent / "shared"
FEW = (
    "2025-07-08-why-us-japan-talks-stalled.md",
    "2025-05-09-uk-deal-car-quota.md",
    "2019-12-11-wto-appellate-body-quorum.md",
    "2020-01-16-phase-one-china.md",
)


# The same examples every time, so that a red test is red for everybody. HYPOTHESIS_PROFILE=default looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)


Accord = Callable[..., Done]
Script = Callable[[list[dict[str, str]]], list[str] | int]


class ChatHandler(BaseHTTPRequestHandler):
    """Answers requests by the script of its `chat`."""

    chat: "ChatServer"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.chat.requests.append({**asked, "authorization": self.headers.get("Authorization")})
        reply = self.chat.script(asked["messages"])
        if isinstance(reply, int):
            self.send_response(reply)
            self.end_headers()
        elif asked.get("stream"):
            self._stream(reply, asked.get("stream_options") or {})
        else:
            self._send_whole("".join(reply))

    def _stream(self, pieces: list[str], options: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for piece in pieces:
            self._send(piece)
        self._event([{"index": 0, "delta": {}, "finish_reason": "stop"}])
        if options.get("include_usage"):
            self._event([], usage=self.chat.usage)
        self.wfile.write(b"data: [DONE]\n\n")

    def _send_whole(self, text: str) -> None:
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        whole = {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "usage": self.chat.usage}
        body = json.dumps({**whole, "choices": [choice]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send(self, piece: str) -> None:
        if piece == "HANG":
            self.chat.held.wait(60)
            return
        choice = {"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}
        self._event([choice])

    def _event(self, choices: list[Any], **more: Any) -> None:
        event = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": choices}
        self.wfile.write(f"data: {json.dumps({**event, **more})}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass


class ChatServer:
    """A chat model's server as OpenAI's speaks, for models that cannot be had here. `script` makes of the messages
    the pieces of a reply, or the status of a failure."""

    def __init__(self) -> None:
        self.script: Script = lambda _: []
        self.requests: list[dict[str, Any]] = []
        self.usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
        self.held = threading.Event()  # a piece "HANG" waits for it
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (ChatHandler,), {"chat": self}))
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


@pytest.fixture
def chat_server() -> Iterator[ChatServer]:
    """A scripted chat model on loopback."""
    server = ChatServer()
    yield server
    server.close()


def pytest_runtest_setup() -> None:
    """Nothing outside this machine is reached."""
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "127.0.0.2", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("ACCORD_") or name == "CHROMA_URL":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def accord(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Accord:
    """Runs the command line in this process: `accord("ask", "why?", "--json")`."""

    def run(*arguments: object) -> Done:
        capfd.readouterr()
        monkeypatch.setattr(sys, "argv", ["accord", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        return Done(int(ended.value.code or 0), out, err)

    return run


@pytest.fixture
def accord_process() -> Accord:
    """Runs the command line in a process of its own."""

    def run(*arguments: object, **environment: str) -> Done:
        command = [sys.executable, "-m", "accord", *map(str, arguments)]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, env={**os.environ, **environment}, timeout=120
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("filled")
    (home / "articles").mkdir()
    for name in FEW:
        shutil.copy(SHIPPED / name, home / "articles" / name)
    command = [sys.executable, "-m", "accord", "ingest", "articles", "--data-dir", "store"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ACCORD_")}
    subprocess.run(command, check=True, capture_output=True, cwd=home, env=environment, timeout=120)
    return home


@dataclass(frozen=True)
class Filled:
    """A folder of four shipped articles and the store that was made from them."""

    articles: Path
    store: Path


@pytest.fixture(scope="session")
def filled(_filled: Path) -> Filled:
    """A filled store that no test changes."""
    return Filled(_filled / "articles", _filled / "store")


@pytest.fixture
def scratch(filled: Filled, tmp_path: Path) -> Iterator[Filled]:
    """A copy of the filled store to change. Its articles keep the address of the first copy."""
    store = tmp_path / "store"
    shutil.copytree(filled.store, store)
    saved = {path: path.read_bytes() for path in filled.articles.iterdir()}
    yield Filled(filled.articles, store)
    for path in filled.articles.iterdir():
        path.unlink()
    for path, data in saved.items():
        path.write_bytes(data)


@pytest.fixture
def shared() -> Path:
    """The measuring data beside the project."""
    if not (SHARED / "data").is_dir():
        pytest.skip("needs ../shared/data, which is not part of the project")
    return SHARED / "data"
