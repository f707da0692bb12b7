"""Pages on 127.0.0.1 for whoever watches the bot: /health and /metrics."""

from __future__ import annotations

import math
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.discord_app.client import AccordClient

log = structlog.get_logger(__name__)
HOST = "127.0.0.1"


@asynccontextmanager
async def serving(client: AccordClient, port: int) -> AsyncIterator[int | None]:
    """Serve the pages; the port that they are on, None without one. A port that is taken is no reason not to start."""
    if not port:
        yield None
        return
    runner = web.AppRunner(_pages(client), access_log=None)
    await runner.setup()
    try:
        yield await _listen(runner, port)
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> int | None:
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as error:
        log.warning("no_health_page", port=port, reason=error.strerror)
        return None
    return port


def _pages(client: AccordClient) -> web.Application:
    async def health(_: web.Request) -> web.Response:
        state = health_of(client)
        return web.json_response(state, status=200 if state["ok"] else 503)

    async def metrics(_: web.Request) -> web.Response:
        body = generate_latest(client.desk.metrics.registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    pages = web.Application()
    pages.add_routes([web.get("/health", health), web.get("/metrics", metrics)])
    return pages


def health_of(client: AccordClient) -> dict[str, bool | int | float | None]:
    """How the bot is: well when Discord's gateway answers its heartbeat."""
    latency = client.latency
    connected = client.is_ready() and not client.is_closed() and math.isfinite(latency)
    answers = client.desk.answers
    return {
        "ok": connected,
        "latency_ms": round(latency * 1000, 1) if connected else None,
        "running": answers.running,
        "waiting": answers.waiting,
    }
