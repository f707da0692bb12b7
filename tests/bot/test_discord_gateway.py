"""`accord bot` with the real discord.py on a stand-in for Discord's addresses: REST and a gateway on loopback."""

import asyncio
import json
import os
import signal
import threading

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

USER = {"id": "1", "username": "accord", "discriminator": "0", "avatar": None, "global_name": None, "bot": True}
APPLICATION = {
    "id": "1", "name": "Accord", "description": "", "icon": None, "bot_public": True, "bot_require_code_grant": False,
    "verify_key": "0", "owner": USER, "flags": 0, "team": None,
}  # fmt: skip
HEARTBEAT_MS = 1_000


def as_json(data) -> web.Response:
    """As Discord sends it: discord.py takes no other content type for JSON."""
    return web.Response(body=json.dumps(data).encode(), content_type="application/json")


class Discord:
    """Discord, as far as the bot needs it to come up. Breaks the first connection; closes with the code `refuse`."""

    def __init__(self) -> None:
        self.received: list[tuple[int, dict]] = []
        self.connections = 0
        self.refuse = None
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
        pages.router.add_get("/", self._socket)
        runner = web.AppRunner(pages)
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
