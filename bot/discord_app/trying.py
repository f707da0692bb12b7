"""`make try`: the real bot over the shipped articles, in a browser, without a Discord account or a token.

simcord takes Discord's place and serves a page on this machine in which the bot can be asked and clicked.
"""

import asyncio
import logging
import signal
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import simcord
import structlog

from bot.answering.types import Ask
from bot.discord_app.client import AccordClient, build_client
from bot.opening import open_answerer
from bot.settings import BotSettings, DiscordSettings

ARTICLES = Path(__file__).resolve().parents[2] / "corpus" / "articles"
WELCOME = """
Accord is ready to be tried in a browser:

    {url}

Type /ask and Enter, then a question and Enter, for example: why did talks stall on autos?
/timeline, /sources, /article, /help, /settings and the others work as well. Instead of choosing it after an @,
mention it as {mention}. Ctrl-C stops it.
"""


def main() -> None:
    """Ingest the shipped articles into a temporary store and serve the page until Ctrl-C."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory(prefix="accord-try-") as folder:
        _ingest(Path(folder))
        library = open_answerer(BotSettings(data_dir=Path(folder)))
        library.answer(Ask("tariffs"))  # loads the models, as the bot does when it starts
        client = build_client(library, DiscordSettings(), Path(folder))
        try:
            asyncio.run(serve(client, partial(print, flush=True)))
        finally:
            client.desk.close()
            library.close()


async def serve(client: AccordClient, say: Callable[[str], None]) -> None:
    """Serve the page until SIGINT or SIGTERM, or until it is ended there; `say` is told its address."""
    async with simcord.run(client, settle_timeout=60, check_errors=False) as env:
        if client.user:
            await client.user.edit(username="Accord")
        guild = env.create_guild(name="Trade desk", owner=(you := env.create_user("you")))
        channel = guild.create_text_channel("questions")
        member = guild.add_member(you)
        await env.settle()
        async with env.preview(channel, viewers=[member], layout="channel") as page:
            keeping = asyncio.create_task(_keep_time(env))
            say(WELCOME.format(url=page.url, mention=client.user.mention if client.user else ""))
            await _until_stopped(page.wait_closed())
            keeping.cancel()


async def _keep_time(env: simcord.Env) -> None:
    """Let simcord's clock, which stands still, go with the real one: limits and threads are counted by it."""
    while True:
        behind = datetime.now(UTC) - env.now()
        env.backend.advance_clock(max(0.0, behind.total_seconds()))
        await asyncio.sleep(1)


async def _until_stopped(closed: Awaitable[None]) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    waits: list[asyncio.Future[object]] = [asyncio.ensure_future(stopped.wait()), asyncio.ensure_future(closed)]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for one in waits:
        one.cancel()


def _ingest(data_dir: Path) -> None:
    command = [sys.executable, "-m", "accord", "ingest", str(ARTICLES), "--data-dir", str(data_dir)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command


if __name__ == "__main__":
    main()
