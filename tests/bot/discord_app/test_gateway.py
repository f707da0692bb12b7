"""`accord bot` with the real discord.py on a stand-in for Discord's addresses: REST and a gateway on loopback."""

import asyncio
import itertools
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager

import discord.gateway
import discord.http
import pytest
import yarl
from aiohttp import WSMsgType, web
from pydantic import SecretStr

from accord.settings import load
from bot.discord_app.client import AccordClient
from bot.discord_app.run import run
from corpus.errors import UsageError
from corpus.store import catalogue_at

USER = {"id": "1", "username": "accord", "discriminator": "0", "avatar": None, "global_name": None, "bot": True}
APPLICATION = {
    "id": "1", "name": "Accord", "description": "", "icon": None, "bot_public": True, "bot_require_code_grant": False,
    "verify_key": "0", "owner": USER, "flags": 0, "team": None,
}  # fmt: skip
HEARTBEAT_MS = 1_000
DIRECT = {
    "id": "50", "channel_id": "40", "type": 0, "content": "why did talks stall on autos?", "embeds": [], "mentions": [],
    "author": {**USER, "id": "30", "username": "mara", "bot": False}, "attachments": [], "mention_roles": [],
    "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "mention_everyone": False, "pinned": False,
    "tts": False, "components": [],
}  # fmt: skip
# The command line with Discord's addresses exchanged, in a process that can be killed.
BOT = """
import sys, discord.gateway, discord.http, yarl
address = sys.argv.pop()
discord.http.Route.BASE = "http://" + address
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL("ws://" + address)
from accord.__main__ import main
main()
"""


def as_json(data) -> web.Response:
    """As Discord sends it: discord.py takes no other content type for JSON."""
    return web.Response(body=json.dumps(data).encode(), content_type="application/json")


class Discord:
    """Discord, as far as the bot needs it to come up. Breaks the first connection; closes with the code `refuse`."""

    def __init__(self) -> None:
        self.received: list[tuple[int, dict]] = []
        self.connections = 0
        self.refuse = None
        self.breaks, self.asks, self.deaf = True, False, False
        self.said: queue.Queue[dict] = queue.Queue()
        self._ids = itertools.count(100)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        assert self._ready.wait(10)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        pages = web.Application()
        pages.router.add_get("/users/@me", self._user)
        pages.router.add_get("/oauth2/applications/@me", self._application)
        pages.router.add_put("/applications/1/commands", self._commands)
        pages.router.add_get("/gateway/bot", self._gateway)
        pages.router.add_post("/channels/{channel}/typing", self._typing)
        pages.router.add_post("/channels/{channel}/messages", self._message)
        pages.router.add_get("/", self._socket)
        runner = web.AppRunner(pages, shutdown_timeout=1)  # a handler that is deaf does not end by itself
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.port = runner.addresses[0][1]
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _user(self, _: web.Request) -> web.Response:
        return as_json(USER)

    async def _application(self, _: web.Request) -> web.Response:
        return as_json(APPLICATION)

    async def _commands(self, request: web.Request) -> web.Response:
        told = await request.json()
        return as_json(
            [
                {"description": "", **one, "id": str(n), "application_id": "1", "version": "1"}
                for n, one in enumerate(told)
            ]
        )

    async def _gateway(self, _: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        address = {"url": f"ws://127.0.0.1:{self.port}", "shards": 1, "session_start_limit": limit}
        return as_json(address)

    async def _typing(self, _: web.Request) -> web.Response:
        return web.Response(status=204)

    async def _message(self, request: web.Request) -> web.Response:
        said = await request.json()
        self.said.put(said)
        if self.deaf:
            await asyncio.sleep(60)  # takes it, and does not say so
        return as_json({**DIRECT, **said, "id": str(next(self._ids)), "author": USER})

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.connections += 1
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": HEARTBEAT_MS}})
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                data = json.loads(message.data)
                self.received.append((data["op"], data["d"]))
                await self._answer(socket, data["op"])
        return socket

    async def _answer(self, socket: web.WebSocketResponse, op: int) -> None:
        if op == 1:
            await socket.send_json({"op": 11, "d": None})
        elif op == 2 and self.refuse:
            await socket.close(code=self.refuse)
        elif op == 2:
            ready = {
                "v": 10, "user": USER, "guilds": [], "session_id": "s1", "application": {"id": "1", "flags": 0},
                "resume_gateway_url": f"ws://127.0.0.1:{self.port}", "shard": [0, 1],
            }  # fmt: skip
            await socket.send_json({"op": 0, "s": 1, "t": "READY", "d": ready})
            if self.asks:
                await socket.send_json({"op": 0, "s": 2, "t": "MESSAGE_CREATE", "d": DIRECT})
            if self.breaks:
                await asyncio.sleep(HEARTBEAT_MS / 1000)
                await socket.close(code=4000)  # "reconnect, you may resume"
        elif op == 6:
            await socket.send_json({"op": 0, "s": 2, "t": "RESUMED", "d": {}})


@pytest.fixture
def stand_in(monkeypatch):
    """A stand-in for Discord that discord.py takes for the real one."""
    server = Discord()
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{server.port}")
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(f"ws://127.0.0.1:{server.port}"))
    yield server
    server.close()


