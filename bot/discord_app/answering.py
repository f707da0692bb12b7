"""Questions answered off the event loop, a few at a time, with a bounded number waiting."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from bot.answering.types import Answer, Ask
from bot.settings import DiscordSettings


class Answering(Protocol):
    """What the bot needs of an answerer."""

    def answer(self, ask: Ask) -> Answer:
        """The answer to a question. May take seconds; is called from several threads."""


class Busy(Exception):
    """As many questions are waiting as may wait."""


class Answers:
    """Answers from `answering`, made in threads so that the gateway's heartbeat never waits for one."""

    def __init__(self, answering: Answering, settings: DiscordSettings) -> None:
        self._answering = answering
        self._threads = ThreadPoolExecutor(settings.concurrency, "answer")
        self._most = settings.concurrency + settings.queue
        self._open = 0

    async def answer(self, ask: Ask) -> Answer:
        """The answer to a question. Raises Busy at once when too many are waiting."""
        if self._open >= self._most:
            raise Busy
        made = asyncio.get_running_loop().run_in_executor(self._threads, self._answering.answer, ask)
        self._open += 1
        # Counted until the thread is done, which it is later than a caller that was cancelled.
        made.add_done_callback(self._close_one)
        return await asyncio.shield(made)

    def close(self) -> None:
        """Wait for the answers being made; those that only wait are dropped."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _close_one(self, made: asyncio.Future[Answer]) -> None:
        self._open -= 1
        if not made.cancelled():
            made.exception()  # seen, so that asyncio does not log it when the caller is gone
