"""Everything that commands, buttons and messages need, in one place."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol, TypeVar

import discord

from bot.discord_app.asking.handling import Handling
from bot.discord_app.asking.limits import Limits
from bot.discord_app.asking.queueing import Answering, Answers, Busy
from bot.discord_app.ingesting import Ingesting
from bot.discord_app.metrics import Metrics
from bot.discord_app.records import Records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from bot.answering.fact_check import Checked
    from bot.answering.timeline import Entry
    from bot.settings import DiscordSettings
    from corpus.catalogue import Catalogue
    from corpus.types import Filters

Value = TypeVar("Value")


class Library(Answering, Protocol):
    """What the bot needs of the answering part."""

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of the store that is answered from."""

    def timeline(self, topic: str, filters: Filters, *, changes: bool = False) -> list[Entry]:
        """What the articles say of a topic in the order of time."""

    def check(self, claims: Iterable[str]) -> list[Checked]:
        """What the articles say to somebody's statements."""


class Desk:
    """One bot's services. `shelf` reads the articles, `records` what the bot keeps, which is in the same catalogue
    unless said otherwise; `data_dir` is where /ingest puts articles."""

    def __init__(
        self, library: Library, settings: DiscordSettings, data_dir: Path, records: Records | None = None
    ) -> None:
        self.library = library
        self.settings = settings
        self.shelf = Records(library.catalogue)
        self.records = records or self.shelf
        self.ingesting = Ingesting(data_dir)
        self.metrics = Metrics()
        self.answers = Answers(library, settings)
        self.limits = Limits(settings)
        self.handling = Handling(self.answers, self.records, self.metrics, settings, self.now)
        self.metrics.follow(self.answers)
        self._aside = ThreadPoolExecutor(1, "aside")
        self._aside_open = 0
        self.started_at = self.now()

    async def aside(self, what: Callable[[], Value]) -> Value:
        """What a function makes, in a thread beside those that answer. Raises Busy when too many wait."""
        if self._aside_open > self.settings.queue:
            raise Busy
        self._aside_open += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._aside, what)
        finally:
            self._aside_open -= 1

    def now(self) -> datetime:
        """The time, in UTC, with its zone."""
        return discord.utils.utcnow()

    def close(self) -> None:
        """Wait for the answers being made and for what is being written."""
        self.answers.close()
        self._aside.shutdown(wait=True, cancel_futures=True)
        self.records.close()
        self.shelf.close()
