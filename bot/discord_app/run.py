"""`accord bot`: connect, answer until stopped, and end in one line when that is not possible."""

from __future__ import annotations

import asyncio
import logging
import math
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import aiohttp
import discord
import structlog

from bot.answering.types import Ask
from bot.discord_app.client import AccordClient, build_client
from bot.discord_app.failures import log_failure
from bot.discord_app.health import serving
from bot.opening import open_answerer
from corpus.errors import AccordError, ServiceUnreachable, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import BotSettings

log = structlog.get_logger(__name__)

OUT_OF_REACH = (
    discord.HTTPException,
    discord.GatewayNotFound,
    discord.ConnectionClosed,
    aiohttp.ClientError,
    OSError,
)
ALIVE_FILE = "bot.alive"
ALIVE_INTERVAL_S = 20
WARM_UP = Ask("tariffs")
REFUSED = (
    "ACCORD_DISCORD_TOKEN: Discord refuses this token. Copy it again from the Bot page of your application "
    "at https://discord.com/developers/applications."
)
NO_INTENT = (
    "Discord does not let this bot read messages that do not mention it. Switch on Message Content Intent "
    "on the Bot page of your application at https://discord.com/developers/applications, or set "
    "ACCORD_DISCORD__MESSAGE_CONTENT=false."
)
UNREACHABLE = "Discord cannot be reached ({reason}). Check the network and https://discordstatus.com, then start again."


def run(settings: BotSettings) -> None:
    """Answer questions in Discord until SIGINT or SIGTERM.

    Raises UsageError for a missing or wrong token or an intent that is switched off, and ServiceUnreachable when
    Discord cannot be reached.
    """
    token = _token(settings)
    # At debug level discord.py logs whole messages.
    logging.getLogger("discord").setLevel(max(logging.INFO, logging.getLogger().getEffectiveLevel()))
    answerer = open_answerer(settings)
    answerer.catalogue.create()  # what the bot keeps has a place before anything is ingested
    # Nothing is said, so that nothing need be told of the packages which voice would need.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    client = build_client(answerer, settings.discord, settings.data_dir)
    try:
        asyncio.run(_until_stopped(client, token, settings))
    except discord.LoginFailure:
        raise UsageError(REFUSED) from None
    except discord.PrivilegedIntentsRequired:
        raise UsageError(NO_INTENT) from None
    except OUT_OF_REACH as error:
        raise ServiceUnreachable(UNREACHABLE.format(reason=_reason(error))) from None
    finally:
        client.desk.close()
        answerer.close()


async def _until_stopped(client: AccordClient, token: str, settings: BotSettings) -> None:
    going = asyncio.create_task(_serve(client, token, settings))
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C raises KeyboardInterrupt there
            asyncio.get_running_loop().add_signal_handler(number, going.cancel)
    with suppress(asyncio.CancelledError):
        await going
    log.info("stopped")


async def _serve(client: AccordClient, token: str, settings: BotSettings) -> None:
    # Leaving the client closes it, and that waits for the answers in flight.
    async with client, serving(client, settings.discord.port):
        # The token is checked first, because loading the models takes seconds; then they are loaded before
        # anyone can ask.
        await client.login(token)
        await _warm_up(client)
        alive = asyncio.create_task(show_signs_of_life(client, settings.data_dir / ALIVE_FILE))
        try:
            await client.connect()
        finally:
            alive.cancel()


async def show_signs_of_life(client: AccordClient, file: Path) -> None:
    """Touch a file as long as the event loop runs and the gateway answers: a health check looks at its age."""
    while True:
        if client.is_ready() and math.isfinite(client.latency):
            await asyncio.to_thread(_touch, file)
        await asyncio.sleep(ALIVE_INTERVAL_S)


def _touch(file: Path) -> None:
    with suppress(OSError):  # a full or read-only disk must not end the bot
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


async def _warm_up(client: AccordClient) -> None:
    """Load the models before the first person asks. What stands in the way is no reason to stay away."""
    try:
        answer = await asyncio.to_thread(client.desk.library.answer, WARM_UP)
        if not answer.coverage.articles:
            log.warning("no_articles", remedy="accord ingest FOLDER")
    except AccordError as error:
        log.warning("not_ready", reason=str(error))
    except Exception as error:  # noqa: BLE001 - each question will report it
        log_failure("not_ready", error)


def _reason(error: BaseException) -> str:
    if isinstance(error, discord.HTTPException):
        return f"HTTP status {error.status}"
    return type(error).__name__


def _token(settings: BotSettings) -> str:
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise UsageError("ACCORD_DISCORD_TOKEN is not set.")
    if len(token.split()) > 1:
        raise UsageError(REFUSED)
    return token
