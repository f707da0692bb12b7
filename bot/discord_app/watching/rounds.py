"""What is looked at again and again: corrections and digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import structlog
from discord.ext import tasks

from bot.discord_app.failures import log_failure
from bot.discord_app.watching.corrections import Corrections
from bot.discord_app.watching.digest import Digests
from corpus.errors import AccordError

if TYPE_CHECKING:
    from bot.discord_app.desk import Desk

log = structlog.get_logger(__name__)
EVERY_S = 60


class Rounds:
    """Looks every minute; what fails is logged, and looked at again the next time."""

    def __init__(self, desk: Desk, client: discord.Client) -> None:
        self._looks = (Corrections(desk, client), Digests(desk, client))
        self._loop = tasks.loop(seconds=EVERY_S)(self.go)

    def start(self) -> None:
        """Begin, with the first round at once."""
        if not self._loop.is_running():
            self._loop.start()

    def stop(self) -> None:
        """No further round."""
        self._loop.cancel()

    async def go(self) -> None:
        """One round."""
        for one in self._looks:
            try:
                await one.look()
            except AccordError as error:  # nothing is stored yet, or the store is busy
                log.info("round_put_off", error=type(error).__name__, of=type(one).__name__)
            except Exception as error:  # noqa: BLE001 - a round that fails must not be the last
                log_failure("round_failed", error, of=type(one).__name__)
