"""The catalogue as the bot uses it: every reading and writing in a thread, never on the event loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

import structlog

from bot.discord_app.server import ServerSettings
from corpus.errors import AccordError

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.catalogue import Catalogue
    from corpus.catalogue.reader import Snapshot
    from corpus.catalogue.writer import Transaction

log = structlog.get_logger(__name__)
Value = TypeVar("Value")


class Records:
    """What the bot keeps. Reading comes in two forms: of what it keeps itself, and of the articles."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        # One thread each, so that who asked first comes first; SQLite has one writer at a time anyway.
        self._writer = ThreadPoolExecutor(1, "records")
        self._reader = ThreadPoolExecutor(1, "lookup")
        self._servers: dict[int, ServerSettings] = {}

    async def read(self, what: Callable[[Snapshot], Value]) -> Value:
        """What a function makes of one snapshot. Raises StoreError."""
        return await asyncio.get_running_loop().run_in_executor(self._reader, self._read, what)

    async def write(self, what: Callable[[Transaction], Value]) -> Value:
        """What a function makes of one transaction, which is committed then. Raises StoreError."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._write, what)

    async def try_to_write(self, what: Callable[[Transaction], object]) -> None:
        """The same for what an answer does not depend on: a failure is logged, and the answer goes on."""
        try:
            await self.write(what)
        except AccordError as error:
            log.warning("not_kept", error=type(error).__name__)

    async def server(self, guild_id: int | None) -> ServerSettings:
        """A server's settings, as they were last loaded or set; direct messages have none. Raises StoreError."""
        if guild_id is None:
            return ServerSettings()
        return self._servers.get(guild_id) or await self.load_server(guild_id)

    async def load_server(self, guild_id: int) -> ServerSettings:
        """A server's settings, read anew."""
        stored = await self.read(lambda snapshot: snapshot.servers.settings(guild_id))
        found = self._servers[guild_id] = ServerSettings.of(stored)
        return found

    async def set_server(self, guild_id: int, name: str, value: object) -> ServerSettings:
        """Change one setting of a server."""
        await self.write(lambda transaction: transaction.servers.set(guild_id, name, value))
        return await self.load_server(guild_id)

    def close(self) -> None:
        """Finish what is being written."""
        self._reader.shutdown(wait=True)
        self._writer.shutdown(wait=True)

    def _read(self, what: Callable[[Snapshot], Value]) -> Value:
        with self._catalogue.snapshot() as snapshot:
            return what(snapshot)

    def _write(self, what: Callable[[Transaction], Value]) -> Value:
        with self._catalogue.transaction() as transaction:
            return what(transaction)
