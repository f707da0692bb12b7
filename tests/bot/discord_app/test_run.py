"""`accord bot` itself: how it starts, stops and fails, against a local stand-in for Discord's address."""

import asyncio
import os
import signal
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import discord.http
import pytest
from pydantic import SecretStr

from accord.settings import Settings, load
from bot.discord_app.run import run, show_signs_of_life
from corpus.errors import ServiceUnreachable, UsageError


@pytest.fixture
def settings(tmp_path) -> Settings:
    return load(data_dir=tmp_path, discord_token=SecretStr("a.bad.token"))


class Server(ThreadingHTTPServer):
    """Answers every request with `status`, or stops the process's bot when `status` is None."""

    status: int | None = 401


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.server.status is None:
            os.kill(os.getpid(), signal.SIGTERM)
        self.send_response(self.server.status or 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"message": "no", "code": 0}')

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def discord_at(monkeypatch) -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_wrong_token_is_one_line(settings, discord_at):
    with pytest.raises(UsageError, match=r"^ACCORD_DISCORD_TOKEN: Discord refuses this token") as failed:
        run(settings)
    assert "a.bad.token" not in str(failed.value)


def test_a_discord_that_fails_is_one_line(settings, discord_at):
    discord_at.status = 503
    with pytest.raises(ServiceUnreachable, match=r"^Discord cannot be reached \(HTTP status 503\)"):
        run(settings)


def test_a_discord_out_of_reach_is_one_line(settings, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setattr(discord.http.Route, "BASE", address)
    with pytest.raises(ServiceUnreachable, match=r"^Discord cannot be reached"):
        run(settings)


def test_a_stop_signal_ends_it_without_an_error(settings, discord_at):
    discord_at.status = None
    run(settings)


@pytest.mark.parametrize("token", [None, SecretStr("  "), SecretStr("two words")])
def test_a_missing_token_is_one_line(tmp_path, token):
    with pytest.raises(UsageError, match=r"^ACCORD_DISCORD_TOKEN"):
        run(load(data_dir=tmp_path).model_copy(update={"discord_token": token}))


async def test_a_connected_bot_shows_signs_of_life(desk, tmp_path):
    file = tmp_path / "data" / "bot.alive"
    alive = asyncio.create_task(show_signs_of_life(desk.client, file))
    async with asyncio.timeout(10):
        while not file.exists():  # noqa: ASYNC110 - a file gives no event
            await asyncio.sleep(0)
    alive.cancel()