@pytest.fixture
def settings(tmp_path):
    return load(data_dir=tmp_path, discord_token=SecretStr("a.good.token"), discord={"port": 0, "stop_timeout_s": 1})


def test_a_connection_that_breaks_is_resumed_and_nothing_is_told_twice(settings, stand_in, monkeypatch):
    seen = []

    class Watched(AccordClient):
        async def on_resumed(self) -> None:
            await super().on_resumed()
            seen.append(self.desk.metrics.gateway)
            os.kill(os.getpid(), signal.SIGTERM)  # and a signal ends it in good order

    monkeypatch.setattr("bot.discord_app.client.AccordClient", Watched)
    run(settings)
    ops = [op for op, _ in stand_in.received if op in {2, 6}]
    assert ops == [2, 6]
    resume = next(data for op, data in stand_in.received if op == 6)
    assert (resume["session_id"], resume["seq"]) == ("s1", 1)
    (figures,) = seen
    assert figures.labels("resumed")._value.get() == figures.labels("disconnected")._value.get() == 1
    identify = next(data for op, data in stand_in.received if op == 2)
    assert identify["intents"] & 1 << 15  # message content


def test_an_intent_that_is_switched_off_is_one_line(settings, stand_in):
    stand_in.refuse = 4014
    with pytest.raises(
        UsageError, match=r"Switch on Message Content Intent .* or set ACCORD_DISCORD__MESSAGE_CONTENT=false"
    ):
        run(settings)


@contextmanager
def bot_process(store, stand_in, log):
    """`accord bot` in a process of its own; what it logs is added to a file."""
    settings = {"ACCORD_DISCORD_TOKEN": "a.good.token", "ACCORD_DISCORD__PORT": "0", "ACCORD_LOG_LEVEL": "debug"}
    command = [sys.executable, "-c", BOT, "bot", "--data-dir", str(store), f"127.0.0.1:{stand_in.port}"]
    with (
        log.open("a") as err,
        subprocess.Popen(command, env={**os.environ, **settings}, stdout=err, stderr=err) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


def test_a_question_that_was_being_answered_at_a_kill_is_answered_after_the_restart(scratch, stand_in, tmp_path):
    log = tmp_path / "bot.log"
    stand_in.breaks, stand_in.asks, stand_in.deaf = False, True, True
    with bot_process(scratch.store, stand_in, log) as process:
        first = stand_in.said.get(timeout=120)
        process.send_signal(signal.SIGKILL)
        process.wait(30)
    assert "would give way on cars" in str(first)
    stand_in.asks, stand_in.deaf = False, False
    with bot_process(scratch.store, stand_in, log) as process:
        second = stand_in.said.get(timeout=120)
        assert "would give way on cars" in str(second)
        assert second["message_reference"]["message_id"] == 50
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert "answered" in log.read_text("utf-8")
    assert "a.good.token" not in log.read_text("utf-8")
    assert "autos" not in log.read_text("utf-8")
    with catalogue_at(scratch.store).snapshot() as snapshot:
        assert snapshot.exchanges.unanswered() == []  # so that it is not answered a third time
        assert snapshot.exchanges.asked_in(50).state == "answered"
