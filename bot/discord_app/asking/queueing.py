"""Questions answered off the event loop, a few at a time; a bounded number wait in line and know their place."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.answering.types import Answer, Ask, Sentence
    from bot.settings import DiscordSettings


class Answering(Protocol):
    """What the queue needs of an answerer."""

    def answer(self, ask: Ask, watch: Callable[[tuple[Sentence, ...]], None] | None = None) -> Answer:
        """The answer to a question. May take seconds; is called from several threads."""


class Watcher(Protocol):
    """Told how far a question is. Called on the event loop."""

    def place(self, n: int) -> None:
        """It is the nth in line."""

    def so_far(self, sentences: tuple[Sentence, ...]) -> None:
        """It is being answered, and these sentences are sure."""


class Busy(Exception):
    """As many questions are waiting as may wait."""


@dataclass(slots=True, eq=False)
class _Job:
    ask: Ask
    made: asyncio.Future[Answer]
    watchers: list[Watcher] = field(default_factory=list)
    started: bool = False


class Answers:
    """Answers from `answering`, made in threads so that the gateway's heartbeat never waits for one.

    Whoever asks what is being answered already, with the same history and limits, gets the same answer.
    """

    def __init__(self, answering: Answering, settings: DiscordSettings) -> None:
        self._answering = answering
        self._threads = ThreadPoolExecutor(settings.concurrency, "answer")
        self._settings = settings
        self._jobs: dict[Ask, _Job] = {}
        self._line: deque[_Job] = deque()
        self.running = 0

    @property
    def waiting(self) -> int:
        """How many questions are in line."""
        return len(self._line)

    async def answer(self, ask: Ask, watcher: Watcher) -> Answer:
        """The answer to a question. Raises Busy at once when too many are waiting."""
        job = self._jobs.get(ask) or self._opened(ask)
        job.watchers.append(watcher)
        if not job.started:
            watcher.place(self._line.index(job) + 1)
        try:
            # Others may wait for the same answer.
            return await asyncio.shield(job.made)
        finally:
            job.watchers.remove(watcher)
            if not (job.watchers or job.started):
                self._leave(job)

    def close(self) -> None:
        """Wait for the answers being made; those that only wait are dropped."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _opened(self, ask: Ask) -> _Job:
        if self.running >= self._settings.concurrency and len(self._line) >= self._settings.queue:
            raise Busy
        job = self._jobs[ask] = _Job(ask, asyncio.get_running_loop().create_future())
        self._line.append(job)
        self._start()
        return job

    def _start(self) -> None:
        while self._line and self.running < self._settings.concurrency:
            job = self._line.popleft()
            job.started = True
            self.running += 1
            loop = asyncio.get_running_loop()
            made = loop.run_in_executor(self._threads, self._answering.answer, job.ask, _teller(job, loop))
            made.add_done_callback(partial(self._done, job))

    def _done(self, job: _Job, made: asyncio.Future[Answer]) -> None:
        self.running -= 1
        del self._jobs[job.ask]
        if not job.made.done():
            _pass_on(made, job.made)
        self._start()
        self._tell_places()

    def _leave(self, job: _Job) -> None:
        """Nobody waits for it any more."""
        self._line.remove(job)
        del self._jobs[job.ask]
        job.made.cancel()
        self._tell_places()

    def _tell_places(self) -> None:
        for n, job in enumerate(self._line, start=1):
            for watcher in job.watchers:
                watcher.place(n)


def _teller(job: _Job, loop: asyncio.AbstractEventLoop) -> Callable[[tuple[Sentence, ...]], None]:
    """From the thread that answers to the event loop."""

    def tell(sentences: tuple[Sentence, ...]) -> None:
        loop.call_soon_threadsafe(_tell, job, sentences)

    return tell


def _tell(job: _Job, sentences: tuple[Sentence, ...]) -> None:
    for watcher in job.watchers:
        watcher.so_far(sentences)


def _pass_on(made: asyncio.Future[Answer], to: asyncio.Future[Answer]) -> None:
    if made.cancelled():
        to.cancel()
    elif error := made.exception():
        to.set_exception(error)
        to.exception()  # seen, so that asyncio does not log it when nobody waits any more
    else:
        to.set_result(made.result())
